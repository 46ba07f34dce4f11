"""The models of equipment: what the workspace tells of each, and which it tells nothing of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.specs.model import Model
from controller.specs.models import model_key


@dataclass(frozen=True)
class ModelRow:
    """One model. `known` is None for one that devices have and specs/models does not tell of.

    `devices` is how many of the devices the actor may see are of it, `assets` how many rows of the
    register.
    """

    name: str
    known: Model | None
    devices: int
    assets: int


def list_models(context: Context, actor: Actor) -> tuple[ModelRow, ...]:
    """Every model told of, and those of devices nobody tells of; by name, the untold ones first."""
    require(actor, "show_inventory")
    inventory, models = context.inventory(), context.models()
    names: dict[str, str] = {}
    devices: Counter[str] = Counter()
    for device in inventory.devices:
        if device.model and actor.sees(device.site):
            key = model_key(device.model)
            names.setdefault(key, device.model)
            devices[key] += 1
    assets = Counter(model_key(a.model) for a in inventory.assets if a.model and actor.sees(a.site))
    names |= {key: model.model for key, model in models.items()}
    rows = (ModelRow(n, models.get(key), devices[key], assets[key]) for key, n in names.items())
    return tuple(sorted(rows, key=lambda row: (row.known is not None, row.name.casefold())))
