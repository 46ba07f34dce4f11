"""Surveys: which are open, and opening one."""

from __future__ import annotations

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import InputError, Text
from controller.operations.open_survey import open_survey
from controller.operations.show_survey import list_surveys
from controller.processes.forms.catalogue import form, slugs
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

STATES = {
    "open": Text(th="เปิดรับคำตอบ", en="open"),
    "closed": Text(th="ปิดแล้ว", en="closed"),
}


@page("/surveys", Text(th="แบบสอบถาม", en="Surveys"))
async def build(visit: Visit, actor: Actor) -> None:
    """Every survey, newest first; `?case=` those of a case, `?state=` those in a state."""
    case, state = visit.query.get("case") or None, visit.query.get("state", "")
    found = await visit.ask(list_surveys, case)
    put(
        visit,
        "surveys.html",
        rows=[one for one in found if state not in STATES or one.state == state],
        states=STATES,
        state=state,
        case=case,
        answered=bool(visit.query.get("answered")),
        form=form,
        reads=may(actor, "read_history"),
    )
    if may(actor, "open_survey"):
        _offer_opening(visit, case or "")


def _offer_opening(visit: Visit, case: str) -> None:
    """A survey form, what it asks about, and the case its results go to."""
    surveys = {slug: form(slug) for slug in slugs() if form(slug).kind == "survey"}

    async def opening() -> None:
        if not chosen.value:
            raise InputError(Text(th="ยังไม่ได้เลือกแบบ", en="no form is chosen"))
        wanted = str(number.value or "").strip() or None
        opened = await visit.ask(open_survey, chosen.value, str(title.value or ""), wanted)
        ui.navigate.to(f"/surveys/{opened.id}")

    with ui.element("section").classes("card stack"):
        put(visit, "survey_open.html")
        chosen = ui.select(
            {slug: visit.t(one.th, one.en) for slug, one in surveys.items()},
            label=visit.t("แบบ", "Form"),
        )
        title = ui.input(visit.t("เรื่องที่ถาม", "What it asks about"))
        number = ui.input(
            visit.t("เลขที่เรื่องที่รับผล (ถ้ามี)", "Case its results go to, if any"), value=case
        )
        for element in (chosen, title, number):
            element.props("outlined stack-label hide-bottom-space").classes("wide")
        ui.button(visit.t("เปิดรับคำตอบ", "Open it"), on_click=visit.pressed(opening)).props(
            "color=primary"
        )
