"""What was done of the schedule, by which process, and how far each entry is seen to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, select, update

from controller.store.canonical import canonical, storable
from controller.store.compliance_tables import schedule_entries, schedule_slots
from controller.store.dialect import insert_new

SlotState = Literal["waiting", "running", "done", "failed", "skipped"]
_CLAIM = insert_new(schedule_slots)
_KNOW = insert_new(schedule_entries)


@dataclass(frozen=True, slots=True)
class Slot:
    """One time of an entry: `by` whom it was asked for, `holder` the process that does it.

    `alive` is when that process last said so; `content` what came of it. Times are UTC. One that is
    `waiting` was asked for by a person and has no holder yet.
    """

    name: str
    slot: datetime
    task: str
    by: str
    holder: str
    started: datetime
    alive: datetime
    state: SlotState = "running"
    ended: datetime | None = None
    content: Mapping[str, Any] = field(default_factory=dict)


def seen_until(conn: Connection, name: str, cron: str, now: datetime) -> datetime:
    """Up to when an entry's times are seen to.

    One nobody knew, or with another `cron` than before, begins at `now`.
    """
    conn.execute(_KNOW(conn), {"name": name, "cron": cron, "seen": now})
    table = schedule_entries
    conn.execute(
        update(table).where(table.c.name == name, table.c.cron != cron).values(cron=cron, seen=now)
    )
    found: datetime = conn.execute(select(table.c.seen).where(table.c.name == name)).scalar_one()
    return found


def known_until(conn: Connection) -> dict[str, tuple[str, datetime]]:
    """Entry -> its cron and up to when its times are seen to, as the workers left it."""
    found = conn.execute(select(schedule_entries))
    return {row.name: (row.cron, row.seen) for row in found}


def see_to(conn: Connection, name: str, until: datetime) -> None:
    """Note that an entry's times up to `until` are seen to."""
    table = schedule_entries
    conn.execute(update(table).where(table.c.name == name, table.c.seen < until).values(seen=until))


def claim_slot(conn: Connection, slot: Slot) -> bool:
    """Make the row of a time that has come; False when another process was quicker."""
    return conn.execute(_CLAIM(conn), _values(slot)).rowcount == 1


def open_slots(conn: Connection) -> tuple[Slot, ...]:
    """What waits, is being done, or was by processes that died; oldest first."""
    asked = select(schedule_slots).where(schedule_slots.c.ended.is_(None))
    return tuple(map(_slot, conn.execute(asked.order_by(schedule_slots.c.started))))


def begun_since(conn: Connection, since: datetime) -> int:
    """How many were begun after this moment, by whatever process."""
    table = schedule_slots
    begun = (table.c.started > since, table.c.state.not_in(("waiting", "skipped")))
    return conn.execute(select(func.count()).select_from(table).where(*begun)).scalar_one()


def take_over(conn: Connection, slot: Slot, holder: str, now: datetime) -> bool:
    """Take a slot that waits, or from a process no longer alive; False if that spoke meanwhile."""
    mine = (
        update(schedule_slots)
        .where(*_is(slot), schedule_slots.c.alive == slot.alive, schedule_slots.c.ended.is_(None))
        .values(holder=holder, alive=now, state="running")
    )
    return conn.execute(mine).rowcount == 1


def still_at_it(conn: Connection, slot: Slot, now: datetime) -> bool:
    """Say that the holder is alive; False when the slot is not its own any more."""
    beat = update(schedule_slots).where(*_is(slot), schedule_slots.c.ended.is_(None))
    return conn.execute(beat.values(alive=now)).rowcount == 1


def end_slot(
    conn: Connection, slot: Slot, state: SlotState, content: Mapping[str, Any], now: datetime
) -> bool:
    """Note what came of it; False when another process has taken it over."""
    ended = (
        update(schedule_slots)
        .where(*_is(slot), schedule_slots.c.ended.is_(None))
        .values(ended=now, alive=now, state=state, content=storable(canonical(dict(content))))
    )
    return conn.execute(ended).rowcount == 1


def slots(
    conn: Connection, name: str | None = None, *, most: int, before: datetime | None = None
) -> tuple[Slot, ...]:
    """The newest slots, of all entries or one, newest first; begun earlier than `before`."""
    table = schedule_slots
    asked = select(table).order_by(table.c.started.desc(), table.c.name).limit(most)
    if name is not None:
        asked = asked.where(table.c.name == name)
    if before is not None:
        asked = asked.where(table.c.started < before)
    return tuple(map(_slot, conn.execute(asked)))


def last_slots(conn: Connection) -> dict[str, Slot]:
    """The newest slot of each entry."""
    table = schedule_slots
    names = conn.execute(select(table.c.name).distinct()).scalars().all()
    found = (slots(conn, name, most=1) for name in names)
    return {one[0].name: one[0] for one in found if one}


def add_skipped(conn: Connection, slot: Slot) -> bool:
    """Note a time that was missed and is not made up for; False when it is noted already."""
    values = _values(slot) | {"ended": slot.started, "state": "skipped"}
    return conn.execute(_CLAIM(conn), values).rowcount == 1


def add_slot(conn: Connection, slot: Slot) -> None:
    """Make the row of something asked for by a person, outside its times."""
    conn.execute(insert(schedule_slots), _values(slot))


def _is(slot: Slot) -> tuple[Any, ...]:
    table = schedule_slots.c
    return table.name == slot.name, table.slot == slot.slot, table.holder == slot.holder


def _values(slot: Slot) -> dict[str, Any]:
    return {
        "name": slot.name,
        "slot": slot.slot,
        "task": slot.task,
        "by": slot.by,
        "holder": slot.holder,
        "started": slot.started,
        "alive": slot.alive,
        "ended": slot.ended,
        "state": slot.state,
        "content": storable(canonical(dict(slot.content))),
    }


def _slot(row: Row[Any]) -> Slot:
    return Slot(
        name=row.name,
        slot=row.slot,
        task=row.task,
        by=row.by,
        holder=row.holder,
        started=row.started,
        alive=row.alive,
        state=row.state,
        ended=row.ended,
        content=json.loads(row.content),
    )
