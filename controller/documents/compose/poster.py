"""A poster that asks people to answer a survey: its name, a code to scan, the address to type."""

from __future__ import annotations

from datetime import date

from controller.documents.blocks import Document, Heading, Paragraph, Picture, Space
from controller.documents.compose.look import Look
from controller.documents.compose.paper import paper
from controller.documents.qr import qr_png
from controller.inventory.office import Office
from controller.processes.forms.definition import FormDefinition

_SIDE = 10.0


def survey_poster(
    definition: FormDefinition,
    title: str,
    address: str,
    office: Office,
    *,
    until: date,
    look: Look,
    day: date,
) -> Document:
    """The poster of one link, on one page. `until` is the last day it can be answered."""
    blocks = (
        Space(8),
        Heading(look.words(title), 1),
        Paragraph(f"{office.group_th}\n{office.name_th}", align="center"),
        Paragraph(look.words(definition.purpose.th), align="center"),
        Space(4),
        Picture(qr_png(address), _SIDE, f"รหัสคิวอาร์ของ {address}"),
        Paragraph("สแกนด้วยกล้องโทรศัพท์ หรือพิมพ์ที่อยู่นี้ในเบราว์เซอร์", align="center"),
        Paragraph(address, align="center", bold=True),
        Space(4),
        Paragraph("ไม่ต้องมีบัญชีผู้ใช้ ไม่เก็บชื่อหรือข้อมูลที่ระบุตัวผู้ตอบ", align="center"),
        Paragraph(f"ตอบได้ถึงวันที่ {look.day(until)}", align="center", bold=True),
    )
    return paper(office, title, day, blocks, look=look)
