"""Start the booked cases whose time has come, each in the name of who booked it, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from controller.accounts.actor import Actor, require
from controller.errors import KhaenError, StoreError, Text
from controller.notices.letters import subject_of
from controller.operations.apply_plan import leave_apply
from controller.operations.context import Context
from controller.operations.log_in import actor_of
from controller.operations.notify_case import receiver
from controller.operations.read_plan import trusted_plan
from controller.operations.send_notices import FILE, basis_of, deliver_all
from controller.schedules.due import LATE
from controller.store import audit_log, bookings, cases, notices, plans, runs
from controller.store.bookings import Booking, BookingState
from controller.store.notices import Notice

_DEAD = timedelta(minutes=3)
"""A booking that is being started for longer was left by a process that died."""


def start_booked(context: Context, actor: Actor) -> tuple[Booking, ...]:
    """The bookings something came of now, as they are afterwards.

    A booking is claimed by its row, so that of many processes one starts it; the run waits for a
    worker with the queue `runs`, and passes the gate as any. A refusal is noted and told by notice,
    and never tried again. Errors: `StoreError`.
    """
    require(actor, "run_schedule")
    now = context.clock()
    with context.store.read() as conn:
        waiting = bookings.list_bookings(conn, "booked", "starting")
    came = [_left(context, one, now) for one in waiting if one.state == "starting"]
    came += [_start(context, one, now) for one in waiting if _is_due(one, now)]
    return tuple(one for one in came if one is not None)


def _is_due(booking: Booking, now: datetime) -> bool:
    return booking.state == "booked" and booking.at <= now


def _start(context: Context, booking: Booking, now: datetime) -> Booking | None:
    with context.store.begin(audited=False) as conn:
        if not bookings.claim(conn, booking, now):
            return None
    try:
        if _too_late(context, booking, now):
            return _settle(context, booking, "missed", note=_MISSED)
        person = actor_of(context.office(), booking.by, now)
        run = leave_apply(context, person, booking.case)
    except StoreError:
        # Whether it was begun is found out by the next look, which finds the claim.
        raise
    except KhaenError as error:
        return _settle(context, booking, "refused", note=error.message)
    return _settle(context, booking, "started", run=run)


def _too_late(context: Context, booking: Booking, now: datetime) -> bool:
    """Whether a time somebody chose is over; a plan's window says itself how late is too late."""
    if booking.at == booking.made or now - booking.at <= LATE:
        return False
    with context.store.read() as conn:
        plan = cases.load_case(conn, booking.case).plan
        stored = plans.load_plan(conn, plan) if plan else None
    return stored is None or trusted_plan(stored).window is None


def _left(context: Context, booking: Booking, now: datetime) -> Booking | None:
    """What a process that died made of it: begun, or never; it is not begun a second time."""
    if booking.claimed is None or now - booking.claimed <= _DEAD:
        return None
    with context.store.read() as conn:
        begun = [
            run.id
            for run in runs.runs_of(conn, booking.case)
            if run.kind == "apply" and run.started >= booking.claimed
        ]
    if begun:
        return _settle(context, booking, "started", run=begun[0])
    return _settle(context, booking, "refused", note=_DIED)


def _settle(
    context: Context, booking: Booking, state: BookingState, *, run: str = "",
    note: Text | None = None,
) -> Booking | None:  # fmt: skip
    now = context.clock()
    channel = context.settings.notices.remind or FILE
    told = note or Text(th="", en="")
    with context.store.begin() as conn:
        if not bookings.settle(conn, booking, "starting", state, run=run, note=note):
            return None
        case = cases.load_case(conn, booking.case)
        title, address = receiver(context.office(), booking.by)
        body = f"เริ่มดำเนินการตามที่จองไว้แล้ว: {run}" if run else f"ไม่ได้เริ่มดำเนินการตามที่จองไว้: {told.th}"
        once = f"booking:{booking.case}:{booking.made.isoformat()}"
        notice = Notice(
            once=once,
            kind="reminder",
            case=booking.case,
            basis=basis_of(case),
            batch="",
            asked_by=booking.by,
            recipient=title,
            address=address,
            channel=channel,
            subject=subject_of(case),
            body=body,
            created=now,
            again=now,
        )
        notices.add_notices(conn, [notice])
        audit_log.append(
            conn,
            actor=booking.by,
            action="booking_ended",
            subject=booking.case,
            content={"state": state, "run": run, "why": told.en},
            at=now,
        )
    with context.store.read() as conn:
        wanted = [one for one in notices.due_notices(conn, now) if one.once == once]
    deliver_all(context, wanted)
    return replace(booking, state=state, run=run, note=told)


_MISSED = Text(
    th="พลาดเวลาที่จองไว้เพราะไม่มี worker ทำงานอยู่ การเปลี่ยนแปลงไม่ทำย้อนหลัง ให้จองใหม่",
    en="no worker was there at its time; a change is not made up for: book it again",
)
_DIED = Text(
    th="โปรแกรมที่กำลังเริ่มหยุดไปก่อน จึงไม่ได้เริ่ม ให้จองใหม่",
    en="the process that was starting it died before it began: book it again",
)
