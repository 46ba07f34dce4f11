"""The list of cases: which, where they stand, whose move it is."""

from __future__ import annotations

from urllib.parse import urlencode

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.operations.list_waiting import list_waiting
from controller.operations.show_case import Wanted, find_cases
from controller.processes.case import CASE_STATES, Case
from controller.processes.deadlines import due, late_by
from controller.processes.manual import MANUAL, process
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit

AT_ONCE = 50
_SHOWN = ("q", "process", "state", "late", "mine", "waiting")


@page("/cases", Text(th="เรื่อง", en="Cases"))
async def build(visit: Visit, actor: Actor) -> None:
    """The cases that the filters in the address leave, newest first, fifty on a page.

    `?waiting=1` those whose step waits for the visitor, the most urgent first.
    """
    asked = {name: visit.query[name] for name in _SHOWN if visit.query.get(name)}
    wanted = _wanted(asked)
    if "waiting" in asked:
        ours = {waiting.case.number: waiting.case for waiting in await visit.ask(list_waiting)}
        left = {case.number for case in await visit.ask(find_cases, wanted)}
        found = tuple(case for number, case in ours.items() if number in left)
    else:
        found = await visit.ask(find_cases, wanted)
    pages = max(1, -(-len(found) // AT_ONCE))
    at = min(max(1, _whole(visit.query.get("page", ""))), pages)
    today = visit.context.today()
    put(
        visit,
        "cases.html",
        states=CASE_STATES,
        processes=[p for p in MANUAL.processes if p.runnable],
        asked=asked,
        rows=[
            (case, _standing(visit, case), due(case), late_by(case, today))
            for case in found[(at - 1) * AT_ONCE : at * AT_ONCE]
        ],
        total=len(found),
        page=at,
        pages=pages,
        leads=lambda number: "/cases?" + urlencode({**asked, "page": str(number)}),
        may_open=may(actor, "open_case"),
    )


def _wanted(asked: dict[str, str]) -> Wanted:
    state, number = asked.get("state", ""), asked.get("process", "")
    return Wanted(
        words=asked.get("q", "")[:200],
        process=number if any(p.number == number for p in MANUAL.processes) else "",
        state=state if state in CASE_STATES else "",
        late="late" in asked,
        mine="mine" in asked,
    )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _standing(visit: Visit, case: Case) -> str:
    """Where an open case stands: `3/6 Put it to the director`."""
    steps = process(case.process).steps
    return f"{case.step + 1}/{len(steps)} {visit.w(steps[case.step].title)}"
