"""What a later edition changed: classes, prices in percent, criteria."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.context import Context
from controller.operations.list_baselines import edition_called
from controller.specs.baseline import Edition
from controller.specs.edition_diff import CHANGE_KINDS, ChangeKind, ClassChange, edition_diff


@dataclass(frozen=True)
class EditionsCompared:
    """Two editions and every class of either, those that stayed the same included."""

    before: Edition
    after: Edition
    changes: tuple[ClassChange, ...]

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """kind of change -> number of classes, of every kind."""
        return {kind: sum(c.kind == kind for c in self.changes) for kind in CHANGE_KINDS}


def compare_editions(context: Context, actor: Actor, before: str, after: str) -> EditionsCompared:
    """The later edition against all that stood when the earlier one was announced.

    Errors: `NotFound` for an edition there is not, `InputError` when `after` is no later.
    """
    require(actor, "show_specs")
    baselines = context.baselines()
    old, new = edition_called(baselines, before), edition_called(baselines, after)
    if new.announced <= old.announced:
        raise InputError(
            Text(
                th=f"{new.th} ไม่ได้ประกาศหลัง {old.th}",
                en=f"{new.en} was not announced after {old.en}",
            ),
            hint=Text(th="ระบุฉบับก่อนหน้าก่อน", en="name the earlier edition first"),
        )
    standing = baselines.in_force(old.issuer, old.announced)
    changes = edition_diff(standing, baselines.of(new.id), partial=new.partial)
    return EditionsCompared(old, new, changes)
