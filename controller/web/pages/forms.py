"""The filled forms: of the office all of them, of a school its own with how far each got."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.operations.list_requests import list_requests
from controller.operations.show_form import list_forms
from controller.processes.forms.catalogue import form, slugs
from controller.store.forms import FormSummary
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

_ON_A_PAGE = 50
# What a school sends most.
_FOR_SCHOOLS = (
    "repair_request",
    "loan_request",
    "supply_request",
    "work_request",
    "user_card_request",
    "data_access_request",
)


@page("/forms", Text(th="แบบฟอร์ม", en="Forms"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?form=`, `?case=`, `?mine=1`, `?q=` choose; `?page=` turns the pages."""
    query = visit.query
    found = await visit.ask(
        list_forms, case=query.get("case") or None, slug=query.get("form") or None
    )
    states = {one.form.number: one for one in await visit.ask(list_requests)}
    if query.get("mine"):
        found = tuple(one for one in found if one.by == actor.username)
    wanted = query.get("q", "").strip().casefold()
    if wanted:
        found = tuple(one for one in found if wanted in _words(one))
    at = _page_of(visit, len(found))
    office = visit.context.office()
    titles = {person.username: person.title for person in office.people}
    rows = found[(at - 1) * _ON_A_PAGE : at * _ON_A_PAGE]
    put(
        visit,
        "forms.html",
        rows=rows,
        days={one.number: visit.day(date.fromisoformat(one.on)) for one in rows},
        count=len(found),
        pages=_pages(visit, at, len(found)),
        states=states,
        titles=titles,
        form=form,
        definitions=[form(slug) for slug in slugs() if form(slug).kind != "survey"],
        quick=[form(slug) for slug in _FOR_SCHOOLS] if may(actor, "fill_form") else [],
        query=query,
        reads_cases=may(actor, "read_history"),
    )


def _words(one: FormSummary) -> str:
    definition = form(one.slug)
    return f"{one.number} {definition.th} {definition.en} {one.case or ''}".casefold()


def _page_of(visit: Visit, count: int) -> int:
    asked = visit.query.get("page", "1")
    last = max(1, -(-count // _ON_A_PAGE))
    return min(int(asked), last) if asked.isascii() and asked.isdigit() and int(asked) else 1


def _pages(visit: Visit, at: int, count: int) -> dict[str, str]:
    """`before` and `after` as addresses, `shown` as words: 51–100."""
    kept = {k: v for k, v in visit.query.items() if k != "page"}
    made = {"shown": f"{(at - 1) * _ON_A_PAGE + 1}–{min(at * _ON_A_PAGE, count)}"}
    if at > 1:
        made["before"] = "/forms?" + urlencode({**kept, "page": at - 1})
    if at * _ON_A_PAGE < count:
        made["after"] = "/forms?" + urlencode({**kept, "page": at + 1})
    return made
