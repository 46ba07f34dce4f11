"""How a case looks on a terminal, and as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import typer

from controller import thai
from controller.cli import output
from controller.inventory.office import Office
from controller.processes.case import Case
from controller.processes.deadlines import due, late_by
from controller.processes.manual import process
from controller.processes.needs import FormView
from controller.processes.timeline import HAPPENED, StepView, timeline

if TYPE_CHECKING:
    from controller.operations.context import Context

SHORT = 12
MARKS = {"done": "✓", "current": "▶", "waiting": "·"}
STATES = {
    "open": ("กำลังดำเนินการ", "open"),
    "closed": ("ปิดเรื่องแล้ว", "closed"),
    "refused": ("ไม่เห็นชอบ", "refused"),
    "withdrawn": ("ถอนเรื่อง", "withdrawn"),
}


def case_json(case: Case) -> dict[str, Any]:
    """The case for programs, with the kind of its current step."""
    steps = process(case.process).steps
    kind = steps[case.step].kind if case.state == "open" else None
    return {**case.model_dump(mode="json"), "step_kind": kind}


def show_moved(context: Context, moved: Case, as_json: bool) -> None:
    """Print a case after a command has moved it or asked for it."""
    if as_json:
        return output.emit_json(case_json(moved))
    return show_case_view(moved, context.office(), context.clock())


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
    _show_papers(case)
    for event in case.events:
        happened = HAPPENED.get(event.what)
        what = output.words(happened.th, happened.en) if happened else event.what
        told = event.note.replace("\n", "; ")
        typer.echo(f"  {_moment(event.at)}  {event.actor:<12} {what} {told}".rstrip())


def _show_form(form: FormView) -> None:
    must = output.words("ต้องแนบ", "must") if form.must else output.words("แนบได้", "may")
    papers = ", ".join(form.papers) or f"$ {form.command}"
    typer.echo(f"      {must} {output.words(form.name.th, form.name.en)}: {papers}")


def _show_papers(case: Case) -> None:
    for paper in case.papers:
        revision = output.words(f"ครั้งที่ {paper.revision}", f"revision {paper.revision}")
        typer.echo(f"  + {paper.number} ({revision}) {paper.title} {paper.sha256[:SHORT]}")
    if case.submissions:
        dossier = case.submissions[-1].dossier
        output.say(f"  สำนวนที่เสนอล่าสุด {dossier}", f"  dossier submitted last {dossier}")


def current_step(case: Case) -> str:
    """Where an open case stands, as `3/6`; nothing for one that has ended."""
    return f"{case.step + 1}/{len(process(case.process).steps)}" if case.state == "open" else "-"


def due_in_words(case: Case, today: date) -> str:
    """When the current step is due, and by how many days it is late."""
    limit = due(case)
    if limit is None:
        return "-"
    shown = output.words(thai.short_date(limit), limit.isoformat())
    late = late_by(case, today)
    return shown + (output.words(f" เกิน {late} วัน", f" {late} days late") if late else "")


def _moment(at: datetime) -> str:
    return output.words(thai.short_time(at), at.isoformat(timespec="seconds"))


def _show_current(step: StepView) -> None:
    if step.needs:
        output.say(f"      ต้องมี: {step.needs.th}", f"      needs: {step.needs.en}")
    for text in step.missing:
        output.say(f"      ยังขาด: {text.th}", f"      missing: {text.en}")
    for form in step.forms:
        _show_form(form)
    if step.due:
        day = output.words(thai.short_date(step.due), step.due.isoformat())
        output.say(f"      กำหนด: {day}", f"      due: {day}")
    if step.who:
        output.say(f"      ผู้ทำ: {step.who.th}", f"      who may: {step.who.en}")
    typer.echo(f"      $ {step.command}")
