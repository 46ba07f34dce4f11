"""Do something of the schedule now, outside its times."""

from __future__ import annotations

from datetime import timedelta

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Refused, Text
from controller.language import nearest
from controller.operations.context import Context
from controller.operations.do_scheduled import do_scheduled
from controller.schedules.schedule import Entry
from controller.store import audit_log, schedule
from controller.store.schedule import Slot

_ONE_SITTING = timedelta(hours=6)
"""A process of a person's own says but once that it is at it, and for so long."""


def run_schedule(context: Context, actor: Actor, name: str, *, here: str | None = None) -> Slot:
    """Ask for an entry to be done now; a worker takes it within seconds, and it is `waiting` till.

    With `here`, a name no other process has or had, it is done by this process in the actor's own
    name, and the slot is as it is afterwards. Errors: `NotFound`; `Refused` while the same entry
    is being done.
    """
    require(actor, "run_schedule")
    entry = named_entry(context, name)
    now = context.clock()
    slot = Slot(
        name=entry.name,
        slot=now,
        task=entry.do,
        by=actor.username,
        holder=here or "",
        started=now,
        alive=now + _ONE_SITTING if here else now,
        state="running" if here else "waiting",
    )
    with context.store.begin() as conn:
        if any(other.name == name for other in schedule.open_slots(conn)):
            raise _busy(name)
        schedule.add_slot(conn, slot)
        audit_log.append(
            conn,
            actor=actor.username,
            action="run_schedule",
            subject=name,
            content={"task": entry.do},
            at=now,
        )
    return do_scheduled(context, actor, slot) if here else slot


def named_entry(context: Context, name: str) -> Entry:
    """The entry of the schedule. Errors: `NotFound`, naming the nearest."""
    entries = context.schedule()
    entry = entries.entry(name)
    if entry is not None:
        return entry
    near = nearest(name, [one.name for one in entries.entries])
    raise NotFound(
        Text(th=f"กำหนดเวลาไม่มีรายการ {name}", en=f"the schedule has no entry {name}"),
        hint=Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?")
        if near
        else Text(th="ดูทั้งหมดด้วย khaen schedule list", en="see them with khaen schedule list"),
    )


def _busy(name: str) -> Refused:
    return Refused(
        Text(th=f"{name} กำลังทำอยู่แล้ว", en=f"{name} is being done already"),
        hint=Text(
            th="รอให้เสร็จก่อน ดูด้วย khaen schedule history",
            en="wait until it has ended: khaen schedule history",
        ),
    )
