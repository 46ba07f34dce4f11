"""`khaen playbook plan`: what a playbook would do, as a plan for a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.output import Json
from controller.cli.plan import Accepting, Within, accepting, show_made
from controller.cli.playbook_run import Given, assignments

if TYPE_CHECKING:
    from controller.playbooks.result import TaskResult


def register(playbook: typer.Typer) -> None:
    """Add this command to `khaen playbook`."""
    playbook.command("plan")(plan)


def plan(
    name: Annotated[str, typer.Argument(help="Name of the playbook")],
    select: Annotated[str, typer.Option("--select", "-s", help="Which devices")],
    given: Given = None,
    accept: Accepting = None,
    window: Within = "",
    as_json: Json = False,
) -> None:
    """Ask every device what the playbook would do, changing nothing, and keep a plan."""
    make_plan(name, select, given, accept, window, as_json=as_json)


def make_plan(
    name: str,
    select: str,
    given: list[str] | None,
    accept: list[str] | None,
    window: str = "",
    *,
    as_json: bool,
) -> None:
    """Make the plan and print it; exit 3 when something stands against it."""
    from controller.operations.plan_playbook import plan_playbook

    accepted = tuple(accepting(word) for word in accept or [])
    parameters = assignments(given or ())
    show = _silent if as_json else _show
    with session.signed_in() as (context, actor):
        made = plan_playbook(
            context, actor, name, select, parameters, accepted, show=show, window=window
        )
    show_made(made, as_json)


def _silent(_: TaskResult) -> None:
    return


def _show(result: TaskResult) -> None:
    from controller.playbooks.result import STATUSES

    status = output.words(*STATUSES[result.status].both)
    typer.echo(f"  {result.device}: {result.task} · {status}", err=True)
