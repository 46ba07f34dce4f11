"""What will be done by itself in the coming days, in the order it comes."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.schedules.schedule import Entry
from controller.store import paused_entries
from controller.store.paused_entries import Pause

FARTHEST_DAYS = 400


@dataclass(frozen=True)
class Coming:
    """A time (UTC) that comes: of an entry; `paused` when it will be skipped as things stand."""

    at: datetime
    entry: Entry
    paused: Pause | None = None


def list_next_times(
    context: Context, actor: Actor, *, days: int = 7, most: int = 200
) -> tuple[Coming, ...]:
    """The times of the next `days` days, at most so many, the first to come first.

    Errors: `InputError` for a broken file.
    """
    require(actor, "show_schedule")
    now = context.clock()
    until = now + timedelta(days=min(days, FARTHEST_DAYS))
    with context.store.read() as conn:
        paused = paused_entries.pauses(conn)
    every = (
        _times(entry, paused.get(entry.name), now, until)
        for entry in context.schedule().entries
        if entry.enabled
    )
    return tuple(islice(heapq.merge(*every, key=lambda one: one.at), most))


def _times(
    entry: Entry, paused: Pause | None, since: datetime, until: datetime
) -> Iterator[Coming]:
    at = entry.times.after(since)
    while at <= until:
        yield Coming(at.astimezone(UTC), entry, paused)
        at = entry.times.after(at)
