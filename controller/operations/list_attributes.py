"""The catalogue of attributes: what a criterion can ask of equipment."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.inventory.asset import KIND_NAMES
from controller.language import require_known
from controller.operations.context import Context
from controller.specs.attribute import Attribute, attributes


def list_attributes(context: Context, actor: Actor, kind: str = "") -> tuple[Attribute, ...]:
    """Every attribute in the order of the catalogue; with `kind` those asked of such equipment.

    Errors: `InputError` for an unknown kind.
    """
    require(actor, "show_specs")
    require_known(kind, KIND_NAMES, Text(th="ประเภท", en="kind"))
    return tuple(a for a in attributes().values() if not (kind and a.kinds) or kind in a.kinds)
