"""Which cases wait for somebody: what a person has to do today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.context import Context
from controller.processes.case import Case
from controller.processes.deadlines import due, late_by
from controller.processes.history import happened_here
from controller.processes.manual import process
from controller.processes.needs import wanting
from controller.processes.possible import Situation, waits_for
from controller.store import cases, plans, runs
from controller.store.engine import Connection


@dataclass(frozen=True)
class Waiting:
    """An open case whose current step waits for somebody.

    `to_decide` is whether it is theirs to approve, send back or refuse. `missing` is what the step
    still needs, `due` the last day for it, None without a limit, `late` the days since.
    """

    case: Case
    step: Text
    to_decide: bool
    missing: tuple[Text, ...]
    due: date | None
    late: int


def list_waiting(context: Context, actor: Actor) -> tuple[Waiting, ...]:
    """The open cases that wait for `actor`: those to decide first, then the latest first.

    Whoever directs finds what they may decide on, everybody else the steps they are to act at.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        return waiting_among(context, conn, actor, cases.list_cases(conn, "open"))


def waiting_among(
    context: Context, conn: Connection, actor: Actor, found: tuple[Case, ...]
) -> tuple[Waiting, ...]:
    """Those of the open cases `found` that wait for `actor`, in the same order."""
    office, now = context.office(), context.clock()
    running = {run.case for run in runs.open_runs(conn)}
    makers = plans.makers(conn, [case.plan for case in found if case.plan])
    mine = [
        case
        for case in found
        if waits_for(
            case,
            actor,
            Situation(
                office=office,
                now=now,
                running=case.number in running,
                planned_by=makers.get(case.plan or ""),
            ),
        )
    ]
    return tuple(sorted((_waiting(context, case) for case in mine), key=_urgency))


def _waiting(context: Context, case: Case) -> Waiting:
    step = process(case.process).steps[case.step]
    return Waiting(
        case=case,
        step=step.title,
        to_decide=step.kind == "approve" and not happened_here(case, "approved"),
        missing=wanting(case),
        due=due(case),
        late=late_by(case, context.today()),
    )


def _urgency(waiting: Waiting) -> tuple[bool, bool, date, str]:
    no_limit = waiting.due is None
    return (not waiting.to_decide, no_limit, waiting.due or date.max, waiting.case.number)
