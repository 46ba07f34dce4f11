"""Deliveries of a case: which there are, the offer they are held against, keeping one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from controller.accounts.actor import Actor
from controller.errors import NotFound, Refused, Text
from controller.inventory.inventory import Inventory
from controller.operations.comparison_papers import concluded_in
from controller.operations.context import Context
from controller.operations.procurement_papers import (
    Check,
    approved_specification,
    keep_paper,
    offers_of,
    papers_of,
)
from controller.processes.case import Case
from controller.procurement.acceptance import Known, folded_serial
from controller.procurement.delivery import Delivery, read_delivery_paper
from controller.procurement.offer import Offer
from controller.specs.specification import Specification
from controller.store import cases
from controller.store.engine import Connection


@dataclass(frozen=True)
class Ordered:
    """What was ordered: the approved specification, the offer that won, the comparison's hash."""

    specification: Specification
    offer: Offer
    comparison: str


def case_of(context: Context, number: str) -> Case:
    """The case. Errors: `NotFound`."""
    with context.store.read() as conn:
        return cases.load_case(conn, number)


def deliveries_of(context: Context, case: Case) -> tuple[Delivery, ...]:
    """Every delivery of the case by its number."""
    papers = papers_of(case, "acceptance")
    read = [read_delivery_paper(context.files.get(paper.sha256)) for paper in papers]
    return tuple(sorted(read, key=lambda delivery: delivery.number))


def delivery_of(context: Context, case: Case, number: int | None = None) -> Delivery:
    """The delivery of this number, the latest where none is said. Errors: `NotFound`."""
    found = deliveries_of(context, case)
    wanted = [d for d in found if number in {None, d.number}]
    if wanted:
        return wanted[-1]
    there = ", ".join(str(d.number) for d in found) or "-"
    command = f"`khaen spec delivery read {case.number} LIST.xlsx`"
    what = "" if number is None else f" {number}"
    raise NotFound(
        Text(
            th=f"เรื่อง {case.number} ไม่มีการส่งมอบครั้งที่{what or 'ใดเลย'} (มี: {there})",
            en=f"case {case.number} has no delivery{what} (there are: {there})",
        ),
        hint=Text(th=f"อ่านของที่ส่งมอบก่อน: {command}", en=f"read what came first: {command}"),
    )


def ordered_in(context: Context, conn: Connection, case: Case, *, to_act: bool) -> Ordered:
    """What was ordered in the case.

    Errors: `NotApproved`; `NotFound` while the comparison is not concluded.
    """
    specification = approved_specification(context, conn, case, to_act=to_act)
    comparison, offer = winner_of(context, case)
    return Ordered(specification, offer, comparison)


def winner_of(context: Context, case: Case) -> tuple[str, Offer]:
    """The hash of the concluded comparison, and the offer that won it.

    Errors: `NotFound` while there is no conclusion, or nobody won.
    """
    comparison, conclusion = concluded_in(context, case)
    ranked = {one.bidder: one.sha256 for one in conclusion.offers}
    won = ranked.get(conclusion.winner or "")
    offer = next((o for o in offers_of(context, case) if o.sha256 == won), None)
    if offer is None:
        raise NotFound(
            Text(
                th=f"การเปรียบเทียบของเรื่อง {case.number} ไม่มีผู้ชนะ",
                en=f"nobody won the comparison of case {case.number}",
            )
        )
    return comparison, offer


def require_unaccepted(delivery: Delivery) -> None:
    """Pass while the delivery is not accepted. Errors: `Refused`."""
    if delivery.accepted is not None:
        raise Refused(
            Text(
                th=f"ตรวจรับการส่งมอบครั้งที่ {delivery.number} แล้ว จึงแก้ไม่ได้",
                en=f"delivery {delivery.number} was accepted and cannot be changed",
            ),
            hint=Text(th="อ่านเป็นการส่งมอบครั้งใหม่", en="read what came as another delivery"),
        )


def known_around(inventory: Inventory, others: tuple[Delivery, ...]) -> Known:
    """What the register, the inventory and accepted deliveries hold already."""
    serials = {folded_serial(d.serial): d.name for d in inventory.devices if d.serial}
    serials |= {folded_serial(a.serial): a.number for a in inventory.assets if a.serial}
    before = [piece for d in others if d.accepted for piece in d.pieces]
    return Known(serials, frozenset(site.site for site in inventory.sites), tuple(before))


def keep_delivery(
    context: Context,
    actor: Actor,
    permission: str,
    delivery: Delivery,
    told: dict[str, Any],
    *,
    check: Check | None = None,
    last: Callable[[], None] | None = None,
) -> Case:
    """Keep the delivery as its paper of the case, with the audit line of the permission."""
    title = f"การตรวจรับพัสดุ ครั้งที่ {delivery.number}"
    return keep_paper(
        context,
        actor,
        permission,
        delivery.case,
        kind="acceptance",
        name=delivery.name,
        title=title,
        content=delivery.content,
        told=told,
        check=check,
        last=last,
    )
