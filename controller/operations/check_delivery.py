"""Tick what a device cannot prove: a person looked, by name and time."""

from __future__ import annotations

from collections.abc import Sequence

from controller.accounts.actor import Actor, require
from controller.errors import Outdated, Text
from controller.operations.context import Context
from controller.operations.delivery_papers import (
    case_of,
    delivery_of,
    keep_delivery,
    ordered_in,
    require_unaccepted,
)
from controller.processes.case import Case
from controller.procurement.acceptance import Finding, ticked
from controller.procurement.delivery import Delivery, Tick
from controller.store.engine import Connection


def check_delivery(
    context: Context, actor: Actor, number: str, delivery: int, findings: Sequence[Finding]
) -> Delivery:
    """The delivery with what this person found, kept as the next revision of its paper.

    Errors: as `procurement.acceptance.ticked`; `NotFound`, `NotApproved`; `Refused` once it was
    accepted.
    """
    require(actor, "check_delivery")
    case = case_of(context, number)
    before = delivery_of(context, case, delivery)
    require_unaccepted(before)
    mark = Tick(right=True, by=actor.username, at=context.clock())
    after = ticked(before, findings, mark)

    def check(conn: Connection, now: Case) -> None:
        ordered_in(context, conn, now, to_act=True)
        current = delivery_of(context, now, delivery)
        require_unaccepted(current)
        if current != before:
            raise _CHANGED

    told = {"delivery": delivery, "findings": len(findings), "left": after.left}
    keep_delivery(context, actor, "check_delivery", after, told, check=check)
    return after


_CHANGED = Outdated(
    Text(
        th="มีผู้อื่นบันทึกผลการตรวจในเวลาเดียวกัน จึงยังไม่บันทึก",
        en="somebody else ticked at the same moment, so nothing was kept",
    ),
    hint=Text(th="เปิดดูอีกครั้งแล้วทำใหม่", en="look at it again, then repeat"),
)
