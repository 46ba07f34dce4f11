"""Record the order that appoints a case's working group, or give it the next number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.context import Context
from controller.operations.move_case import case_to_move
from controller.processes import steps
from controller.processes.case import Case, Group
from controller.store import audit_log, cases, registers
from controller.thai import bangkok_date, buddhist_year, thai_digits


@dataclass(frozen=True)
class Appointment:
    """Who is appointed. Without `order` the order takes the next number of its register, today."""

    chair: str
    secretary: str
    members: tuple[str, ...] = ()
    order: str | None = None
    dated: date | None = None


def appoint_group(context: Context, actor: Actor, number: str, wanted: Appointment) -> Case:
    """The case with its working group.

    Errors: as `processes.steps.appoint`; `InputError` for an order that takes the next number but
    is dated another day: numbers are given in the order of days.
    """
    require(actor, "appoint_group")
    office = context.office()
    now = context.clock()
    with context.store.begin() as conn:
        before = case_to_move(context, conn, number)
        day = bangkok_date(now)
        order = wanted.order
        if order is None:
            if wanted.dated not in (None, day):
                raise _dated_elsewhere(day)
            year = buddhist_year(day)
            first = office.numbering.first.get("order", {}).get(year, 1)
            running = registers.next_number(conn, "order", year, first)
            order = office.numbering.written("order", running, year)
            if context.settings.documents.digits == "thai":
                order = thai_digits(order)
        group = Group(
            order=order,
            dated=wanted.dated or day,
            chair=wanted.chair,
            members=wanted.members,
            secretary=wanted.secretary,
        )
        after = steps.appoint(before, group, office, actor, now)
        cases.save_case(conn, after, expected_events=len(before.events))
        audit_log.append(
            conn,
            actor=actor.username,
            action="appoint_group",
            subject=number,
            content={"step": after.step, "group": group.model_dump(mode="json")},
            at=now,
        )
    return after


def _dated_elsewhere(today: date) -> InputError:
    return InputError(
        Text(
            th=f"คำสั่งที่ออกเลขใหม่ลงวันที่วันนี้ ({today.isoformat()}) เท่านั้น",
            en=f"an order that takes the next number is dated today ({today.isoformat()})",
        ),
        hint=Text(
            th="คำสั่งที่ออกไว้แล้วให้ระบุเลขที่ด้วย --order คู่กับ --dated",
            en="of an order there is already, give the number too: --order with --dated",
        ),
    )
