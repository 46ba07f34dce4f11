"""Draw a paper of a case, number it where its kind is numbered, keep what is final."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from controller.accounts.actor import Actor, require
from controller.documents.blocks import Document
from controller.documents.compose.evidence import AuditLine, AuditProof, evidence_pack
from controller.documents.compose.evidence_runs import CarriedOut
from controller.documents.compose.flow import flow_chart
from controller.documents.compose.look import Look
from controller.documents.compose.memo import memo
from controller.documents.compose.notice import notification
from controller.documents.compose.order import order
from controller.documents.compose.report import evaluation_report
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.svg import render_svg
from controller.errors import InputError, NotFound, Text
from controller.operations.context import Context
from controller.operations.report_case import Report, report_case
from controller.operations.show_progress import show_progress
from controller.operations.show_survey import show_survey
from controller.processes.case import Case
from controller.processes.forms.survey import Results
from controller.processes.manual import process
from controller.store import audit_log, documents
from controller.store.canonical import canonical
from controller.store.documents import Issued
from controller.thai import bangkok_date, buddhist_year, fiscal_year

PAPERS = ("order", "memo", "notification", "evaluation", "evidence", "flow")
# Papers that leave the group carry a number of the office's register.
_NUMBERED = frozenset({"memo", "notification"})


@dataclass(frozen=True)
class Printed:
    """A paper in every format it has, by suffix. The PDF is the record, the DOCX is to edit."""

    stem: str
    number: str | None
    files: dict[str, bytes]


def possible(context: Context, actor: Actor, number: str) -> tuple[str, ...]:
    """The papers the case can have by now. Errors: `NotFound`."""
    case = report_case(context, actor, number).case
    return tuple(paper for paper in PAPERS if _there(case, paper))


def print_document(context: Context, actor: Actor, number: str, paper: str) -> Printed:
    """One paper of a case. The same content keeps its number and its bytes.

    A memo that was decided on and a notification are final: their PDF is kept. Errors: `NotFound`
    for a paper the case cannot have yet.
    """
    require(actor, "print_document" if paper in _NUMBERED else "read_history")
    report = report_case(context, actor, number)
    if not _there(report.case, paper):
        raise _too_early(report.case, paper)
    issued = _issue(context, actor, report.case, paper) if paper in _NUMBERED else None
    day = bangkok_date(issued.at) if issued else _day_of(report.case)
    printed_number = _written(context, issued) if issued else None
    document = _compose(context, actor, report, paper, day, printed_number or "")
    garuda = garuda_of(context)
    pdf = _kept(context, issued) or render_pdf(document, garuda=garuda)
    files = {"pdf": pdf, "docx": render_docx(document, garuda=garuda)}
    if paper == "flow":
        files["svg"] = render_svg(document).encode()
    if issued and issued.pdf is None and _final(report.case, paper):
        _keep(context, issued, pdf)
    return Printed(f"{number}-{paper}", printed_number, files)


def _there(case: Case, paper: str) -> bool:
    return {
        "order": any(step.kind == "appoint" for step in process(case.process).steps),
        "memo": bool(case.submissions),
        "notification": any(event.what == "notified" for event in case.events),
        "evaluation": bool(case.evaluations),
    }.get(paper, True)


def _final(case: Case, paper: str) -> bool:
    if paper != "memo":
        return True
    last = case.submissions[-1]
    return any(decision.dossier == last.dossier for decision in case.decisions)


def _issue(context: Context, actor: Actor, case: Case, paper: str) -> Issued:
    """The entry of the memo register for this content, with the number it has or gets."""
    now = context.clock()
    year = buddhist_year(bangkok_date(now))
    first = context.office().numbering.first.get("memo", {}).get(year, 1)
    with context.store.begin() as conn:
        known = {entry.id for entry in documents.case_documents(conn, case.number)}
        issued = documents.issue(
            conn,
            "memo",
            year,
            kind=paper,
            case_number=case.number,
            title=case.title,
            source=_source(case, paper),
            by=actor.username,
            at=now,
            first=first,
        )
        if issued.id not in known:
            audit_log.append(
                conn,
                actor=actor.username,
                action="print_document",
                subject=case.number,
                content={"paper": paper, "register": "memo", "number": issued.number},
                at=now,
            )
    return issued


def _source(case: Case, paper: str) -> str:
    """What the paper is made from: the dossier of a memo, the words of a notification."""
    if paper == "memo":
        return case.submissions[-1].dossier
    told = [event for event in case.events if event.what == "notified"][-1]
    return hashlib.sha256(canonical(told.model_dump(mode="json")).encode()).hexdigest()


def _compose(
    context: Context, actor: Actor, report: Report, paper: str, day: date, number: str
) -> Document:
    case, office, look = report.case, context.office(), look_of(context)
    steps = process(case.process)
    match paper:
        case "order":
            named = case.group.order if case.group else ""
            return order(case, office, steps, number=named, day=day, look=look)
        case "memo":
            devices = len(report.plan.devices) if report.plan else None
            return memo(case, office, steps, number=number, day=day, look=look, devices=devices)
        case "notification":
            return notification(case, office, number=number, day=day, look=look)
        case "evaluation":
            year = fiscal_year(bangkok_date(case.evaluations[-1].at))
            return evaluation_report(
                case,
                office,
                steps,
                day=day,
                look=look,
                surveys=_surveys(context, actor, case),
                progress=show_progress(context, actor, case.number, year),
            )
        case "evidence":
            runs = [CarriedOut(outcome.run, outcome.devices) for outcome in report.runs]
            audit = _proof(report)
            return evidence_pack(case, office, steps, day=day, look=look, audit=audit, runs=runs)
    return flow_chart(steps, case, office=office, day=day, look=look)


def _surveys(context: Context, actor: Actor, case: Case) -> list[Results]:
    numbers = [paper.number for paper in case.papers if paper.kind == "survey"]
    return [show_survey(context, actor, number).results for number in numbers]


def _proof(report: Report) -> AuditProof:
    return AuditProof(
        lines=tuple(AuditLine(e.seq, e.at, e.actor, e.action, e.hash) for e in report.entries),
        seen=report.proof.seen,
        head=report.proof.head,
        intact=report.proof.ok,
        tampered=report.tampered,
    )


def look_of(context: Context) -> Look:
    """How this office's papers are written."""
    return Look(thai_digits=context.settings.documents.digits == "thai")


def garuda_of(context: Context) -> bytes | None:
    """The office's picture of the garuda. Errors: `InputError` when khaen.toml names none there."""
    named = context.settings.documents.garuda
    if named is None:
        return None
    try:
        return (context.root / named).read_bytes()
    except OSError:
        raise InputError(
            Text(th=f"ไม่พบตราครุฑ {named}", en=f"the garuda {named} is not there"),
            hint=Text(
                th="แก้ documents.garuda ใน khaen.toml", en="mend documents.garuda in khaen.toml"
            ),
        ) from None


def _written(context: Context, issued: Issued) -> str:
    shown = context.office().numbering.written("memo", issued.number, issued.year)
    return look_of(context).digits(shown)


def _kept(context: Context, issued: Issued | None) -> bytes | None:
    """The paper as it was when it became final, whatever this program would draw today."""
    return context.files.get(issued.pdf) if issued and issued.pdf else None


def _keep(context: Context, issued: Issued, pdf: bytes) -> None:
    sha256 = context.files.put(pdf)
    with context.store.begin() as conn:
        documents.set_paper(conn, issued.id, sha256)


def _day_of(case: Case) -> date:
    """The day a paper without a number bears: that of the last thing that happened in the case."""
    return bangkok_date(case.events[-1].at)


def _too_early(case: Case, paper: str) -> NotFound:
    return NotFound(
        Text(
            th=f"เรื่อง {case.number} ยังไม่มีเอกสาร {paper}",
            en=f"case {case.number} has no {paper} yet",
        ),
        hint=Text(
            th=f"ดูขั้นตอนที่ต้องทำก่อน: khaen case show {case.number}",
            en=f"see which step comes first: khaen case show {case.number}",
        ),
    )
