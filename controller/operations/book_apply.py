"""Book an approved case to be carried out by itself, take the booking back, see all of them."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import InputError, NotApproved, Refused, Text
from controller.operations.context import Context
from controller.operations.move_case import case_to_move
from controller.operations.read_plan import trusted_plan
from controller.plans.window import read_time
from controller.processes.case import Case
from controller.processes.history import approval
from controller.processes.walk import require_member
from controller.runs.timing import times_of
from controller.store import audit_log, bookings, plans
from controller.store.bookings import Booking


def book_apply(context: Context, actor: Actor, number: str, at: str = "") -> Booking:
    """Have a worker carry the case's approved plan out at a time, in the actor's own name.

    `at` is written in Thai time, `2026-12-01T22:00`; empty means when the plan's window begins,
    else as soon as a worker comes. Only members of the working group may. The gate is asked then,
    as always; here is only refused what can be foreseen.

    Errors: `NotAllowed`, `NotFound`; `InputError` for a time; `NotApproved` when the approval does
    not hold till then; `NotNow` for a time outside the window or in a freeze; `Refused` when it is
    booked already.
    """
    require(actor, "apply_plan")
    now = context.clock()
    wanted = read_time(at) if at.strip() else None
    if wanted is not None and wanted <= now:
        raise InputError(
            Text(th=f"เวลา {at} ผ่านไปแล้ว", en=f"{at} is over"),
            hint=Text(th="จองเวลาที่ยังมาไม่ถึง", en="book a time that is yet to come"),
        )
    with context.store.begin() as conn:
        case = case_to_move(context, conn, number)
        require_member(case, actor)
        plan = trusted_plan(plans.load_plan(conn, case.plan)) if case.plan else None
        if plan is None:
            raise _not_approved(case)
        window = plan.window
        when = wanted or (window.begins if window and window.begins > now else now)
        held = approval(case)
        if held is None or held.expires is None or held.expires <= when:
            raise _not_approved(case)
        freezes = context.schedule().freezes
        times_of(plan, context.inventory(), freezes, when).insist(number, when)
        known = bookings.booking_of(conn, number)
        if known is not None and known.state in {"booked", "starting"}:
            raise Refused(
                Text(th=f"เรื่อง {number} จองเวลาไว้แล้ว", en=f"case {number} is booked already"),
                hint=Text(
                    th=f"ยกเลิกก่อนด้วย khaen apply {number} --unbook",
                    en=f"first khaen apply {number} --unbook",
                ),
            )
        booking = Booking(number, actor.username, now, when)
        bookings.put_booking(conn, booking)
        audit_log.append(
            conn,
            actor=actor.username,
            action="book_apply",
            subject=number,
            content={"at": when.isoformat(), "plan": case.plan},
            at=now,
        )
    return booking


def unbook_apply(context: Context, actor: Actor, number: str) -> None:
    """Take a case's booking back before its time. Errors: `NotAllowed`, `NotFound`, `Refused`."""
    require(actor, "apply_plan")
    now = context.clock()
    with context.store.begin() as conn:
        require_member(case_to_move(context, conn, number), actor)
        booking = bookings.booking_of(conn, number)
        off = Text(th=f"ยกเลิกโดย {actor.username}", en=f"taken back by {actor.username}")
        if booking is None or not bookings.settle(conn, booking, "booked", "unbooked", note=off):
            raise Refused(
                Text(
                    th=f"เรื่อง {number} ไม่มีการจองที่รออยู่",
                    en=f"case {number} has no booking that waits",
                ),
                hint=Text(
                    th="ที่เริ่มแล้วให้หยุดด้วย khaen stop", en="what has begun is stopped by khaen stop"
                ),
            )
        audit_log.append(
            conn,
            actor=actor.username,
            action="unbook_apply",
            subject=number,
            content={"at": booking.at.isoformat(), "by": booking.by},
            at=now,
        )


def list_bookings(context: Context, actor: Actor) -> tuple[Booking, ...]:
    """The last booking of every case that had one, the first to come first."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return bookings.list_bookings(conn)


def show_booking(context: Context, actor: Actor, number: str) -> Booking | None:
    """A case's last booking, None without any."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return bookings.booking_of(conn, number)


def _not_approved(case: Case) -> NotApproved:
    return NotApproved(
        Text(
            th=f"เรื่อง {case.number} ไม่มีการอนุมัติที่มีผลถึงเวลานั้น",
            en=f"case {case.number} has no approval that holds till then",
        ),
        hint=Text(
            th=f"ดูสถานะด้วย khaen case show {case.number}",
            en=f"see how it stands: khaen case show {case.number}",
        ),
    )
