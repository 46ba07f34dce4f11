"""Edit the specification of a case, with the lint as one types; begin one, also from needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import events, ui

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.list_needs import needs_to_draft
from controller.operations.show_case import list_cases, show_case
from controller.operations.show_specification import show_specification
from controller.processes.case import Case
from controller.processes.procuring import PROCESS, specification_paper
from controller.procurement.drafting import in_force_on, usual_terms
from controller.procurement.need import kind_name
from controller.procurement.need_paper import NeededItem
from controller.procurement.typed import TypedSpecification, as_typed, typed_terms
from controller.specs.baseline import Baseline
from controller.web.drawing import put
from controller.web.page import page
from controller.web.pages.needs import query_of
from controller.web.pages.specification import lays_down
from controller.web.parts.item_editor import item_by
from controller.web.parts.spec_desk import Place, SpecDesk
from controller.web.visit import Visit

_ASKED = frozenset({"needs", "kind", "cause", "site", "district", "ask"})


@page(
    "/cases/{number}/specification/edit", Text(th="แก้ไขคุณลักษณะเฉพาะ", en="Edit the specification")
)
async def build(visit: Visit, actor: Actor) -> None:
    """The specification of the case, or a new one; `?kind=…`, as of `/needs`, begins with needs."""
    require(actor, "write_specification")
    case = await visit.ask(show_case, visit.path["number"])
    put(visit, "specification/edit_head.html", case=case, now=lays_down(case), process=PROCESS)
    if not lays_down(case):
        return
    paper = specification_paper(case)
    typed = await _typed(visit, case)
    place = Place(case.number, case.version, paper.sha256 if paper else "")
    desk = SpecDesk(visit, place, typed)
    if visit.query.keys() & _ASKED:
        await _put_needs(visit, typed, desk)
    desk.build()


@page("/specifications/new", Text(th="ร่างคุณลักษณะเฉพาะ", en="Draft a specification"))
async def choose_case(visit: Visit, actor: Actor) -> None:
    """Which case it is for; the needs in the address go on with whoever chooses."""
    require(actor, "write_specification")
    found = await visit.ask(list_cases, "open")
    put(
        visit,
        "specification/choose_case.html",
        cases=[case for case in found if lays_down(case)],
        query=visit.address.partition("?")[2],
    )


async def _typed(visit: Visit, case: Case) -> TypedSpecification:
    """What the desk begins with: the specification of the case, or a title and the usual terms."""
    if specification_paper(case) is None:
        return TypedSpecification(title=case.title, terms=typed_terms(usual_terms()))
    view = await visit.ask(show_specification, case.number)
    return as_typed(view.specification)


async def _put_needs(visit: Visit, typed: TypedSpecification, desk: SpecDesk) -> None:
    """Add what is needed: at once where a kind has one class, else as somebody chooses."""
    paper = await visit.ask(needs_to_draft, query_of(visit.address))
    if not typed.need.strip():
        typed.need = paper.need
    context = visit.context
    in_force = in_force_on(context.baselines(), context.today())
    open_: list[tuple[NeededItem, list[Baseline]]] = []
    for item in paper.items:
        classes = [baseline for baseline in in_force if baseline.kind == item.kind]
        if len(classes) == 1:
            taken = [one.id for one in typed.items]
            typed.items.append(item_by(classes[0], taken, item.quantity, _places(item)))
        else:
            open_.append((item, classes))
    if not open_:
        return
    with ui.element("section").classes("card stack"):
        put(visit, "specification/part.html", part="needs")
        for item, classes in open_:
            name = f"{visit.w(kind_name(item.kind))} {item.quantity:,}"
            if not classes:
                ui.label(name + visit.t(": ไม่มีเกณฑ์พื้นฐานชนิดนี้", ": no baseline of this kind"))
                continue
            options = {one.ref: visit.w(one.title) for one in classes}
            label = name + visit.t(" · ซื้อตามเกณฑ์", " · bought by")
            chooser = ui.select(options, label=label, on_change=_chosen(visit, item, desk))
            chooser.props("outlined stack-label hide-bottom-space").classes("wide")


def _chosen(
    visit: Visit, item: NeededItem, desk: SpecDesk
) -> Callable[[events.ValueChangeEventArguments[Any]], Awaitable[None]]:
    async def add(event: events.ValueChangeEventArguments[Any]) -> None:
        baseline = visit.context.baselines().baseline(str(event.value))
        if baseline is not None:
            quantity, places = item.quantity, _places(item)
            await desk.add(lambda taken: item_by(baseline, taken, quantity, places))

    return add


def _places(item: NeededItem) -> str:
    lines = (" ".join([p.site, str(p.quantity), *p.replaces]) for p in item.places)
    return "\n".join(lines)
