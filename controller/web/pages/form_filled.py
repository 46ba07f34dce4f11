"""One filled form: what stands in it, its revisions, its photos, its case, its papers."""

from __future__ import annotations

from datetime import date

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.errors import InputError, Text
from controller.operations.attach_form import attach_form
from controller.operations.list_requests import list_requests
from controller.operations.show_form import show_form
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import FilledForm
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.form_values import sections
from controller.web.visit import Visit


@page("/forms/filled/{number}", Text(th="แบบฟอร์มที่กรอกแล้ว", en="Filled form"))
async def build(visit: Visit, actor: Actor) -> None:
    """The newest revision, or `?revision=`."""
    number = visit.path["number"]
    newest = await visit.ask(show_form, number)
    shown = await visit.ask(show_form, number, _revision(visit))
    revisions = [await visit.ask(show_form, number, at + 1) for at in range(newest.revision)]
    titles = {person.username: person.title for person in visit.context.office().people}
    definition = form(shown.slug)
    requests = {one.form.number: one for one in await visit.ask(list_requests)}
    put(
        visit,
        "form_filled.html",
        definition=definition,
        filled=shown,
        newest=newest,
        sections=sections(visit, definition, shown),
        revisions=[(one, _day(visit, one), titles.get(one.by, one.by)) for one in revisions],
        request=requests.get(number),
        has_tables=any(field.type == "table" for field in definition.fields),
        kept=bool(visit.query.get("kept")),
        may_fill=may(actor, "fill_form"),
        reads_cases=may(actor, "read_history"),
    )
    if newest.case is None and may(actor, "attach_form"):
        _offer_attaching(visit, number)


def _offer_attaching(visit: Visit, number: str) -> None:
    """An officer puts a form that stands alone into a case."""

    async def attach() -> None:
        wanted = str(case.value or "").strip()
        if not wanted:
            raise InputError(Text(th="กรอกเลขที่เรื่องก่อน", en="fill in the number of the case"))
        await visit.ask(attach_form, number, wanted)
        ui.navigate.to(f"/cases/{wanted}")

    with ui.element("section").classes("card"):
        ui.label(visit.t("แนบกับเรื่อง", "Attach to a case")).classes("label")
        case = ui.input(visit.t("เลขที่เรื่อง", "Number of the case"))
        ui.button(visit.t("แนบ", "Attach"), on_click=visit.pressed(attach))


def _revision(visit: Visit) -> int | None:
    asked = visit.query.get("revision", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None


def _day(visit: Visit, filled: FilledForm) -> str:
    return visit.day(date.fromisoformat(filled.on))
