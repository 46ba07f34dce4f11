"""The button that books an approved case for a time, or takes the booking back."""

from __future__ import annotations

from nicegui import ui

from controller.errors import Text
from controller.operations.book_apply import book_apply, unbook_apply
from controller.store.bookings import Booking
from controller.web.moves.stage import Stage
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog

_BOOK = Text(th="จองเวลาดำเนินการ", en="Book a time")
_UNBOOK = Text(th="ยกเลิกการจองเวลา", en="Take the booking back")


def put_booking_button(stage: Stage, booking: Booking | None) -> None:
    """Nothing where the case cannot be carried out by this person now."""
    if "apply" not in stage.looked.moves:
        return
    visit = stage.visit
    if booking is not None and booking.state == "booked":

        async def unbook() -> None:
            await visit.ask(unbook_apply, stage.number)
            await stage.moved(Text(th="ยกเลิกการจองแล้ว", en="The booking is taken back"))

        ui.button(visit.w(_UNBOOK), on_click=visit.pressed(unbook)).props("outline")
        return
    asked = Asked(
        _BOOK,
        Text(th="จอง", en="Book"),
        (
            Question(
                "at",
                Text(th="เริ่มเมื่อ (เวลาไทย)", en="From when on (Thai time)"),
                hint=Text(
                    th="เช่น 2026-12-01T22:00 เว้นว่างไว้คือเริ่มเมื่อถึงช่วงเวลาของแผน หรือโดยเร็วที่สุด",
                    en="such as 2026-12-01T22:00; empty: when the window begins, or soon",
                ),
            ),
        ),
    )

    async def book(given: Answers) -> None:
        await visit.ask(book_apply, stage.number, given["at"])
        await stage.moved(Text(th="จองเวลาแล้ว", en="It is booked"))

    async def opened() -> None:
        with stage.place:
            ask_in_dialog(visit, asked, book)

    ui.button(visit.w(_BOOK), on_click=visit.pressed(opened)).props("outline")
