"""How the progress of a plan's projects looks on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal

import typer

from controller.cli import output
from controller.processes.forms.progress import ProjectProgress


def progress_json(projects: Sequence[ProjectProgress]) -> list[dict[str, object]]:
    """The projects for programs; what nobody reported is null."""
    return [asdict(project) for project in projects]


def show_projects(projects: Sequence[ProjectProgress]) -> None:
    """Print every project with its money and its indicators."""
    if not projects:
        output.say("ไม่มีโครงการในปีนี้", "no project in this year")
    for project in projects:
        unplanned = "" if project.planned else output.words(" (ไม่มีในแผน)", " (not planned)")
        typer.echo(f"{project.code}  {project.title}{unplanned}")
        output.say(
            f"  งบประมาณ {_figure(project.budget)} ใช้ไป {_figure(project.spent)} บาท "
            f"({_figure(project.percent)} %)",
            f"  budget {_figure(project.budget)}, spent {_figure(project.spent)} baht "
            f"({_figure(project.percent)} %)",
        )
        for one in project.indicators:
            typer.echo(
                f"  {one.code}  {one.text}  {_figure(one.actual)} / {_figure(one.target)}"
                f" {one.unit}  ({_figure(one.percent)} %)"
            )


def _figure(number: Decimal | None) -> str:
    return output.words("ไม่ทราบ", "unknown") if number is None else f"{number:,}"
