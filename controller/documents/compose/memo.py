"""The memo (บันทึกข้อความ) that puts a case before the director."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from controller.documents.blocks import Block, Document, MemoHead, Paragraph, Signature, Signatures
from controller.documents.compose.look import SHORT_HASH, Look
from controller.documents.compose.matter import Matter
from controller.documents.compose.memo_plan import plan_parts, plan_subject
from controller.documents.compose.memo_results import results_parts, results_subject
from controller.documents.compose.paper import paper
from controller.documents.compose.ruling import ruling_frame
from controller.documents.compose.wording import decision_on, place_in, position
from controller.errors import Refused, Text
from controller.inventory.office import Office
from controller.plans.plan import Plan
from controller.processes.case import Case
from controller.processes.manual import MANUAL, Manual, Process


def memo(
    case: Case,
    office: Office,
    process: Process,
    *,
    number: str,
    day: date,
    look: Look,
    plan: Plan | None = None,
    manual: Manual = MANUAL,
) -> Document:
    """The memo of what was put before the director last, with the decision when there is one.

    `plan` is its change plan. Errors: `Refused` when nothing was submitted yet.
    """
    if not case.submissions:
        raise _not_submitted(case)
    matter = Matter(case, case.submissions[-1], office, process, look, manual, plan)
    held = matter.evaluation
    subject = results_subject(matter) if held else plan_subject(matter)
    return paper(
        office,
        subject,
        day,
        (
            memo_head(
                office,
                number=number,
                day=day,
                look=look,
                subject=subject,
                to=office.director_title,
                attached=tuple(matter.named_papers()),
            ),
            *(results_parts(matter, held) if held else plan_parts(matter)),
            Signatures((_proposer(matter),)),
            *_proof(matter),
            ruling_frame(decision_on(case, matter.submission), office, look),
        ),
        look=look,
        foot=f"เรื่อง {case.number} | SHA-256 {matter.submission.dossier[:SHORT_HASH]}",
    )


def memo_head(
    office: Office,
    *,
    number: str,
    day: date,
    look: Look,
    subject: str,
    to: str,
    attached: tuple[str, ...] = (),
) -> MemoHead:
    """The head of a memo that the office's ICT group writes."""
    telephone = f" โทร. {look.digits(office.telephone)}" if office.telephone else ""
    return MemoHead(
        office=f"{office.group_th} {office.name_th}{telephone}",
        number=look.digits(number),
        dated=look.day(day),
        subject=subject,
        to=to,
        attached=attached,
    )


def _proposer(matter: Matter) -> Signature:
    by = matter.submission.by
    place = place_in(matter.case.group, by)
    return Signature(
        role="ผู้เสนอ",
        position="\n".join(filter(None, (position(matter.office, by), place))),
    )


def _proof(matter: Matter) -> Iterator[Block]:
    """What binds this paper to exactly what was put forward: hashes whole, in small print."""
    submission = matter.submission
    yield Paragraph(
        f"เอกสารที่เสนอทั้งชุด {matter.look.count(len(submission.items))} รายการ "
        f"SHA-256 {submission.dossier}",
        align="left",
        small=True,
    )
    if matter.case.plan:
        yield Paragraph(f"รหัสแผน {matter.case.plan}", align="left", small=True)


def _not_submitted(case: Case) -> Refused:
    return Refused(
        Text(
            th=f"เรื่อง {case.number} ยังไม่ได้เสนอผู้อำนวยการ จึงยังไม่มีบันทึกข้อความ",
            en=f"case {case.number} was not put to the director yet, so there is no memo",
        ),
        hint=Text(
            th=f"เสนอเรื่องก่อน: `khaen case submit {case.number}`",
            en=f"submit it first: `khaen case submit {case.number}`",
        ),
    )
