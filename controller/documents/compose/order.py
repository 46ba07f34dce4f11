"""The order (คำสั่ง) that appoints the working group of a case, with what it has to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from controller.documents.blocks import (
    Block,
    Document,
    OrderHead,
    Paragraph,
    Signature,
    Signatures,
    Space,
    Table,
    TableColumn,
)
from controller.documents.compose.columns import numbered
from controller.documents.compose.look import Look, dots
from controller.documents.compose.paper import paper
from controller.documents.compose.wording import listed, places, position, process_name, step_name
from controller.inventory.office import Office
from controller.processes.case import Case
from controller.processes.manual import MANUAL, Manual, Process

# The places of an order before anybody is named.
_PLACES = ("ประธานคณะทำงาน", "คณะทำงาน", "คณะทำงาน", "คณะทำงาน", "คณะทำงานและเลขานุการ")
# A name to write in: Khaen knows people by their positions only.
_NAME = dots(36)


def order(
    case: Case,
    office: Office,
    process: Process,
    *,
    number: str,
    day: date,
    look: Look,
    manual: Manual = MANUAL,
) -> Document:
    """The order to sign, dated as the group's order or else `day`.

    Where the case has no group yet the people's lines are empty, as is the place of an empty
    `number`.
    """
    dated = case.group.dated if case.group else day
    subject = f"แต่งตั้งคณะทำงาน{look.words(process.name.removeprefix('การ'))}"
    return paper(
        office,
        f"คำสั่ง{office.name_th} เรื่อง {subject}",
        dated,
        (
            OrderHead(office.name_th, look.digits(number) or dots(24), subject),
            *_preamble(case, office, process, look, manual),
            _people(case, office, look),
            Paragraph("ให้คณะทำงานมีหน้าที่ ดังต่อไปนี้", indent=True),
            *listed(_duties(process, office, look), look),
            Paragraph(f"ทั้งนี้ ตั้งแต่วันที่ {look.day(dated)} เป็นต้นไป", indent=True),
            Space(3),
            Paragraph(f"สั่ง ณ วันที่ {_with_era(dated, look)}", indent=True),
            Signatures((Signature(role="", position=office.director_title),)),
        ),
        look=look,
        foot=f"เรื่อง {case.number}",
    )


def _preamble(
    case: Case, office: Office, process: Process, look: Look, manual: Manual
) -> Iterator[Block]:
    edition = manual.edition
    yield Paragraph(
        f"ด้วย{office.name_th} จะดำเนินการเรื่อง “{case.title}” ตาม{process_name(process, look)} "
        f"ของ{look.words(edition.name)} เพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อย มีประสิทธิภาพ "
        "และบรรลุวัตถุประสงค์",
        indent=True,
    )
    yield Paragraph(
        f"อาศัยอำนาจหน้าที่ตาม{look.words(edition.authority)} จึงแต่งตั้งคณะทำงาน ประกอบด้วยบุคคลดังต่อไปนี้",
        indent=True,
    )


def _people(case: Case, office: Office, look: Look) -> Table:
    held = [(position(office, user), place) for user, place in places(case.group)]
    return Table(
        numbered(TableColumn("ชื่อ – สกุล", 5), TableColumn("ตำแหน่ง", 6), TableColumn("หน้าที่", 4)),
        tuple(
            (look.count(index), _NAME, title, place)
            for index, (title, place) in enumerate(held or [("", p) for p in _PLACES], start=1)
        ),
    )


def _duties(process: Process, office: Office, look: Look) -> Iterator[str]:
    for step in process.steps:
        if step.kind != "appoint":
            yield step_name(step.name, office, look)
    yield "ปฏิบัติงานอื่นที่เกี่ยวข้องตามที่ได้รับมอบหมาย และรายงานผลให้ผู้บังคับบัญชาทราบ"


def _with_era(day: date, look: Look) -> str:
    """The day with พ.ศ. before the year, as orders are dated."""
    number, month, year = look.day(day).split(" ")
    return f"{number} {month} พ.ศ. {year}"
