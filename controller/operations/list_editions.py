"""The editions of price criteria the office knows, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.specs.baseline import Edition


@dataclass(frozen=True)
class EditionSeen:
    """An edition: how many classes it has here, and how many of them stand today."""

    edition: Edition
    classes: int
    standing: int


def list_editions(context: Context, actor: Actor) -> tuple[EditionSeen, ...]:
    """Every edition, the one announced last first. Errors: `InputError` for broken files."""
    require(actor, "show_specs")
    baselines, today = context.baselines(), context.today()
    found = []
    for edition in sorted(baselines.editions, key=lambda e: e.announced, reverse=True):
        of = baselines.of(edition.id)
        standing = sum(baselines.superseded(b.ref, today) is None for b in of)
        found.append(EditionSeen(edition, len(of), standing))
    return tuple(found)
