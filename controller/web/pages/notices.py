"""The outbox: what is told to whom, whether it arrived, and trying again."""

from __future__ import annotations

from typing import get_args

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.operations.remind_cases import remind_cases
from controller.operations.send_notices import list_notices, send_notices
from controller.store.notices import NoticeState
from controller.web.drawing import draw, put
from controller.web.page import page
from controller.web.visit import Visit

AT_ONCE = 100
STATES: dict[str, Text] = {
    "waiting": Text(th="รอส่ง", en="waiting"),
    "sending": Text(th="กำลังส่ง", en="being sent"),
    "delivered": Text(th="ส่งแล้ว", en="delivered"),
    "failed": Text(th="ส่งไม่ได้", en="failed"),
    "void": Text(th="ยกเลิกเพราะเรื่องเดินต่อแล้ว", en="void: the case went on"),
}


@page("/notices", Text(th="การแจ้งและเตือน", en="Notices"))
async def build(visit: Visit, actor: Actor) -> None:
    """The outbox, newest first; `?state=` and `?case=` narrow, `?page=` counts from 1."""
    state = visit.query.get("state", "")
    chosen = state if state in get_args(NoticeState) else None
    case = visit.query.get("case") or None
    found = (await visit.ask(list_notices, case=case, state=chosen))[::-1]
    pages = max(1, -(-len(found) // AT_ONCE))
    asked = visit.query.get("page", "")
    at = min(int(asked), pages) if asked.isdecimal() and int(asked[:6]) > 0 else 1
    put(visit, "notices.html", states=STATES, chosen=chosen, case=case)
    if may(actor, "send_notices"):
        _sending(visit)
    put(
        visit,
        "notices_rows.html",
        rows=found[(at - 1) * AT_ONCE : at * AT_ONCE],
        states=STATES,
        chosen=chosen,
        case=case,
        at=at,
        pages=pages,
    )


def _sending(visit: Visit) -> None:
    """Buttons that send what waits and remind of late cases, and below them what came of it."""
    told = ui.html("", sanitize=False).classes("wide").props("role=status")

    async def send() -> None:
        button.disable()
        try:
            sent = await visit.ask(send_notices, hurry=True)
        finally:
            button.enable()
        told.content = draw(
            visit,
            "notices_sent.html",
            tried=sent.tried,
            moved=[case.number for case in sent.moved],
            stayed=sent.stayed,
        )

    async def remind() -> None:
        reminder.disable()
        try:
            tried = await visit.ask(remind_cases)
        finally:
            reminder.enable()
        told.content = draw(visit, "notices_sent.html", tried=tried, moved=(), stayed=())

    with ui.element("div").classes("filters"):
        button = ui.button(
            visit.t("ส่งที่ค้างทั้งหมดเดี๋ยวนี้", "Send everything that waits, now"),
            on_click=visit.pressed(send),
        ).props("unelevated")
        reminder = ui.button(
            visit.t("เตือนเรื่องเกินกำหนด", "Remind of late cases"), on_click=visit.pressed(remind)
        ).props("outline")
