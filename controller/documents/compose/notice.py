"""The memo that tells the people concerned what will be done in a case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from controller.documents.blocks import Document, Paragraph, Signature, Signatures
from controller.documents.compose.look import Look
from controller.documents.compose.memo import memo_head
from controller.documents.compose.paper import paper
from controller.documents.compose.wording import place_in, position, said
from controller.errors import Refused, Text
from controller.inventory.office import Office
from controller.processes.case import Case, Event

# As `processes.steps.notify` writes it down.
_NOTE = re.compile(r"ถึง \(to\): (.*)\nโดย \(by\): (.*)\nข้อความ \(message\): (.*)", re.DOTALL)


@dataclass(frozen=True)
class _Told:
    """Who was told, how, and what."""

    to: str
    how: str
    message: str


def notification(case: Case, office: Office, *, number: str, day: date, look: Look) -> Document:
    """The notice as it was given last. Errors: `Refused` when nobody was told yet."""
    event = next((e for e in reversed(case.events) if e.what == "notified"), None)
    if event is None:
        raise _nobody_told(case)
    told = _told(event)
    subject = f"แจ้งแนวทางการดำเนินงาน {case.title}"
    return paper(
        office,
        subject,
        day,
        (
            memo_head(office, number=number, day=day, look=look, subject=subject, to=told.to),
            Paragraph(_background(case, look), indent=True),
            *said(told.message),
            *_when(case, look),
            Paragraph("จึงเรียนมาเพื่อทราบ และดำเนินการในส่วนที่เกี่ยวข้องต่อไป", indent=True),
            Signatures((_signer(case, office, event),)),
            Paragraph(f"ส่งโดย{told.how} เมื่อ {look.moment(event.at)}", align="left", small=True),
        ),
        look=look,
        foot=f"เรื่อง {case.number}",
    )


def _told(event: Event) -> _Told:
    found = _NOTE.fullmatch(event.note)
    return _Told(*found.groups()) if found else _Told("ผู้ที่เกี่ยวข้อง", "หนังสือราชการ", event.note)


def _background(case: Case, look: Look) -> str:
    approved = [d for d in case.decisions if d.kind == "approve"]
    by = ""
    if approved:
        by = f" ซึ่งได้รับอนุมัติเมื่อวันที่ {look.day_of(approved[-1].at)} แล้ว"
    ordered = ""
    if case.group:
        ordered = (
            f"คณะทำงานตามคำสั่งที่ {look.digits(case.group.order)} ลงวันที่ {look.day(case.group.dated)} "
        )
    return f"ด้วย{ordered}จะดำเนินการเรื่อง “{case.title}”{by} จึงขอแจ้งให้ทราบ ดังนี้"


def _when(case: Case, look: Look) -> tuple[Paragraph, ...]:
    if case.study is None or case.study.begins is None:
        return ()
    until = f" ถึงวันที่ {look.day(case.study.ends)}" if case.study.ends else ""
    text = f"กำหนดดำเนินการตั้งแต่วันที่ {look.day(case.study.begins)}{until}"
    return (Paragraph(text, indent=True),)


def _signer(case: Case, office: Office, event: Event) -> Signature:
    place = place_in(case.group, event.actor)
    words = filter(None, (position(office, event.actor), place))
    return Signature(role="", position="\n".join(words))


def _nobody_told(case: Case) -> Refused:
    return Refused(
        Text(
            th=f"เรื่อง {case.number} ยังไม่ได้แจ้งผู้เกี่ยวข้อง จึงยังไม่มีบันทึกแจ้ง",
            en=f"nobody was told of case {case.number} yet, so there is no notice to print",
        ),
        hint=Text(
            th=f"แจ้งก่อน: `khaen case notify {case.number}`",
            en=f"tell them first: `khaen case notify {case.number}`",
        ),
    )
