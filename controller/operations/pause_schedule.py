"""Pause an entry of the schedule, or let it go on."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Refused, Text
from controller.operations.context import Context
from controller.operations.keep_schedule import skip_paused
from controller.operations.run_schedule import named_entry
from controller.schedules.due import due
from controller.store import audit_log, paused_entries, schedule
from controller.store.paused_entries import Pause


def pause_schedule(context: Context, actor: Actor, name: str, why: str) -> Pause:
    """Do nothing of this entry until it is resumed; its times are noted as skipped.

    What is being done is brought to its end, and a person may still ask for it. Errors: `NotFound`;
    `InputError` without a reason; `Refused` when it is paused already.
    """
    require(actor, "pause_schedule")
    entry = named_entry(context, name)
    if not why.strip():
        raise InputError(
            Text(th="ต้องบอกเหตุผลที่พัก", en="say why it is paused"),
            hint=Text(
                th=f"บอกเหตุผลด้วย khaen schedule pause {name} --why “…”",
                en=f'khaen schedule pause {name} --why "…"',
            ),
        )
    wanted = Pause(entry.name, actor.username, context.clock(), why.strip())
    with context.store.begin() as conn:
        if not paused_entries.pause(conn, wanted):
            raise Refused(
                Text(th=f"{name} พักอยู่แล้ว", en=f"{name} is paused already"),
                hint=_SEE,
            )
        audit_log.append(
            conn,
            actor=actor.username,
            action="pause_schedule",
            subject=entry.name,
            content={"why": wanted.why},
            at=wanted.at,
        )
    return wanted


def resume_schedule(context: Context, actor: Actor, name: str) -> None:
    """Let a paused entry go on with its next time; what came meanwhile is noted as skipped.

    Also one that left the file. Errors: `NotFound`; `Refused` when it is not paused.
    """
    require(actor, "pause_schedule")
    entry = context.schedule().entry(name)
    now = context.clock()
    with context.store.begin() as conn:
        pause = paused_entries.pauses(conn).get(name)
        if pause is None:
            named_entry(context, name)
            raise Refused(
                Text(th=f"{name} ไม่ได้พักอยู่", en=f"{name} is not paused"),
                hint=_SEE,
            )
        if entry is not None:
            # What came while no worker looked was paused all the same: not made up for now.
            found = due(entry, schedule.seen_until(conn, name, entry.cron, now), now)
            if found is not None:
                skip_paused(conn, found, pause, now)
        paused_entries.resume(conn, name)
        audit_log.append(
            conn,
            actor=actor.username,
            action="resume_schedule",
            subject=name,
            content={"paused_by": pause.by, "since": pause.at.isoformat()},
            at=now,
        )


_SEE = Text(th="ดูทั้งหมดด้วย khaen schedule list", en="see them with khaen schedule list")
