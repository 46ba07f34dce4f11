"""Read cases: one, or all of them, and what can be done in one now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.processes.case import Case
from controller.processes.deadlines import overdue
from controller.processes.possible import Move, Situation, possible_moves
from controller.store import cases, plans, runs
from controller.store.engine import Connection


@dataclass(frozen=True)
class Looked:
    """A case as somebody sees it: `moves` are those this person can make in it now."""

    case: Case
    moves: tuple[Move, ...]
    situation: Situation


def show_case(context: Context, actor: Actor, number: str) -> Case:
    """One case with its history. Errors: `NotFound`."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return cases.load_case(conn, number)


def list_cases(
    context: Context, actor: Actor, state: str | None = None, *, late: bool = False
) -> tuple[Case, ...]:
    """Every case, newest first, or those in one state; with `late` only those that are overdue."""
    require(actor, "read_history")
    with context.store.read() as conn:
        found = tuple(reversed(cases.list_cases(conn, state)))
    return tuple(case for case in found if overdue(case, context.today())) if late else found


@dataclass(frozen=True)
class Wanted:
    """Which cases to find; what is left as it is asks for nothing.

    `words` must all be in the number or the title, whatever their case; `mine` are cases the actor
    proposed or is in the group of.
    """

    words: str = ""
    process: str = ""
    state: str = ""
    late: bool = False
    mine: bool = False


def find_cases(context: Context, actor: Actor, wanted: Wanted) -> tuple[Case, ...]:
    """The cases that are wanted, newest first."""
    found = list_cases(context, actor, wanted.state or None, late=wanted.late)
    return tuple(case for case in found if _is_wanted(case, wanted, actor))


def _is_wanted(case: Case, wanted: Wanted, actor: Actor) -> bool:
    text = f"{case.number} {case.title}".casefold()
    in_part = case.group is not None and actor.username in case.group
    return (
        (not wanted.process or case.process == wanted.process)
        and (not wanted.mine or case.proposer == actor.username or in_part)
        and all(word in text for word in wanted.words.casefold().split())
    )


def look_at_case(context: Context, actor: Actor, number: str) -> Looked:
    """One case, and what `actor` can do in it now. Errors: `NotFound`."""
    require(actor, "read_history")
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
        situation = _situation(context, conn, case)
    return Looked(case, possible_moves(case, actor, situation), situation)


def _situation(context: Context, conn: Connection, case: Case) -> Situation:
    of_case = runs.runs_of(conn, case.number)
    return Situation(
        office=context.office(),
        now=context.clock(),
        running=any(run.state == "running" for run in of_case),
        unknown=any("unknown" in runs.state_counts(conn, run.id) for run in of_case),
        planned_by=plans.makers(conn, [case.plan]).get(case.plan) if case.plan else None,
    )


def page_cases(
    context: Context,
    actor: Actor,
    *,
    state: str | None = None,
    process: str | None = None,
    late: bool = False,
    after: tuple[datetime, str] | None = None,
    most: int,
) -> tuple[Case, ...]:
    """At most `most` cases, newest first, that come after the one opened then, of that number.

    With `late` only those that are overdue, whatever state is asked for beside it.
    """
    require(actor, "read_history")
    today = context.today()
    found: list[Case] = []
    with context.store.read() as conn:
        while len(found) < most:
            part = cases.newest_cases(conn, state=state, process=process, after=after, most=most)
            found += [case for case in part if not late or overdue(case, today)]
            if len(part) < most:
                break
            after = (part[-1].opened, part[-1].number)
    return tuple(found[:most])
