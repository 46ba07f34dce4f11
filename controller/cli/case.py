"""`khaen case`: open a case of the manual, walk it, decide on it, read the evidence."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.account import PasswordStdin
from controller.cli.output import Json
from controller.errors import Text

if TYPE_CHECKING:
    from controller.operations.context import Context
    from controller.processes.case import Case, DecisionKind

case = typer.Typer(help="Cases (เรื่อง): one run of one process of the manual.", no_args_is_help=True)
Comment = Annotated[str, typer.Option("--comment", "-m", help="Reason or comment")]


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(case, name="case")


@case.command("open")
def open_(
    process: Annotated[str, typer.Argument(help="Number of the manual's process, for example 2.3")],
    plan: Annotated[str, typer.Option("--plan", help="Plan id, or its first digits")],
    title: Annotated[str, typer.Option("--title", help="What it is about")] = "",
    as_json: Json = False,
) -> None:
    """Open a case for a plan; its devices are reserved until the case ends."""
    from controller.operations.open_case import open_case

    with session.signed_in() as (context, actor):
        _moved(context, open_case(context, actor, process, plan, title), as_json)


@case.command()
def appoint(
    number: str,
    order: Annotated[str, typer.Option(help="Number of the appointing order")],
    dated: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Date of the order")],
    chair: Annotated[str, typer.Option(help="Chair, by user name")],
    secretary: Annotated[str, typer.Option(help="Secretary, by user name")],
    member: Annotated[list[str] | None, typer.Option(help="Member, by user name")] = None,
    as_json: Json = False,
) -> None:
    """Record the order that appoints the working group (คำสั่งแต่งตั้งคณะทำงาน)."""
    from controller.operations.appoint_group import appoint_group
    from controller.processes.case import Group

    group = Group(
        order=order,
        dated=date(dated.year, dated.month, dated.day),
        chair=chair,
        members=tuple(member or ()),
        secretary=secretary,
    )
    with session.signed_in() as (context, actor):
        _moved(context, appoint_group(context, actor, number, group), as_json)


@case.command()
def submit(number: str, as_json: Json = False) -> None:
    """Put the plan to the director."""
    from controller.operations.submit_case import submit_case

    with session.signed_in() as (context, actor):
        _moved(context, submit_case(context, actor, number), as_json)


@case.command()
def replan(
    number: str,
    plan: Annotated[str, typer.Option("--plan", help="Plan id, or its first digits")],
    as_json: Json = False,
) -> None:
    """Give the case another plan; an approval of a different plan is void."""
    from controller.operations.replan_case import replan_case

    with session.signed_in() as (context, actor):
        _moved(context, replan_case(context, actor, number, plan), as_json)


@case.command()
def approve(
    number: str, comment: Comment = "", password_stdin: PasswordStdin = False, as_json: Json = False
) -> None:
    """Approve exactly this plan (the director, or who acts for the director)."""
    _decide(number, "approve", comment, password_stdin=password_stdin, as_json=as_json)


@case.command("return")
def return_(
    number: str, comment: Comment = "", password_stdin: PasswordStdin = False, as_json: Json = False
) -> None:
    """Send the case back for revision, saying why."""
    _decide(number, "return", comment, password_stdin=password_stdin, as_json=as_json)


@case.command()
def refuse(
    number: str, comment: Comment = "", password_stdin: PasswordStdin = False, as_json: Json = False
) -> None:
    """Refuse the case, saying why; it ends."""
    _decide(number, "refuse", comment, password_stdin=password_stdin, as_json=as_json)


@case.command()
def notify(
    number: str,
    to: Annotated[list[str], typer.Option(help="Who was told, for example the school")],
    how: Annotated[str, typer.Option(help="How: letter, telephone, chat, meeting")],
    message: Annotated[str, typer.Option("--message", "-m", help="What they were told")],
    as_json: Json = False,
) -> None:
    """Record that the people concerned were told."""
    from controller.operations.notify_case import notify_case

    with session.signed_in() as (context, actor):
        _moved(context, notify_case(context, actor, number, tuple(to), how, message), as_json)


@case.command()
def close(
    number: str,
    results: Annotated[str, typer.Option(help="What came out, against the objective")],
    problems: Annotated[str, typer.Option(help="Problems met")] = "",
    suggestions: Annotated[str, typer.Option(help="Suggestions")] = "",
    as_json: Json = False,
) -> None:
    """Evaluate, report and close the case."""
    from controller.operations.close_case import close_case

    with session.signed_in() as (context, actor):
        _moved(context, close_case(context, actor, number, results, problems, suggestions), as_json)


@case.command("list")
def listing(
    state: Annotated[str | None, typer.Option(help="open, closed or refused")] = None,
    as_json: Json = False,
) -> None:
    """List the cases, newest first."""
    from controller.operations.show_case import list_cases

    with session.signed_in() as (context, actor):
        cases = list_cases(context, actor, state)
    if as_json:
        from controller.cli.case_view import case_json

        return output.emit_json([case_json(c) for c in cases])
    return output.table(
        ("เลขที่ / number", "สถานะ / state", "แผน / plan", "เรื่อง / title"),
        [(c.number, c.state, (c.plan or "")[:12], c.title) for c in cases],
    )


@case.command()
def show(number: str, as_json: Json = False) -> None:
    """Show a case: its steps, who may act next, what happened."""
    from controller.operations.show_case import show_case

    with session.signed_in() as (context, actor):
        _moved(context, show_case(context, actor, number), as_json)


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


def _decide(
    number: str, kind: DecisionKind, comment: str, *, password_stdin: bool, as_json: bool
) -> None:
    from controller.operations.decide_case import decide_case

    with session.signed_in() as (context, actor):
        prompt = Text(
            th=f"รหัสผ่านของ {actor.username} เพื่อลงนาม", en=f"Password of {actor.username}, to sign"
        )
        password = session.ask_password(prompt, from_stdin=password_stdin)
        _moved(context, decide_case(context, actor, number, kind, comment, password), as_json)


def _moved(context: Context, moved: Case, as_json: bool) -> None:
    from controller.cli.case_view import case_json, show_case_view

    if as_json:
        return output.emit_json(case_json(moved))
    return show_case_view(moved, context.office(), context.clock())
