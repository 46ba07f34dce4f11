"""The schedule: what is done by itself, when next, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.run_schedule import named_entry
from controller.schedules.freeze import Freeze
from controller.schedules.schedule import Entry
from controller.store import paused_entries, schedule
from controller.store.paused_entries import Pause
from controller.store.schedule import Slot


@dataclass(frozen=True)
class Scheduled:
    """One entry: its next time (UTC), None while it is off or paused, and its newest slot."""

    entry: Entry
    next: datetime | None
    last: Slot | None
    paused: Pause | None = None


@dataclass(frozen=True)
class ScheduleView:
    """The entries in the order of the file, slots, the newest first, and freezes not yet over.

    Slots may be of entries that are in the file no longer.
    """

    entries: tuple[Scheduled, ...]
    history: tuple[Slot, ...]
    freezes: tuple[Freeze, ...] = ()


def show_schedule(
    context: Context,
    actor: Actor,
    *,
    name: str | None = None,
    before: datetime | None = None,
    most: int = 50,
) -> ScheduleView:
    """The schedule with what was done of it, or of the entry `name`, begun earlier than `before`.

    Errors: `NotFound` for an entry there is not, `InputError` for a broken file.
    """
    require(actor, "show_schedule")
    wanted = context.schedule()
    entries = (named_entry(context, name),) if name else wanted.entries
    now = context.clock()
    with context.store.read() as conn:
        history = schedule.slots(conn, name, most=most, before=before)
        last = schedule.last_slots(conn)
        paused = paused_entries.pauses(conn)
    return ScheduleView(
        tuple(
            Scheduled(
                entry,
                entry.times.after(now).astimezone(UTC)
                if entry.enabled and entry.name not in paused
                else None,
                last.get(entry.name),
                paused.get(entry.name),
            )
            for entry in entries
        ),
        history,
        tuple(sorted((f for f in wanted.freezes if f.until > now), key=lambda f: f.since)),
    )
