"""How a case looks on a terminal, and as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import typer

from controller import thai
from controller.cli import output
from controller.inventory.office import Office
from controller.processes.case import Case
from controller.processes.manual import process
from controller.processes.timeline import HAPPENED, StepView, timeline

MARKS = {"done": "✓", "current": "▶", "waiting": "·"}
STATES = {
    "open": ("กำลังดำเนินการ", "open"),
    "closed": ("ปิดเรื่องแล้ว", "closed"),
    "refused": ("ไม่เห็นชอบ", "refused"),
}


def case_json(case: Case) -> dict[str, Any]:
    """The case for programs, with the kind of its current step."""
    steps = process(case.process).steps
    kind = steps[case.step].kind if case.state == "open" else None
    return {**case.model_dump(mode="json"), "step_kind": kind}


def show_case_view(case: Case, office: Office, now: datetime) -> None:
    """Print a case: its steps with the current one marked, who may act next, what happened."""
    state = output.words(*STATES[case.state])
    typer.echo(f"{case.number}  {case.title}  [{state}]")
    if case.plan:
        output.say(f"แผน {case.plan}", f"plan {case.plan}")
    for step in timeline(case, office, thai.bangkok_date(now)):
        typer.echo(f"  {MARKS[step.state]} {output.words(step.name.th, step.name.en)}")
        if step.state == "current":
            _show_current(step)
    for event in case.events:
        happened = HAPPENED.get(event.what)
        what = output.words(happened.th, happened.en) if happened else event.what
        told = event.note.replace("\n", "; ")
        typer.echo(f"  {_moment(event.at)}  {event.actor:<12} {what} {told}".rstrip())


def _moment(at: datetime) -> str:
    return output.words(thai.short_time(at), at.isoformat(timespec="seconds"))


def _show_current(step: StepView) -> None:
    if step.needs:
        output.say(f"      ต้องมี: {step.needs.th}", f"      needs: {step.needs.en}")
    if step.who:
        output.say(f"      ผู้ทำ: {step.who.th}", f"      who may: {step.who.en}")
    typer.echo(f"      $ {step.command}")
