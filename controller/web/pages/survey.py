"""One survey: what its answers add up to, its links, answering and closing it."""

from __future__ import annotations

import base64

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.operations.close_survey import close_survey
from controller.operations.share_survey import (
    DAYS,
    SharedLink,
    close_link,
    draw_poster,
    list_links,
    share_survey,
)
from controller.operations.show_survey import list_surveys, show_survey
from controller.processes.forms.catalogue import form
from controller.store.survey_links import SurveyLink
from controller.store.surveys import Survey
from controller.web.drawing import put
from controller.web.page import page
from controller.web.pages.surveys import STATES
from controller.web.parts.asking import Answers, Asked, Question, ask_in_dialog
from controller.web.parts.form_sheet import sheet_for
from controller.web.visit import Visit

_CLOSING = Asked(
    Text(th="ปิดแบบสอบถาม", en="Close the survey"),
    Text(th="ปิดและสรุปผล", en="Close it for good"),
    grave=True,
)
_SHARING = Asked(
    Text(th="สร้างลิงก์และรหัสคิวอาร์", en="Make a link and a QR code"),
    Text(th="สร้างลิงก์", en="Make the link"),
    (
        Question(
            "days",
            Text(th="ใช้ได้กี่วัน", en="Days until it ends"),
            "number",
            DAYS,
            hint=Text(
                th="ผู้มีลิงก์ตอบได้โดยไม่ต้องมีบัญชี ระบบไม่เก็บข้อมูลผู้ตอบ",
                en="Whoever has the link answers without an account; nothing of them is kept",
            ),
        ),
    ),
)


@page("/surveys/{survey}", Text(th="แบบสอบถาม", en="Survey"))
async def build(visit: Visit, actor: Actor) -> None:
    """The results as of now, or for good once it is closed."""
    number = visit.path["survey"]
    tallied = await visit.ask(show_survey, number)
    survey = tallied.survey
    put(
        visit,
        "survey.html",
        survey=survey,
        states=STATES,
        definition=form(survey.form),
        may_answer=may(actor, "answer_survey"),
        answered=bool(visit.query.get("answered")),
    )
    if survey.state == "open" and may(actor, "close_survey"):
        _offer_moves(visit, survey)
    if may(actor, "share_survey"):
        _put_links(visit, survey, await visit.ask(list_links, number))
    put(visit, "survey_results.html", results=tallied.results, survey=survey)


@page("/surveys/{survey}/answer", Text(th="ตอบแบบสอบถาม", en="Answer a survey"))
async def build_answer(visit: Visit, actor: Actor) -> None:
    """The survey to answer, for somebody who has signed in."""
    found = {one.id: one for one in await visit.ask(list_surveys)}
    survey = found.get(visit.path["survey"])
    if survey is None or survey.state != "open":
        put(visit, "survey_gone.html", survey=survey)
        return
    definition = form(survey.form)
    ui.add_head_html('<script src="/static/fill.js" defer></script>')
    put(
        visit,
        "survey_answer.html",
        survey=survey,
        definition=definition,
        sheet=sheet_for(definition, actor, {}, author=True, known={"sites": (), "people": ()}),
        draft=f"{actor.username}:{survey.id}",
    )


def _offer_moves(visit: Visit, survey: Survey) -> None:
    async def close(_: Answers) -> None:
        await visit.ask(close_survey, survey.id)
        ui.navigate.to(f"/surveys/{survey.id}")

    async def share(given: Answers) -> None:
        server = str(ui.context.client.request.base_url)
        days = int(given["days"] or 0)
        made = await visit.ask(share_survey, survey.id, days=days, server=server)
        with place:  # the dialog that asked goes away, and all in it
            _show_link(visit, made)

    place = ui.element("div")

    with ui.element("div").classes("filters"):
        ui.button(
            visit.w(_SHARING.title), on_click=lambda: ask_in_dialog(visit, _SHARING, share)
        ).props("color=primary")
        ui.button(
            visit.w(_CLOSING.title), on_click=lambda: ask_in_dialog(visit, _CLOSING, close)
        ).props("outline color=primary")


def _show_link(visit: Visit, made: SharedLink) -> None:
    """The address and its code, this once; the poster is drawn from the address shown."""

    async def poster() -> None:
        drawn = await visit.ask(draw_poster, made.address)
        ui.download(drawn, f"survey-{made.link.survey}.pdf", "application/pdf")

    def copy() -> None:
        ui.clipboard.write(made.address)
        visit.tell("คัดลอกแล้ว", "Copied")

    code = base64.b64encode(made.qr.encode()).decode()
    with ui.dialog().props("persistent") as dialog, ui.card().classes("asking"):
        put(visit, "survey_link.html", made=made, code=f"data:image/svg+xml;base64,{code}")
        with ui.element("div").classes("filters"):
            ui.button(visit.t("คัดลอกลิงก์", "Copy the link"), on_click=copy).props("color=primary")
            ui.button(
                visit.t("โปสเตอร์ PDF", "Poster as PDF"), on_click=visit.pressed(poster)
            ).props("outline color=primary")
            ui.button(
                visit.t("ปิดหน้าต่าง", "Done"),
                on_click=lambda: ui.navigate.to(f"/surveys/{made.link.survey}"),
            ).props("flat")
    dialog.open()


def _put_links(visit: Visit, survey: Survey, links: tuple[SurveyLink, ...]) -> None:
    """The links there are; each open one can be closed."""
    now = visit.context.clock()
    if not links:
        return

    def closing(link: str) -> None:
        async def close(_: Answers) -> None:
            await visit.ask(close_link, survey.id, link)
            ui.navigate.to(f"/surveys/{survey.id}")

        title = Text(th=f"ปิดลิงก์ {link}", en=f"Close link {link}")
        ask_in_dialog(visit, Asked(title, Text(th="ปิดลิงก์", en="Close it"), grave=True), close)

    open_ones = [one for one in links if one.is_open(now)]
    with ui.element("section").classes("card"):
        put(visit, "survey_links.html", links=links, now=now)
        with ui.element("div").classes("filters"):
            for one in open_ones[:10]:
                ui.button(
                    visit.t("ปิดลิงก์ ", "Close link ") + one.id,
                    on_click=lambda link=one.id: closing(link),
                ).props("outline color=primary")
