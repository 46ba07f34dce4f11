"""The parts of the memo that reports results to the director and asks for agreement."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import Block, Paragraph, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.look import Look
from controller.documents.compose.matter import Matter, sent_back
from controller.documents.compose.wording import (
    headed,
    listed,
    part,
    process_name,
    references,
    said,
)
from controller.processes.case import Evaluation, Reached

REACHED: dict[Reached, str] = {
    "met": "บรรลุ",
    "partly": "บรรลุบางส่วน",
    "not-met": "ไม่บรรลุ",
    "unknown": "ยังไม่ทราบผล",
}


def results_subject(matter: Matter) -> str:
    """What the memo reports."""
    return f"รายงานสรุปผลการดำเนินงาน {matter.case.title}"


def results_parts(matter: Matter, evaluation: Evaluation) -> Iterator[Block]:
    """The story so far, the results, the rules, what is to be weighed, what is proposed."""
    look = matter.look
    yield part(1, "เรื่องเดิม", look)
    yield Paragraph(_background(matter), indent=True)
    yield from sent_back(matter)
    yield part(2, "ข้อเท็จจริง", look)
    yield Paragraph("ผลการดำเนินงานสรุปได้ ดังนี้", indent=True)
    yield from said(evaluation.results)
    yield from objectives_table(evaluation, look)
    yield from satisfaction(evaluation, look)
    yield part(3, "ข้อกฎหมาย ระเบียบ และแผนที่เกี่ยวข้อง", look)
    yield from listed(references(matter.process, matter.manual, look), look, within="3")
    yield part(4, "ข้อพิจารณา", look)
    yield from headed(f"{look.digits('4.1')} ปัญหาและอุปสรรค", evaluation.problems)
    yield from headed(f"{look.digits('4.2')} ข้อเสนอแนะ", evaluation.suggestions)
    yield part(5, "ข้อเสนอ", look)
    publish = "และอนุญาตให้เผยแพร่ข้อมูลสารสนเทศ" if "publication" in matter.step.needs else ""
    yield Paragraph(
        f"จึงเรียนมาเพื่อโปรดทราบ และพิจารณาให้ความเห็นชอบผลการดำเนินงานตามรายงานนี้{publish}",
        indent=True,
    )


def objectives_table(evaluation: Evaluation, look: Look) -> Iterator[Block]:
    """Objectives against results; nothing where none were set."""
    if evaluation.objectives:
        yield Table(
            numbered(
                TableColumn("วัตถุประสงค์", 5),
                TableColumn("เป้าหมาย", 4),
                TableColumn("ผล", 3, "center"),
                TableColumn("หมายเหตุ", 3),
            ),
            tuple(
                (look.count(n), r.objective, r.target or "-", REACHED[r.reached], r.note or "-")
                for n, r in enumerate(evaluation.objectives, start=1)
            ),
        )


def satisfaction(evaluation: Evaluation, look: Look) -> Iterator[Block]:
    """The mean of the answers on satisfaction; nothing where nobody was asked."""
    if evaluation.satisfaction is not None:
        asked = ""
        if evaluation.answers is not None:
            asked = f" จากผู้ตอบ {look.count(evaluation.answers)} คน"
        yield Paragraph(
            f"ความพึงพอใจเฉลี่ย {look.digits(f'{evaluation.satisfaction:.2f}')} "
            f"จากคะแนนเต็ม {look.count(5)}{asked}",
            indent=True,
        )


def _background(matter: Matter) -> str:
    case, look = matter.case, matter.look
    told = f"ตามที่{matter.office.group_th} ได้ดำเนินการเรื่อง “{case.title}” ตาม"
    told += process_name(matter.process, look)
    if matter.approved:
        told += f" ซึ่ง{matter.approved.title} ได้อนุมัติเมื่อวันที่ {look.day_of(matter.approved.at)}"
    if case.group:
        told += (
            f" โดยคณะทำงานตามคำสั่ง{matter.office.name_th} ที่ {look.digits(case.group.order)} "
            f"ลงวันที่ {look.day(case.group.dated)}"
        )
    return f"{told} บัดนี้การดำเนินงานเสร็จเรียบร้อยแล้ว"
