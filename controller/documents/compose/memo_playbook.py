"""What the director is told of a plan that runs a playbook."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import Block, Paragraph
from controller.documents.compose.look import Look
from controller.plans.plan import Plan, PlaybookRun
from controller.plans.wording import unpredictable
from controller.playbooks.parameter import typed

_SHOWN = 5


def playbook_facts(plan: Plan | None, look: Look) -> Iterator[Block]:
    """Which playbook with what, and what of it cannot be predicted; nothing of other plans."""
    if plan is None or plan.playbook is None:
        return
    yield Paragraph(
        f"การเปลี่ยนแปลงนี้ดำเนินการด้วยเพลย์บุ๊ก {plan.playbook.name}{_told(plan.playbook)} "
        "ซึ่งได้รันในโหมดตรวจล่วงหน้ากับอุปกรณ์ทุกเครื่องแล้วโดยยังไม่เปลี่ยนแปลงสิ่งใด "
        "ผลของแต่ละงานย่อยบนอุปกรณ์แต่ละเครื่องปรากฏในแผน",
        indent=True,
    )
    blind = unpredictable(plan)
    if not blind:
        return
    named = ", ".join(f"“{task}”" for task in blind[:_SHOWN])
    more = f" และอีก {look.count(len(blind) - _SHOWN)} งาน" if len(blind) > _SHOWN else ""
    why = next((a.why for a in plan.accepted if a.check == "not_predictable"), "")
    accepted = f" ผู้จัดทำแผนยอมรับโดยให้เหตุผลว่า “{why}”" if why else ""
    yield Paragraph(
        f"ทั้งนี้ มีงานย่อยที่คาดการณ์ผลล่วงหน้าไม่ได้ จำนวน {look.count(len(blind))} งาน "
        f"ได้แก่ {named}{more}{accepted}",
        indent=True,
    )


def _told(run: PlaybookRun) -> str:
    told = ", ".join(f"{name} = {typed(value)}" for name, value in run.parameters if value != "")
    return f" (กำหนดค่า {told})" if told else ""
