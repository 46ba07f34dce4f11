"""The list of cases: which, where they stand, whose move it is."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.show_case import list_cases
from controller.processes.case import CASE_STATES, Case
from controller.processes.deadlines import due, late_by
from controller.processes.manual import process
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit


@page("/cases", Text(th="เรื่อง", en="Cases"))
async def build(visit: Visit, actor: Actor) -> None:
    """Every case, newest first; `?state=` only those in one state."""
    state = visit.query.get("state", "")
    chosen = state if state in CASE_STATES else None
    found = await visit.ask(list_cases, chosen)
    today = visit.context.today()
    put(
        visit,
        "cases.html",
        states=CASE_STATES,
        chosen=chosen,
        rows=[(case, _standing(visit, case), due(case), late_by(case, today)) for case in found],
    )


def _standing(visit: Visit, case: Case) -> str:
    """Where an open case stands: `3/6 Put it to the director`."""
    steps = process(case.process).steps
    return f"{case.step + 1}/{len(steps)} {visit.w(steps[case.step].title)}"
