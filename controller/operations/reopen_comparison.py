"""Take a conclusion back, with a reason: offers can be opened and judged again."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Refused, Text
from controller.operations.comparison_papers import comparison_of, concluded_in, keep_comparison
from controller.operations.context import Context
from controller.operations.procurement_papers import approved_specification, papers_of
from controller.processes.case import Case
from controller.procurement.comparison_paper import TakenBack
from controller.store import cases

LONGEST = 1000


def reopen_comparison(context: Context, actor: Actor, number: str, reason: str) -> Case:
    """The case whose comparison is open again; the conclusion stays in the revision before.

    What people judged stays. Errors: `NotFound` while nothing is concluded; `NotApproved`;
    `InputError` without a reason; `Refused` once a delivery was read against it.
    """
    require(actor, "reopen_comparison")
    why = " ".join(reason.split())
    if not why or len(why) > LONGEST:
        raise InputError(
            Text(
                th=f"ต้องบอกเหตุผลที่ยกเลิกผลสรุป ไม่เกิน {LONGEST} ตัวอักษร",
                en=f"say why the conclusion is taken back, in at most {LONGEST} characters",
            )
        )
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
        approved_specification(context, conn, case, to_act=True)
    sha256, _ = concluded_in(context, case)
    if papers_of(case, "acceptance"):
        raise Refused(
            Text(
                th=f"เรื่อง {number} เริ่มตรวจรับตามผลสรุปนี้แล้ว จึงยกเลิกไม่ได้",
                en=f"case {number} has a delivery by this conclusion: it cannot be taken back",
            )
        )
    paper = comparison_of(context, case)
    if paper is None:
        raise RuntimeError("a conclusion without a comparison")
    back = TakenBack(reason=why, by=actor.username, at=context.clock())
    again = paper.model_copy(update={"conclusion": None, "taken_back": (*paper.taken_back, back)})
    told = {"reason": why, "taken_back": sha256}
    return keep_comparison(context, actor, "reopen_comparison", case, again, told)
