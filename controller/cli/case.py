"""`khaen case`: open a case of the manual, walk it, decide on it, read the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import (
    case_decide,
    case_paper,
    case_recheck,
    case_walk,
    case_work,
    output,
    session,
)
from controller.cli.moved import show_moved
from controller.cli.output import Json
from controller.errors import InputError, Text
from controller.language import nearest

if TYPE_CHECKING:
    from controller.operations.list_waiting import Waiting

case = typer.Typer(help="Cases (เรื่อง): one run of one process of the manual.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    for module in (case_work, case_decide, case_paper, case_walk, case_recheck):
        module.register(case)
    app.add_typer(case, name="case")


@case.command("open")
def open_(
    process: Annotated[str, typer.Argument(help="Number of the manual's process, for example 2.3")],
    plan: Annotated[
        str | None, typer.Option("--plan", help="Plan id, or its first digits, where there is one")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="What it is about")] = "",
    as_json: Json = False,
) -> None:
    """Open a case; the devices of its plan are reserved until the case ends."""
    from controller.operations.open_case import open_case

    with session.signed_in() as (context, actor):
        show_moved(context, open_case(context, actor, process, plan, title), as_json)


@case.command("list")
def listing(
    state: Annotated[str | None, typer.Option(help="open, closed, refused or withdrawn")] = None,
    late: Annotated[bool, typer.Option("--overdue", help="Only those that are late")] = False,
    as_json: Json = False,
) -> None:
    """List the cases, newest first."""
    from controller.cli.case_view import case_json, show_cases
    from controller.operations.show_case import list_cases

    with session.signed_in() as (context, actor):
        cases = list_cases(context, actor, _state(state), late=late)
        today = context.today()
    if as_json:
        return output.emit_json([case_json(c) for c in cases])
    if not cases:
        return output.note("ไม่มีเรื่องตามที่ถาม", "there is no such case")
    return show_cases(cases, today)


@case.command()
def waiting(as_json: Json = False) -> None:
    """List the cases that wait for you: those to decide first, then by the day they are due."""
    from controller.cli.case_view import case_json, show_cases
    from controller.operations.list_waiting import list_waiting

    with session.signed_in() as (context, actor):
        found = list_waiting(context, actor)
        today = context.today()
    if as_json:
        return output.emit_json([_waiting_json(case_json(w.case), w) for w in found])
    if not found:
        return output.note("ไม่มีเรื่องรอท่าน", "no case waits for you")
    return show_cases([w.case for w in found], today)


@case.command()
def show(number: str, as_json: Json = False) -> None:
    """Show a case: its steps, who may act next, what happened."""
    from controller.operations.show_case import show_case

    with session.signed_in() as (context, actor):
        show_moved(context, show_case(context, actor, number), as_json)


@case.command()
def progress(
    number: str,
    year: Annotated[
        int | None, typer.Option(help="Fiscal year, Buddhist era; this one when absent")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show budgets and indicators against plan, from the forms of the case."""
    from controller.cli.progress_view import progress_json, show_projects
    from controller.operations.show_progress import show_progress

    with session.signed_in() as (context, actor):
        projects = show_progress(context, actor, number, year)
    if as_json:
        return output.emit_json(progress_json(projects))
    return show_projects(projects)


@case.command()
def report(number: str, as_json: Json = False) -> None:
    """Print the evidence: who decided what when on which plan, what each device did."""
    from controller.cli.report_view import report_json, show_report
    from controller.operations.report_case import report_case

    with session.signed_in() as (context, actor):
        found = report_case(context, actor, number)
        if as_json:
            return output.emit_json(report_json(found))
        return show_report(found, context.office(), context.clock())


def _waiting_json(case: dict[str, Any], waiting: Waiting) -> dict[str, Any]:
    return {
        **case,
        "to_decide": waiting.to_decide,
        "missing": [{"th": text.th, "en": text.en} for text in waiting.missing],
        "due": waiting.due.isoformat() if waiting.due else None,
        "late_days": waiting.late,
    }


def _state(word: str | None) -> str | None:
    """The state a person named. Errors: `InputError` for one that no case has."""
    from controller.processes.case import CASE_STATES

    if word is None or word in CASE_STATES:
        return word
    near, known = nearest(word, CASE_STATES), ", ".join(CASE_STATES)
    raise InputError(
        Text(th=f"ไม่มีสถานะ “{word}”", en=f"no case has the state “{word}”"),
        hint=Text(
            th=(f"หมายถึง {near} หรือไม่ " if near else "") + f"มี {known}",
            en=(f"did you mean {near}? " if near else "") + f"there are {known}",
        ),
    )
