"""A purchase that stands at its delivery: specified, approved, offered, compared, won."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from controller.operations.lint_specification import lint_specification
from controller.operations.notify_case import notify_case
from controller.operations.procurement_papers import keep_paper
from controller.processes.case import Case
from controller.procurement.comparison_paper import ComparisonPaper, Conclusion, Ranked
from controller.procurement.offer import ItemOffer, Offer, Stated
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Place, Specification
from tests.operations.office import Desk
from tests.operations.procured import approved

AP_CRITERIA = (
    Criterion(
        id="wifi", text="รองรับ Wi-Fi 6", attribute="wifi", operator="at-least", value="Wi-Fi 6"
    ),
    Criterion(
        id="ports", text="มีช่อง 10/100/1000", attribute="ports_1g", operator="at-least", value=1
    ),
)
SWITCH_CRITERIA = (
    Criterion(id="ports", text="มีช่อง 24 ช่อง", attribute="ports_1g", operator="at-least", value=24),
    Criterion(
        id="poe", text="จ่ายไฟรวม 370 วัตต์", attribute="poe_budget", operator="at-least", value=370
    ),
)


def specification(*, replaces: tuple[str, ...] = (), **changes: Any) -> Specification:
    """Three access points for two schools, and a switch for one of them."""
    points = Item(
        id="access-point",
        th="จุดกระจายสัญญาณไร้สาย",
        kind="access-point",
        quantity=3,
        price=Decimal(22000),
        price_source="สืบราคาจากท้องตลาด",
        criteria=AP_CRITERIA,
        places=(
            Place(site="kkn-school-a", quantity=2, replaces=replaces),
            Place(site="kkn-school-b", quantity=1),
        ),
    )
    switch = Item(
        id="switch",
        th="สวิตช์ PoE",
        kind="switch",
        quantity=1,
        price=Decimal(30000),
        price_source="สืบราคาจากท้องตลาด",
        criteria=SWITCH_CRITERIA,
    )
    values: dict[str, Any] = {
        "title": "จัดซื้ออุปกรณ์เครือข่าย", "budget": Decimal(100000), "need": "ของเดิมหมดอายุ",
        "fund": "งบดำเนินงาน",
        "items": (points, switch),
    }  # fmt: skip
    return Specification(**values | changes)


def offer_on(wanted: Specification) -> Offer:
    """What the winner offers."""
    points = ItemOffer(
        item="access-point",
        brand="ยี่ห้อ ก",
        model="AX-3000",
        price=Decimal("19500.50"),
        answers=(
            Stated(criterion="wifi", text="Wi-Fi 6"),
            Stated(criterion="ports", text="1 ช่อง"),
        ),
    )
    switch = ItemOffer(
        item="switch",
        brand="ยี่ห้อ ก",
        model="SW-24P",
        price=Decimal(28000),
        answers=(
            Stated(criterion="ports", text="24 ช่อง"),
            Stated(criterion="poe", text="370 W"),
        ),
    )
    return Offer(bidder="ผู้เสนอราคา ก", specification=wanted.sha256, items=(points, switch))


def taken_on(desk: Desk, wanted: Specification) -> Specification:
    """The specification with a reason for every warning of its lint."""
    remarks = lint_specification(desk.context, desk.person("engineer1"), wanted)
    accepted = {remark.key: "พิจารณาแล้ว" for remark in remarks if remark.severity == "warning"}
    return wanted.model_copy(update={"accepted": accepted})


def bought(
    desk: Desk, wanted: Specification | None = None, *, concluded: bool = True, password: str = ""
) -> Case:
    """The case at its work, with every paper up to the conclusion of the comparison."""
    wanted = taken_on(desk, wanted or specification())
    case = approved(desk, wanted, password=password)
    engineer = desk.person("engineer1")
    notify_case(desk.context, engineer, case.number, ("officer1",), "โทรศัพท์", "แจ้งคุณลักษณะ")

    def keep(kind: Any, name: str, title: str, content: bytes) -> Case:
        return keep_paper(
            desk.context, engineer, "attach_file", case.number,
            kind=kind, name=name, title=title, content=content,
        )  # fmt: skip

    offer = offer_on(wanted)
    after = keep("offer", f"offer/{offer.bidder}", "ข้อเสนอ", offer.content)
    if not concluded:
        return after
    ranked = Ranked(
        bidder=offer.bidder, sha256=offer.sha256, verdict="pass", total=Decimal(86501),
        score=None, place=1,
    )  # fmt: skip
    conclusion = Conclusion(
        winner=offer.bidder, offers=(ranked,), outcomes={}, by="officer1", at=desk.clock()
    )
    paper = ComparisonPaper(specification=wanted.sha256, conclusion=conclusion)
    return keep("comparison", "comparison", "ผลการเปรียบเทียบ", paper.content)
