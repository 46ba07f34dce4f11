"""`khaen remediate`: a plan of the lines that mend what the rules find wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json
from controller.cli.plan import REFUSED, Accepting, accepting, show_plan

if TYPE_CHECKING:
    from controller.operations.remediate_devices import Remediation


def register(app: typer.Typer) -> None:
    """Add this command to `khaen`."""
    app.command()(remediate)


def remediate(
    select: Annotated[str, typer.Option("--select", "-s", help="Which devices")] = "all",
    rule: Annotated[
        list[str] | None, typer.Option("--rule", help="Mend this rule only; may be repeated")
    ] = None,
    accept: Accepting = None,
    as_json: Json = False,
) -> None:
    """Judge what devices run by the rules, and keep a plan of the lines that mend what fails."""
    from controller.operations.remediate_devices import remediate_devices

    accepted = tuple(accepting(word) for word in accept or [])
    with session.signed_in() as (opened, actor):
        made = remediate_devices(opened, actor, select, tuple(rule or ()), accepted)
    if as_json:
        output.emit_json(_exported(made))
    else:
        _show(made)
    if made.plan.refusals():
        raise typer.Exit(REFUSED)


def _show(made: Remediation) -> None:
    show_plan(made.plan)
    for gap in made.left:
        why = output.words(*gap.why.both)
        output.say(
            f"แก้เองไม่ได้ {gap.device} เกณฑ์ {gap.rule}: {why}",
            f"not mended {gap.device}, rule {gap.rule}: {why}",
        )


def _exported(made: Remediation) -> dict[str, Any]:
    from controller.plans.verify import export_content

    left = [
        {"device": gap.device, "rule": gap.rule, "why": {"th": gap.why.th, "en": gap.why.en}}
        for gap in made.left
    ]
    return {**export_content(made.plan), "left": left}
