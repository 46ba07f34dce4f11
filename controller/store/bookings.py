"""Approved cases somebody booked to be carried out by itself, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, update

from controller.errors import Text
from controller.store.canonical import storable
from controller.store.dialect import insert_over
from controller.store.playbook_tables import bookings

BookingState = Literal["booked", "starting", "started", "refused", "missed", "unbooked"]
BOOKING_STATES: dict[BookingState, Text] = {
    "booked": Text(th="จองเวลาไว้", en="booked"),
    "starting": Text(th="กำลังเริ่ม", en="starting"),
    "started": Text(th="เริ่มแล้ว", en="started"),
    "refused": Text(th="ไม่ได้เริ่ม", en="refused"),
    "missed": Text(th="พลาดเวลา", en="missed"),
    "unbooked": Text(th="ยกเลิกการจอง", en="unbooked"),
}
_PUT = insert_over(bookings)


@dataclass(frozen=True, slots=True)
class Booking:
    """One case's booking, the last one made: `by` whom, from when on it is to begin (UTC).

    With `at` as `made` it begins as soon as a worker comes. `run` is what was begun; `note` says
    why nothing was. `claimed` is when a worker took it to start it.
    """

    case: str
    by: str
    made: datetime
    at: datetime
    state: BookingState = "booked"
    run: str = ""
    note: Text = Text(th="", en="")  # noqa: RUF009  immutable
    claimed: datetime | None = None


def put_booking(conn: Connection, booking: Booking) -> None:
    """Keep it in place of the case's booking before."""
    conn.execute(
        _PUT(conn),
        {
            "case_number": booking.case,
            "by": booking.by,
            "made": booking.made,
            "at": booking.at,
            "state": booking.state,
            "run": booking.run,
            "note_th": storable(booking.note.th),
            "note_en": storable(booking.note.en),
            "claimed": booking.claimed,
        },
    )


def booking_of(conn: Connection, case: str) -> Booking | None:
    """The case's booking, whatever came of it."""
    row = conn.execute(select(bookings).where(bookings.c.case_number == case)).one_or_none()
    return _booking(row) if row else None


def list_bookings(conn: Connection, *states: BookingState) -> tuple[Booking, ...]:
    """The bookings, or those in one of these states, the first to come first."""
    asked = select(bookings).order_by(bookings.c.at, bookings.c.case_number)
    if states:
        asked = asked.where(bookings.c.state.in_(states))
    return tuple(map(_booking, conn.execute(asked)))


def claim(conn: Connection, booking: Booking, now: datetime) -> bool:
    """Take a booked case to start it; False when another process was quicker, or it is off."""
    mine = _still(booking, "booked").values(state="starting", claimed=now)
    return conn.execute(mine).rowcount == 1


def settle(
    conn: Connection, booking: Booking, seen: BookingState, state: BookingState,
    *, run: str = "", note: Text | None = None,
) -> bool:  # fmt: skip
    """Note what came of it; False when it is no longer in the state that was seen."""
    ended = _still(booking, seen).values(
        state=state,
        run=run,
        note_th=storable(note.th if note else ""),
        note_en=storable(note.en if note else ""),
    )
    return conn.execute(ended).rowcount == 1


def _still(booking: Booking, seen: BookingState) -> Any:
    table = bookings
    return update(table).where(
        table.c.case_number == booking.case,
        table.c.made == booking.made,
        table.c.state == seen,
    )


def _booking(row: Row[Any]) -> Booking:
    return Booking(
        case=row.case_number,
        by=row.by,
        made=row.made,
        at=row.at,
        state=row.state,
        run=row.run,
        note=Text(th=row.note_th, en=row.note_en),
        claimed=row.claimed,
    )
