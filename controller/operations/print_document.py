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
from controller.errors import InputError, NotAllowed, NotFound, Refused, Text
from controller.operations.context import Context
from controller.operations.read_plan import trusted_plan
from controller.operations.report_case import Report, report_case
from controller.operations.show_progress import show_progress
from controller.operations.show_survey import show_survey
from controller.processes.case import Case
from controller.processes.dossier import items_of
from controller.processes.forms.survey import Results
from controller.processes.manual import process
from controller.store import audit_log, cases, documents, plans
from controller.store.canonical import canonical
from controller.store.documents import Issued
from controller.thai import bangkok_date, buddhist_year, fiscal_year

PAPERS = ("order", "memo", "notification", "evaluation", "evidence", "flow")
# Papers that leave the group carry a number of the office's register.
_NUMBERED = frozenset({"memo", "notification"})
# What of a case a memo tells in words, by the keys of a dossier.
_WORDS = frozenset({"title", "group", "study", "plan", "evaluation"})
_NAMES = {
    "order": Text(th="คำสั่งแต่งตั้งคณะทำงาน", en="order that appoints the working group"),
    "memo": Text(th="บันทึกข้อความ", en="memo to the director"),
    "notification": Text(th="หนังสือแจ้ง", en="notification"),
    "evaluation": Text(th="รายงานผลการประเมิน", en="evaluation report"),
}
# What has to happen in the case before it has the paper.
_FIRST = {
    "memo": ("เสนอผู้อำนวยการ", "put to the director", "khaen case show"),
    "notification": ("แจ้งผู้เกี่ยวข้อง", "told to the people concerned", "khaen case notify"),
    "evaluation": ("สรุปประเมินผล", "evaluated", "khaen case evaluate"),
}


@dataclass(frozen=True)
class Printed:
    """A paper in every format it has, by suffix. The PDF is the record, the DOCX is to edit."""

    stem: str
    number: str | None
    files: dict[str, bytes]


def possible(context: Context, actor: Actor, number: str) -> tuple[str, ...]:
    """The papers of the case that `actor` can print by now. Errors: `NotFound`."""
    require(actor, "read_history")
    case = _case(context, number)
    return tuple(paper for paper in PAPERS if _hindrance(context, actor, case, paper) is None)


def print_document(context: Context, actor: Actor, number: str, paper: str) -> Printed:
    """One paper of a case. The same content keeps its number and its bytes.

    A memo that was decided on and a notification are final: their PDF is kept. A number is given
    by whoever may `print_document`; what has one can be printed again by all who read history.
    Of a memo whose case was changed since there is only the PDF that was kept. Errors: `NotFound`
    for a paper the case cannot have yet, `Refused` for a memo of what the case does not hold any
    more, `NotAllowed`.
    """
    require(actor, "read_history")
    case = _case(context, number)
    hindrance = _hindrance(context, actor, case, paper)
    if hindrance is not None:
        raise hindrance
    issued = _issue(context, actor, case, paper) if paper in _NUMBERED else None
    kept = _kept(context, issued)
    printed_number = _written(context, issued) if issued else _order_number(case, paper)
    if kept is not None and not _as_submitted(case):
        return Printed(f"{number}-{paper}", printed_number, {"pdf": kept})
    day = bangkok_date(issued.at) if issued else _day_of(case)
    document = _compose(context, actor, case, paper, day, printed_number or "")
    garuda = garuda_of(context)
    pdf = kept or render_pdf(document, garuda=garuda)
    files = {"pdf": pdf, "docx": render_docx(document, garuda=garuda)}
    if paper == "flow":
        files["svg"] = render_svg(document).encode()
    if issued and issued.pdf is None and _final(case, paper):
        _keep(context, issued, pdf)
    return Printed(f"{number}-{paper}", printed_number, files)


def _case(context: Context, number: str) -> Case:
    with context.store.read() as conn:
        return cases.load_case(conn, number)


def _hindrance(
    context: Context, actor: Actor, case: Case, paper: str
) -> InputError | Refused | None:
    """Why a paper cannot be printed by `actor` now; None when it can."""
    if not _there(case, paper):
        return _too_early(case, paper)
    if paper not in _NUMBERED:
        return None
    issued = _issued(context, case, paper)
    if issued is None:
        try:
            require(actor, "print_document")
        except NotAllowed as error:
            return error
    if paper == "memo" and not _as_submitted(case) and not (issued and issued.pdf):
        return _changed_since(case)
    return None


def _there(case: Case, paper: str) -> bool:
    return {
        "order": _appoints(case),
        "memo": bool(case.submissions),
        "notification": any(event.what == "notified" for event in case.events),
        "evaluation": bool(case.evaluations),
    }.get(paper, True)


def _appoints(case: Case) -> bool:
    return any(step.kind == "appoint" for step in process(case.process).steps)


def _as_submitted(case: Case) -> bool:
    """Whether the case still holds the words that were put to the director last.

    Papers and records may have come or gone since: the memo names those of the submission.
    """
    if not case.submissions:
        return True
    now = {item.key: item for item in items_of(case)}
    words = [i for i in case.submissions[-1].items if i.key.partition("/")[0] in _WORDS]
    return all(now.get(item.key) == item for item in words)


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


def _issued(context: Context, case: Case, paper: str) -> Issued | None:
    """The entry this content has in the register already."""
    source = _source(case, paper)
    with context.store.read() as conn:
        known = documents.case_documents(conn, case.number)
    return next((one for one in known if (one.kind, one.source) == (paper, source)), None)


def _source(case: Case, paper: str) -> str:
    """What the paper is made from: the dossier of a memo, the words of a notification."""
    if paper == "memo":
        return case.submissions[-1].dossier
    told = [event for event in case.events if event.what == "notified"][-1]
    return hashlib.sha256(canonical(told.model_dump(mode="json")).encode()).hexdigest()


def _compose(
    context: Context, actor: Actor, case: Case, paper: str, day: date, number: str
) -> Document:
    office, look = context.office(), look_of(context)
    steps = process(case.process)
    match paper:
        case "order":
            return order(case, office, steps, number=number, day=day, look=look)
        case "memo":
            devices = _devices(context, case)
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
            report = report_case(context, actor, case.number)
            runs = [CarriedOut(outcome.run, outcome.devices) for outcome in report.runs]
            audit = _proof(report)
            return evidence_pack(case, office, steps, day=day, look=look, audit=audit, runs=runs)
    return flow_chart(steps, case, office=office, day=day, look=look)


def _devices(context: Context, case: Case) -> int | None:
    """How many devices the case's plan changes, None without a plan."""
    if case.plan is None:
        return None
    with context.store.read() as conn:
        return len(trusted_plan(plans.load_plan(conn, case.plan)).devices)


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


def _order_number(case: Case, paper: str) -> str | None:
    return case.group.order if paper == "order" and case.group else None


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
    name = _NAMES[paper]
    if paper not in _FIRST:
        return NotFound(
            Text(
                th=f"กระบวนงาน {case.process} ไม่มีการแต่งตั้งคณะทำงาน จึงไม่มี{name.th}",
                en=f"process {case.process} appoints no working group: it has no {name.en}",
            )
        )
    th, en, command = _FIRST[paper]
    return NotFound(
        Text(
            th=f"เรื่อง {case.number} ยังไม่มี{name.th} ({paper})",
            en=f"case {case.number} has no {name.en} yet ({paper})",
        ),
        hint=Text(
            th=f"มีได้เมื่อ{th}แล้ว: `{command} {case.number}`",
            en=f"there is one once the case was {en}: `{command} {case.number}`",
        ),
    )


def _changed_since(case: Case) -> Refused:
    return Refused(
        Text(
            th=f"เรื่อง {case.number} แก้ไขหลังจากเสนอ และไม่ได้เก็บบันทึกข้อความฉบับที่เสนอไว้",
            en=f"case {case.number} was changed since it was submitted, and no memo of it was kept",
        ),
        hint=Text(
            th=f"เสนอใหม่แล้วพิมพ์: `khaen case submit {case.number}`",
            en=f"submit it again, then print: `khaen case submit {case.number}`",
        ),
    )
