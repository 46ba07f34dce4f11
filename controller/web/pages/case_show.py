"""One case: where it stands, what is put forward, what happened, and every move of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from nicegui import ui

from controller.accounts.actor import Actor, may
from controller.compliance.finding import VERDICT_NAMES
from controller.compliance.rechecking import Recheck
from controller.errors import Text
from controller.operations.case_papers import as_submitted
from controller.processes.case import CASE_STATES, DecisionKind
from controller.processes.possible import Move
from controller.processes.timeline import HAPPENED
from controller.store.bookings import BOOKING_STATES
from controller.thai import money
from controller.web.drawing import put
from controller.web.moves.booking import put_booking_button
from controller.web.moves.registry import BUTTONS, leading, name_of, set_apart
from controller.web.moves.stage import Stage
from controller.web.moves.turning import DECISIONS, decide
from controller.web.moves.work import REACHED
from controller.web.page import page
from controller.web.pages.specification import lays_down
from controller.web.parts.case_view import (
    PAPER_NAMES,
    CaseView,
    gather,
    holding,
    item_words,
    note_words,
    now_at,
)
from controller.web.parts.change_groups import put_change_groups
from controller.web.parts.flow_chart import put_flow_chart
from controller.web.visit import Visit

MOST_RECHECKED = 30


@page("/cases/{number}", Text(th="เรื่อง", en="Case"))
async def build(visit: Visit, actor: Actor) -> None:
    """The case of this number."""
    whole, place = ui.element("div").classes("case"), ui.element("div")
    await _Shown(visit, visit.path["number"], whole, place).again()


@dataclass(frozen=True)
class _Shown:
    """The page of one case; what is on it is built anew after every move.

    Dialogs open in `place`, which stays.
    """

    visit: Visit
    number: str
    whole: ui.element
    place: ui.element

    async def again(self) -> None:
        """Read the case and show it. Errors: as `gather`."""
        view = await self.visit.ask(gather, self.number)
        stage = Stage(self.visit, view.looked, view.dossier, self.place, self.moved)
        self.whole.clear()
        with self.whole:
            _head(self.visit, view)
            with ui.element("section").classes("card now"):
                _now(self.visit, view)
                _booked(self.visit, view)
                _buttons(stage, view)
            with ui.element("div").classes("matter"):
                _matter(self.visit, view)
            with ui.element("aside").classes("side"):
                _side(self.visit, view)
            with ui.element("section").classes("card past"):
                _past(self.visit, view)
            if "decide" in view.looked.moves:
                _decision_bar(stage)

    async def moved(self, told: Text) -> None:
        """Say what was done and show the case as it is now."""
        await self.again()
        self.visit.tell(told.th, told.en)
        ui.run_javascript("window.scrollTo(0, 0)")


def _head(visit: Visit, view: CaseView) -> None:
    put(
        visit,
        "case/head.html",
        case=view.case,
        process=view.process,
        state=CASE_STATES[view.case.state],
    ).classes("head")


def _now(visit: Visit, view: CaseView) -> None:
    office = visit.context.office()
    put(
        visit,
        "case/now.html",
        case=view.case,
        state=CASE_STATES[view.case.state],
        now=now_at(view, office, visit.context.today()),
        running=view.looked.situation.running,
        unknown=view.looked.situation.unknown,
        runs=view.runs,
        holding=holding(view.case, view.looked.situation.now),
        told=lambda note: note_words(visit, note),
        writes=lays_down(view.case) and may(visit.actor(), "write_specification"),
    )


def _booked(visit: Visit, view: CaseView) -> None:
    if view.booking is not None:
        put(visit, "case/booking.html", booking=view.booking, states=BOOKING_STATES)


def _buttons(stage: Stage, view: CaseView) -> None:
    """The moves that can be made now: the leading one lit, those that end or undo set apart."""
    moves = [move for move in view.looked.moves if move in BUTTONS]
    first = leading(view.case, view.looked.moves)
    onward = [move for move in moves if not set_apart(view.case, move) or move == first]
    onward.sort(key=lambda move: move != first)
    apart = [move for move in moves if move not in onward]
    with ui.element("div").classes("moves"):
        for move in onward:
            _button(stage, move).props("color=primary" if move == first else "outline")
        put_booking_button(stage, view.booking)
        for move in apart:
            _button(stage, move).props("flat").classes("apart")


def _button(stage: Stage, move: Move) -> ui.button:
    visit = stage.visit
    return ui.button(
        visit.w(name_of(stage.case, move)), on_click=visit.pressed(_opening(stage, move))
    )


def _opening(stage: Stage, move: Move) -> Callable[[], Awaitable[None]]:
    async def opened() -> None:
        with stage.place:
            await BUTTONS[move].open(stage)

    return opened


def _decision_bar(stage: Stage) -> None:
    """Approve, send back, refuse: always in reach, at the foot of the window."""
    visit = stage.visit
    with (
        ui.element("div")
        .classes("decision")
        .props(f'role=group aria-label="{visit.t("พิจารณาเรื่อง", "Decide on the case")}"')
    ):
        put(visit, "case/seen.html", seen=stage.seen).classes("seen")
        for kind, name in DECISIONS.items():
            button = ui.button(visit.w(name), on_click=visit.pressed(_deciding(stage, kind)))
            button.props("color=primary" if kind == "approve" else "outline")
            if kind == "refuse":
                button.props("color=negative")


def _deciding(stage: Stage, kind: DecisionKind) -> Callable[[], Awaitable[None]]:
    async def opened() -> None:
        with stage.place:
            await decide(stage, kind)

    return opened


def _matter(visit: Visit, view: CaseView) -> None:
    put(
        visit,
        "case/matter.html",
        case=view.case,
        before=view.before,
        changed=[(change.what, item_words(change)) for change in view.changed],
        between=view.between,
        reached=REACHED,
        money=money,
    )
    if view.plan is not None:
        put(visit, "case/plan_head.html", plan=view.plan)
        put_change_groups(visit, view.plan)
    if view.recheck is not None:
        _recheck(visit, view.recheck)
    put(
        visit,
        "case/papers.html",
        case=view.case,
        printable=view.printable,
        as_submitted=as_submitted,
        names=PAPER_NAMES,
        steps=view.process.steps,
    )


def _recheck(visit: Visit, recheck: Recheck) -> None:
    """Whether the devices pass; those that do not come first."""
    book = visit.context.rulebook()

    def title(name: str) -> str:
        rule = book.rule(name)
        return visit.w(rule.title.text) if rule else name

    worst = sorted(recheck.devices, key=lambda d: (d.device not in recheck.missing, not d.open))
    shown = replace(recheck, devices=tuple(worst))
    put(
        visit,
        "case/recheck.html",
        recheck=shown,
        title=title,
        verdicts=VERDICT_NAMES,
        most=MOST_RECHECKED,
    )


def _side(visit: Visit, view: CaseView) -> None:
    with ui.element("section").classes("card").props("id=flow"):
        put(visit, "case/flow_head.html")
        put_flow_chart(visit, view.process, view.case)
    if "decide" in view.looked.moves and "memo" in view.printable:
        put(visit, "case/memo.html", case=view.case)


def _past(visit: Visit, view: CaseView) -> None:
    put(
        visit,
        "case/past.html",
        case=view.case,
        steps=view.process.steps,
        runs=view.runs,
        happened=HAPPENED,
        decided=DECISIONS,
        told=lambda note: note_words(visit, note),
    )
