"""The schedule: what is done by itself, when next, what came of it, and doing it now."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import SCHEDULE, Actor, may
from controller.errors import Text
from controller.operations.book_apply import list_bookings
from controller.operations.list_next_times import list_next_times
from controller.operations.pause_schedule import pause_schedule, resume_schedule
from controller.operations.run_schedule import run_schedule
from controller.operations.show_schedule import Scheduled, show_schedule
from controller.schedules.schedule import TASKS
from controller.store.bookings import BOOKING_STATES
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog
from controller.web.visit import Visit

AT_ONCE = 40
NEXT_DAYS, MOST_NEXT = 7, 30
STATES = {
    "waiting": (Text(th="รอทำ", en="waiting"), ""),
    "running": (Text(th="กำลังทำ", en="running"), "warn"),
    "done": (Text(th="เสร็จแล้ว", en="done"), "good"),
    "failed": (Text(th="ไม่สำเร็จ", en="failed"), "bad"),
    "skipped": (Text(th="ข้ามไป", en="skipped"), "warn"),
}


@page("/schedule", Text(th="กำหนดเวลาทำงาน", en="Schedule"))
async def build(visit: Visit, actor: Actor) -> None:
    """The entries and the history, of all or of one entry."""
    name = visit.query.get("name", "")[:64]
    found = await visit.ask(show_schedule, name=name or None, most=AT_ONCE)
    put(
        visit,
        "schedule.html",
        found=found,
        name=name,
        tasks=TASKS,
        states=STATES,
        program=SCHEDULE.username,
    )
    if may(actor, "run_schedule") and found.entries:
        with ui.element("div").classes("filters"):
            for one in found.entries:
                _offer(visit, one)
                _hold(visit, one)
    if not name and (booked := await visit.ask(list_bookings)):
        put(visit, "schedule_booked.html", booked=booked[-AT_ONCE:], states=BOOKING_STATES)
    if not name:
        coming = await visit.ask(list_next_times, days=NEXT_DAYS, most=MOST_NEXT)
        put(visit, "schedule_next.html", coming=coming, tasks=TASKS, days=NEXT_DAYS)
    put(visit, "schedule_history.html", found=found, states=STATES, tasks=TASKS,
        program=SCHEDULE.username)  # fmt: skip


def _offer(visit: Visit, one: Scheduled) -> None:
    name = one.entry.name
    asked = Asked(
        Text(th=f"ทำ {name} ตอนนี้", en=f"Do {name} now"), Text(th="ทำตอนนี้", en="Do it now")
    )

    async def run(_: Answers) -> None:
        await visit.ask(run_schedule, name)
        ui.navigate.to("/schedule")

    ui.button(visit.w(asked.title), on_click=lambda: ask_in_dialog(visit, asked, run)).props(
        "outline color=primary"
    )


def _hold(visit: Visit, one: Scheduled) -> None:
    """The button that pauses an entry, or lets it go on."""
    name = one.entry.name
    if one.paused:

        async def go_on() -> None:
            await visit.ask(resume_schedule, name)
            ui.navigate.to("/schedule")

        told = visit.t(f"ให้ {name} ทำต่อ", f"Resume {name}")
        ui.button(told, on_click=visit.pressed(go_on)).props("color=primary")
        return
    asked = Asked(
        Text(th=f"พัก {name}", en=f"Pause {name}"),
        Text(th="พัก", en="Pause"),
        (Question("why", Text(th="เหตุผล", en="Reason")),),
    )

    async def pause(given: Answers) -> None:
        await visit.ask(pause_schedule, name, given["why"])
        ui.navigate.to("/schedule")

    ui.button(visit.w(asked.title), on_click=lambda: ask_in_dialog(visit, asked, pause)).props(
        "flat color=primary"
    )
