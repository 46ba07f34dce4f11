"""The director's part of a paper: what may be decided, the comment, the signature."""

from __future__ import annotations

from controller.documents.blocks import Block, Entries, Entry, Frame, Signature, Signatures, Ticks
from controller.documents.compose.look import Look
from controller.inventory.office import Office
from controller.processes.case import Decision, DecisionKind

RULINGS: dict[DecisionKind, str] = {
    "approve": "อนุมัติ",
    "return": "ส่งกลับแก้ไข",
    "refuse": "ไม่อนุมัติ",
}

# Between the positions of somebody who acts for the director, see `processes.deciding`.
_ACTING = "รักษาราชการแทน"


def ruling_frame(decision: Decision | None, office: Office, look: Look) -> Frame:
    """The frame the director decides in, filled from the decision when there is one."""
    kind = decision.kind if decision else None
    blocks: tuple[Block, ...] = (
        Ticks("", tuple((word, ruling == kind) for ruling, word in RULINGS.items())),
        Entries((Entry("ความเห็น/ข้อสั่งการ", decision.comment if decision else "", lines=2),)),
        Signatures((_signature(decision, office, look),)),
    )
    return Frame(f"คำสั่งของ{office.director_title}", blocks)


def capacity(decision: Decision, look: Look) -> str:
    """The position of who decided; of somebody acting both positions and the order's number.

    Both positions stand on lines of their own, as under a signature.
    """
    if decision.acting_order is None:
        return decision.title
    own, acting, director = decision.title.partition(f" {_ACTING}")
    parts = [own, acting.strip(), director, f"ตามคำสั่งที่ {look.digits(decision.acting_order)}"]
    return "\n".join(filter(None, parts))


def recorded(decision: Decision, look: Look) -> str:
    """When it was decided, and the entry of the audit log that holds the same words."""
    back = "" if decision.to_step is None else f"ไปขั้นตอนที่ {look.count(decision.to_step + 1)} "
    return (
        f"{RULINGS[decision.kind]}{back}ในระบบเมื่อ {look.moment(decision.at)}\n"
        f"บันทึกตรวจสอบลำดับที่ {look.digits(str(decision.audit_seq))}"
    )


def _signature(decision: Decision | None, office: Office, look: Look) -> Signature:
    if decision is None:
        return Signature(role="", position=office.director_title, dated="")
    return Signature(
        role="",
        position=capacity(decision, look),
        dated=look.day_of(decision.at),
        note=recorded(decision, look),
    )
