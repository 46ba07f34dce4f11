"""What can be said of a case as a whole: its evidence, its projects, its papers to print."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Query, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.cases import CaseShown, shown
from controller.api.downloads import file_answer, files
from controller.api.routing import make_router
from controller.api.runs import RunWhole, run_whole
from controller.api.words import Both
from controller.operations import list_waiting, print_document, report_case, show_progress
from controller.processes.forms.progress import ProjectProgress

router = make_router("/cases", "documents")
waiting = make_router("/waiting", "cases")
PaperName = Literal["order", "memo", "notification", "evaluation", "evidence", "flow"]


class Report(BaseModel):
    """The evidence of a case."""

    case: CaseShown
    plan: str | None = Field(description="The plan's id, computed anew from what is stored")
    commit: str | None = Field(description="The commit of the workspace it was computed from")
    edited: list[str] = Field(description="Files that were not committed then")
    runs: list[RunWhole]
    problems: list[Both] = Field(description="Decisions that are not what they were when made")
    entries: list[dict[str, Any]] = Field(description="The audit log's lines about the case")
    audit_log_intact: bool | None = Field(description="null: it cannot be proved either way")


@router.get("/{number}/report", operation_id="report_case")
def read_report(asked: Asked, response: Response, number: str) -> Report:
    """The evidence of a case: decisions, runs with every device, and the proof of the audit log."""
    found = asked.ask(report_case.report_case, number)
    return Report(
        case=shown(found.case, response),
        plan=found.plan.id if found.plan else None,
        commit=found.commit,
        edited=list(found.edited),
        runs=[run_whole(outcome) for outcome in found.runs],
        problems=[Both.of(text) for text in found.tampered],
        entries=[entry.as_json() for entry in found.entries],
        audit_log_intact=found.proof.ok,
    )


@router.get("/{number}/progress", operation_id="show_progress")
def read_progress(
    asked: Asked,
    number: str,
    year: Annotated[
        int | None, Query(ge=2400, le=2800, description="Fiscal year (Buddhist era)")
    ] = None,
) -> tuple[ProjectProgress, ...]:
    """The projects of a case against what was reported of them; this fiscal year by default."""
    return asked.ask(show_progress.show_progress, number, year)


@router.get("/{number}/documents", operation_id="list_documents")
def list_documents(asked: Asked, number: str) -> list[PaperName]:
    """The papers of the case that you can print by now."""
    return list(asked.ask(print_document.possible, number))  # type: ignore[arg-type]


@router.post(
    "/{number}/documents/{paper}",
    operation_id="print_document",
    response_class=Response,
    responses=files("The paper", "pdf", "docx", "svg"),
)
def print_paper(
    asked: Asked,
    number: str,
    paper: PaperName,
    wanted: Annotated[Literal["pdf", "docx", "svg"], Query(alias="format")] = "pdf",
) -> Response:
    """Print a paper of a case: PDF for the record, DOCX to edit, SVG of the flow chart.

    It is a POST because a memo or a notification takes the next number of its register when it is
    printed first; the same content keeps its number and its bytes, so that repeating it is safe.
    """
    printed = asked.ask(print_document.print_document, number, paper)
    return file_answer(printed.files.get(wanted), f"{printed.stem}.{wanted}")


class WaitingShown(BaseModel):
    """An open case whose current step waits for you."""

    case: str
    title: str
    step: Both
    to_decide: bool = Field(description="Whether it is yours to approve, send back or refuse")
    missing: list[Both] = Field(description="What the step still needs")
    due: date | None
    late: int = Field(description="Days since it was due")


@waiting.get("", operation_id="list_waiting")
def list_what_waits(asked: Asked) -> list[WaitingShown]:
    """The open cases that wait for you: those to decide first, then the latest first."""
    return [
        WaitingShown(
            case=one.case.number,
            title=one.case.title,
            step=Both.of(one.step),
            to_decide=one.to_decide,
            missing=[Both.of(text) for text in one.missing],
            due=one.due,
            late=one.late,
        )
        for one in asked.ask(list_waiting.list_waiting)
    ]
