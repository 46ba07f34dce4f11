"""Filling a form in: one page for every form, made from its definition."""

from __future__ import annotations

from urllib.parse import urlencode

from nicegui import ui

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.show_form import show_form
from controller.processes.forms.catalogue import form
from controller.processes.forms.definition import FormDefinition
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.form_sheet import sheet_for
from controller.web.parts.typed_form import as_typed
from controller.web.visit import Visit


@page("/forms/{slug}/fill", Text(th="กรอกแบบฟอร์ม", en="Fill in a form"))
async def build(visit: Visit, actor: Actor) -> None:
    """The form; `?case=` attaches it, `?revises=` begins with what stands there already."""
    require(actor, "fill_form")
    definition = form(visit.path["slug"])
    case, revises = visit.query.get("case", ""), visit.query.get("revises", "")
    if definition.kind == "survey":
        put(visit, "form_is_survey.html", definition=definition, case=case)
        return
    typed, author = _first(visit, actor, definition), True
    if revises:
        before = await visit.ask(show_form, revises)
        typed = as_typed(definition, before.values)
        author = (await visit.ask(show_form, revises, 1)).by == actor.username
    where = urlencode({k: v for k, v in (("case", case), ("revises", revises)) if v})
    ui.add_head_html('<script src="/static/fill.js" defer></script>')
    put(
        visit,
        "form_fill.html",
        definition=definition,
        sheet=sheet_for(definition, actor, typed, author=author, known=_known(visit, actor)),
        case=case,
        revises=revises,
        action=f"/forms/{definition.slug}/fill" + (f"?{where}" if where else ""),
        draft=":".join((actor.username, definition.slug, str(definition.edition), case, revises)),
    )


def _first(visit: Visit, actor: Actor, definition: FormDefinition) -> dict[str, object]:
    """What an empty form begins with: of a school its own name."""
    site = next((s for s in visit.context.inventory().sites if s.site == actor.site), None)
    if site is None:
        return {}
    return {f.name: site.name_th for f in definition.fields if f.type == "site"}


def _known(visit: Visit, actor: Actor) -> dict[str, tuple[str, ...]]:
    """What is offered while typing: schools by name, the visitor's own position."""
    sites = visit.context.inventory().sites
    seen = (site.name_th for site in sites if actor.site in (None, site.site))
    return {"sites": tuple(seen), "people": (actor.title,)}
