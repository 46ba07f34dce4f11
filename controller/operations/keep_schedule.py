"""See what of the schedule is due, and take it: once, however many processes look."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from controller.accounts.actor import SCHEDULE, Actor, require
from controller.operations.context import Context
from controller.schedules.due import Due, due
from controller.settings import Queue
from controller.store import audit_log, paused_entries, schedule
from controller.store.engine import Connection
from controller.store.paused_entries import Pause
from controller.store.schedule import Slot

_MANY = 1_000_000
LEASE = timedelta(minutes=3)
"""A process that has not said for so long that it is at its work is taken to have died."""


@dataclass(frozen=True)
class Turn:
    """What came of a look: `taken` is to be done by this process now, `lost` is others' by now."""

    taken: tuple[Slot, ...] = ()
    lost: tuple[Slot, ...] = ()


def keep_schedule(
    context: Context, actor: Actor, me: str, at_work: Collection[Slot] = (), *, room: int = 4
) -> Turn:
    """Say that what this process is at is still in work, and take what has come due.

    `me` is a name no other process has or had; with `room` 0 it takes nothing. Times nobody was
    there for are made up for once, or noted as skipped, as the schedule has it; what a dead process
    left, and what people asked for, is taken too. One entry is never done twice at one time. The
    times of a paused entry are noted as skipped.
    Errors: `InputError` for a broken file of the schedule, `StoreError`.
    """
    require(actor, "run_schedule")
    now = context.clock()
    entries = context.schedule().entries
    with context.store.read() as conn:
        known = schedule.known_until(conn)
        open_ = schedule.open_slots(conn)
    new = any(e.name not in known or known[e.name][0] != e.cron for e in entries)
    coming = any(due(e, known[e.name][1], now) for e in entries if e.name in known)
    if not (new or coming or at_work or any(_is_free(slot, now) for slot in open_)):
        return Turn()
    with context.store.begin() as conn:
        lost = tuple(slot for slot in at_work if not schedule.still_at_it(conn, slot, now))
        room = min(room, _allowed(context.settings.queues.schedule, conn, now))
        taken = [*islice(_left(conn, me, now), room)]
        busy = {slot.name for slot in schedule.open_slots(conn)}
        paused = paused_entries.pauses(conn)
        for entry in entries:
            seen = schedule.seen_until(conn, entry.name, entry.cron, now)
            found = due(entry, seen, now)
            if found is not None and entry.name in paused:
                skip_paused(conn, found, paused[entry.name], now)
            elif found is not None and entry.name not in busy and len(taken) < room:
                taken += _take(conn, actor, found, me, now)
    return Turn(tuple(taken), lost)


def skip_paused(conn: Connection, found: Due, pause: Pause, now: datetime) -> None:
    """Note a time that came while its entry was paused, and why; once."""
    words = {
        "th": f"พักไว้โดย {pause.by}: {pause.why}",
        "en": f"paused by {pause.by}: {pause.why}",
    }
    slot = Slot(
        name=found.entry.name,
        slot=found.slot,
        task=found.entry.do,
        by=SCHEDULE.username,
        holder="",
        started=now,
        alive=now,
        content={"paused": pause.why, "earlier": found.earlier, "words": words},
    )
    schedule.add_skipped(conn, slot)
    schedule.see_to(conn, slot.name, slot.slot)


def _allowed(limits: Queue, conn: Connection, now: datetime) -> int:
    """How many more all workers together may begin now."""
    running = sum(slot.state == "running" for slot in schedule.open_slots(conn))
    room = _MANY if limits.at_once is None else limits.at_once - running
    if limits.per_minute is not None:
        begun = schedule.begun_since(conn, now - timedelta(minutes=1))
        room = min(room, limits.per_minute - begun)
    return max(0, room)


def _left(conn: Connection, me: str, now: datetime) -> Iterator[Slot]:
    for slot in schedule.open_slots(conn):
        if _is_free(slot, now) and schedule.take_over(conn, slot, me, now):
            content = {**slot.content, "taken_over": slot.holder} if slot.holder else slot.content
            yield replace(slot, holder=me, alive=now, state="running", content=content)


def _is_free(slot: Slot, now: datetime) -> bool:
    return slot.state == "waiting" or now - slot.alive > LEASE


def _take(conn: Connection, actor: Actor, found: Due, me: str, now: datetime) -> Iterator[Slot]:
    slot = Slot(
        name=found.entry.name,
        slot=found.slot,
        task=found.entry.do,
        by=actor.username,
        holder=me,
        started=now,
        alive=now,
        content={"late": found.late, "earlier": found.earlier},
    )
    mine = schedule.add_skipped(conn, slot) if found.skip else schedule.claim_slot(conn, slot)
    schedule.see_to(conn, slot.name, slot.slot)
    if mine and (found.late or found.earlier):
        # That nobody was there is on record even when it is made up for.
        audit_log.append(
            conn,
            actor=actor.username,
            action="schedule_missed",
            subject=slot.name,
            content={
                "slot": slot.slot.isoformat(),
                "earlier": found.earlier,
                "made_up_for": not found.skip,
            },
            at=now,
        )
    if mine and not found.skip:
        yield slot
