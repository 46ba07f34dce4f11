"""The parts of the memo that asks the director to approve a plan."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import Block, Paragraph
from controller.documents.compose.look import SHORT_HASH
from controller.documents.compose.matter import Matter, sent_back
from controller.documents.compose.memo_playbook import playbook_facts
from controller.documents.compose.wording import (
    headed,
    listed,
    part,
    process_name,
    references,
    said,
)
from controller.plans.window import window_words
from controller.processes.case import Objective, Study


def plan_subject(matter: Matter) -> str:
    """What the memo asks for."""
    title = matter.case.title
    return title if title.startswith("ขอ") else f"ขออนุมัติ{title}"


def plan_parts(matter: Matter) -> Iterator[Block]:
    """The story so far, the facts, the rules, what is to be weighed, what is proposed."""
    look = matter.look
    yield part(1, "เรื่องเดิม", look)
    yield from _background(matter)
    yield part(2, "ข้อเท็จจริง", look)
    yield from _facts(matter)
    yield part(3, "ข้อกฎหมาย ระเบียบ และแผนที่เกี่ยวข้อง", look)
    yield from listed(references(matter.process, matter.manual, look), look, within="3")
    yield part(4, "ข้อพิจารณา", look)
    yield from _weighed(matter)
    yield part(5, "ข้อเสนอ", look)
    yield from _proposed(matter)


def _background(matter: Matter) -> Iterator[Block]:
    case, office, look = matter.case, matter.office, matter.look
    duty = f"{office.group_th} มีหน้าที่ดำเนินงานตาม{process_name(matter.process, look)}"
    if case.group:
        ordered = (
            f" และ{office.name_th} ได้มีคำสั่งที่ {look.digits(case.group.order)} "
            f"ลงวันที่ {look.day(case.group.dated)} แต่งตั้งคณะทำงานเพื่อดำเนินการเรื่อง “{case.title}” แล้ว"
        )
        yield Paragraph(f"ตามที่{duty}{ordered} นั้น", indent=True)
    else:
        yield Paragraph(f"ตามที่{duty} และจะดำเนินการเรื่อง “{case.title}” นั้น", indent=True)
    yield from sent_back(matter)


def _facts(matter: Matter) -> Iterator[Block]:
    case, look = matter.case, matter.look
    if case.study:
        yield from said(case.study.reason)
    if case.plan:
        number = f" จำนวน {look.count(matter.devices)} เครื่อง" if matter.devices else ""
        yield Paragraph(
            f"ผู้เสนอได้จัดทำแผนการเปลี่ยนแปลงการตั้งค่าอุปกรณ์เครือข่าย{number} "
            f"(รหัสแผน {case.plan[:SHORT_HASH]}) ซึ่งกำหนดการเปลี่ยนแปลงของอุปกรณ์แต่ละเครื่องไว้ครบถ้วนแล้ว",
            indent=True,
        )
        yield from playbook_facts(matter.plan, look)
        yield from _window(matter)


def _window(matter: Matter) -> Iterator[Block]:
    if matter.plan is not None and matter.plan.window is not None:
        told = window_words(matter.plan.window).th
        yield Paragraph(
            matter.look.digits(f"ทั้งนี้ {told} นอกช่วงเวลานี้ระบบจะไม่ดำเนินการกับอุปกรณ์ใด"), indent=True
        )


def _weighed(matter: Matter) -> Iterator[Block]:
    study, look = matter.case.study, matter.look
    heads = iter(range(1, 6))

    def mark(title: str) -> str:
        return f"{look.digits(f'4.{next(heads)}')} {title}"

    def head(title: str) -> Paragraph:
        return Paragraph(mark(title), indent=True, align="left")

    if study:
        aims = [
            _aim(objective, number, matter) for number, objective in enumerate(study.objectives, 1)
        ]
        if aims:
            yield head("วัตถุประสงค์และเป้าหมาย")
            yield from aims
        yield from headed(mark("แนวทางการดำเนินงาน"), study.work)
        yield head(matter.baht("งบประมาณ ") or "งบประมาณ ไม่มีการขออนุมัติงบประมาณในเรื่องนี้")
        yield head(f"ระยะเวลาดำเนินการ {_time(study, matter)}")
    if matter.case.plan:
        yield head(
            "การดำเนินการกับอุปกรณ์จะเป็นไปตามแผนที่อนุมัตินี้เท่านั้น หากแผนเปลี่ยนแปลงไปจากนี้ "
            "การอนุมัติเป็นอันสิ้นผลและต้องเสนอพิจารณาใหม่"
        )


def _aim(objective: Objective, number: int, matter: Matter) -> Paragraph:
    target = f" (เป้าหมาย: {objective.target})" if objective.target else ""
    return Paragraph(
        f"({matter.look.count(number)}) {objective.text}{target}", indent=True, align="left"
    )


def _time(study: Study, matter: Matter) -> str:
    look = matter.look
    begins = f"ตั้งแต่วันที่ {look.day(study.begins)}" if study.begins else ""
    ends = f"ถึงวันที่ {look.day(study.ends)}" if study.ends else ""
    return " ".join(filter(None, (begins, ends))) or "เมื่อได้รับอนุมัติแล้ว"


def _proposed(matter: Matter) -> Iterator[Block]:
    money = matter.baht(" ภายในวงเงิน ")
    yield Paragraph(
        "จึงเรียนมาเพื่อโปรดพิจารณา หากเห็นชอบโปรดอนุมัติให้ดำเนินการเรื่อง "
        f"“{matter.case.title}” ตามแนวทางและระยะเวลาในข้อ {matter.look.count(4)}{money}",
        indent=True,
    )
