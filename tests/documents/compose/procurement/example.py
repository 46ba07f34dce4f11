"""A made-up purchase: what is asked, what three bidders offer, and how it compares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from controller.documents.compose.look import Look
from controller.documents.compose.procurement.compared import Compared
from controller.documents.compose.procurement.purchase import Purchase
from controller.errors import Text
from controller.processes.case import Case, Decision, Paper
from controller.procurement.comparison import (
    PASSING,
    Cell,
    Comparison,
    ItemResult,
    OfferResult,
    Outcome,
)
from controller.specs.baseline import Baseline, Baselines, Edition
from controller.specs.criterion import Criterion
from controller.specs.specification import Award, Item, Place, Specification, Terms
from tests.documents.compose.example import ARABIC, GROUP, LOOK, OFFICE, START

NUMBER = "2569-2.4-0001"
BASELINES = Baselines(
    editions=(
        Edition(
            id="mdes-2568-12",
            th="ฉบับเดือนธันวาคม 2568",
            en="December 2025",
            issuer="กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม",
            announced=date(2025, 12, 1),
        ),
    ),
    baselines=(
        Baseline(
            id="access-point-2",
            edition="mdes-2568-12",
            number=36,
            kind="access-point",
            th="อุปกรณ์กระจายสัญญาณไร้สาย (Access Point) แบบที่ 2",
            en="Access point, type 2",
            ceiling=Decimal(22000),
        ),
    ),
)
POINT = Item(
    id="ap",
    th="อุปกรณ์กระจายสัญญาณไร้สาย (Access Point) แบบที่ 2",
    kind="access-point",
    quantity=40,
    price=Decimal(22000),
    baseline="mdes-2568-12/access-point-2",
    criteria=(
        Criterion(
            id="wifi",
            text="สามารถใช้งานตามมาตรฐาน IEEE 802.11b, g, n, ac และ ax ได้เป็นอย่างน้อย",
            attribute="wifi",
            operator="at-least",
            value="IEEE 802.11ax",
        ),
        Criterion(
            id="bands",
            text="สามารถทำงานที่คลื่นความถี่ 2.4 GHz และ 5 GHz ภายใต้ SSID เดียวกันได้",
        ),
        Criterion(
            id="wpa",
            text="สามารถเข้ารหัสข้อมูลตามมาตรฐาน WPA, WPA2 และ WPA3 ได้เป็นอย่างน้อย",
            attribute="wpa",
            operator="includes",
            value=("WPA", "WPA2", "WPA3"),
        ),
        Criterion(
            id="ports",
            text="มีช่องเชื่อมต่อระบบเครือข่าย (Network Interface) แบบ 10/100/1000 Base-T "
            "หรือดีกว่า จำนวนไม่น้อยกว่า 1 ช่อง",
            attribute="ports_1g",
            operator="at-least",
            value=1,
            unit="port",
        ),
        Criterion(
            id="web",
            text="สามารถบริหารจัดการอุปกรณ์ผ่านทาง HTTP, HTTPS และ SSH ได้เป็นอย่างน้อย",
            attribute="web_management",
            operator="is",
            value=True,
        ),
        Criterion(
            id="warranty",
            text="รับประกันไม่น้อยกว่า 3 ปี",
            attribute="warranty",
            operator="at-least",
            value=3,
            unit="year",
            origin="raised",
            reason="โรงเรียนอยู่ห่างไกล ค่าเดินทางซ่อมสูงกว่าส่วนต่างราคา",
        ),
    ),
    places=(Place(site="kkn-school-a", quantity=25), Place(site="kkn-school-b", quantity=15)),
)
SWITCH = Item(
    id="switch",
    th="อุปกรณ์กระจายสัญญาณ (L2 Switch) PoE ขนาด 24 ช่อง",
    kind="switch",
    quantity=4,
    price=Decimal("24500.50"),
    price_source="สืบราคาจากผู้ขาย 3 ราย",
    criteria=(
        Criterion(
            id="layer",
            text="มีลักษณะการทำงานไม่น้อยกว่า Layer 2 ของ OSI Model",
            attribute="layer",
            operator="at-least",
            value="Layer 2",
        ),
        Criterion(
            id="mac",
            text="รองรับ Mac Address ได้ไม่น้อยกว่า 16,000 Mac Address",
            attribute="mac_addresses",
            operator="at-least",
            value=16000,
            unit="address",
        ),
    ),
)
BIDDERS = ("ผู้เสนอราคา ก", "ผู้เสนอราคา ข", "ผู้เสนอราคา ค")
STATED: dict[str, tuple[tuple[str, Outcome, str], ...]] = {
    "wifi": (
        ("802.11ax", "equal", "2"),
        ("802.11be", "better", "1"),
        ("Wi-Fi 6E", "better", "ภาคผนวก ก"),
    ),
    "bands": (("มี", "equal", "2"), ("มี", "equal", "1"), ("มี", "equal", "4")),
    "wpa": (("WPA2, WPA3, WPA", "equal", "2"), ("", "unstated", ""), ("WPA/WPA2", "fails", "4")),
    "ports": (
        ("2 ช่อง", "better", "3"),
        ("1 ช่อง", "equal", "1"),
        ("10/100 1 ช่อง", "unreadable", "4"),
    ),
    "web": (("มี", "equal", "3"), ("มี", "equal", "2"), ("ไม่มี", "fails", "5")),
    "warranty": (("5 ปี", "better", ""), ("3 ปี", "equal", "9"), ("36 เดือน", "equal", "9")),
    "layer": (
        ("Layer 2+", "better", "7"),
        ("Layer 2", "equal", "7"),
        ("Layer 3 Lite", "better", ""),
    ),
    "mac": (("16,384", "better", "7"), ("8,192", "fails", "7"), ("32,768", "better", "8")),
}


def specification(*items: Item, scored: bool = False, **changed: object) -> Specification:
    """What is asked: the access points alone unless told."""
    award = Award(rule="price-performance", price_weight=Decimal(60)) if scored else Award()
    return Specification.model_validate(
        {
            "title": "จัดซื้ออุปกรณ์กระจายสัญญาณไร้สายสำหรับโรงเรียนในสังกัด",
            "fund": "งบดำเนินงาน สพฐ. ปีงบประมาณ พ.ศ. 2570",
            "budget": Decimal(1_000_000),
            "need": "ทดแทนอุปกรณ์ 40 เครื่องใน 12 โรงเรียนที่ใช้งานมาเกิน 5 ปี และไม่รองรับ WPA3\n"
            "เครื่องเดิมหมดระยะเวลาสนับสนุนของผู้ผลิตแล้ว จึงไม่ได้รับการปรับปรุงด้านความมั่นคงปลอดภัย",
            "items": items or (POINT,),
            "award": award,
            "terms": Terms(delivery_place="โรงเรียนตามบัญชีแนบท้าย"),
            **changed,
        }
    )


def purchase(
    asked: Specification | None = None, *, final: bool = False, look: Look = LOOK
) -> Purchase:
    """The specification in its case."""
    asked = asked or specification()
    paper = Paper(
        kind="specification",
        number="specification",
        title="คุณลักษณะเฉพาะ",
        sha256=asked.sha256,
        revision=2,
        step=1,
        by="engineer1",
        at=START,
    )
    case = Case(
        number=NUMBER,
        process="2.4",
        title="จัดซื้ออุปกรณ์กระจายสัญญาณไร้สาย",
        state="open",
        step=1,
        plan=None,
        proposer="engineer1",
        opened=START,
        group=GROUP,
        papers=(paper,),
    )
    sites = {"kkn-school-a": "โรงเรียนตัวอย่าง ก", "kkn-school-b": "โรงเรียนตัวอย่าง ข"}
    return Purchase(
        asked,
        case,
        paper,
        OFFICE,
        look,
        BASELINES,
        sites,
        approved=_decision() if final else None,
        final=final,
    )


def _decision() -> Decision:
    return Decision(
        kind="approve",
        case=NUMBER,
        plan="",
        actor="director",
        title=OFFICE.director_title,
        role="director",
        acting_order=None,
        comment="",
        at=START,
        expires=None,
        audit_seq=12,
        audit_hash="ab" * 32,
    )


def compared(
    *items: Item, bidders: int = 3, final: bool = False, scored: bool = False, look: Look = LOOK
) -> Compared:
    """The offers of so many bidders, who state in turn what the three of `STATED` do."""
    asked = specification(*items, scored=scored)
    names = tuple(
        BIDDERS[n] if bidders <= len(BIDDERS) else f"ผู้เสนอราคา {n + 1:02}" for n in range(bidders)
    )
    cells = {
        (item.id, one.id, name): _cell(item, one, name, n)
        for item, one in asked.clauses()
        for n, name in enumerate(names)
    }
    results = [_item(item, name, n, cells) for item in asked.items for n, name in enumerate(names)]
    offers = [_offer(asked, name, [r for r in results if r.bidder == name]) for name in names]
    passing = [one for one in offers if one.verdict == "pass"]
    told = "มีผลิตภัณฑ์ที่ตรงตามข้อกำหนดเพียง 1 ผลิตภัณฑ์"
    comparison = Comparison(
        specification=asked.sha256,
        bidders=names,
        cells=cells,
        items=tuple(results),
        offers=tuple(offers),
        concerns=(),
    )
    reason = "ได้เชิญชวนผู้มีอาชีพขายครบทุกรายแล้ว ราคาที่เสนอต่ำกว่าราคากลาง" if final else ""
    return Compared(
        purchase(asked, final=final, look=look),
        comparison,
        explained=((told, reason),) if len(passing) < 2 else (),
        winner=passing[0].bidder if final and passing else None,
    )


def _cell(item: Item, one: Criterion, name: str, n: int) -> Cell:
    stated, outcome, page = STATED[one.id][n % len(BIDDERS)]
    note = None
    if outcome == "unreadable":
        note = Text(th="อ่าน “10/100 1 ช่อง” ไม่ได้", en="cannot read “10/100 1 ช่อง”")
    return Cell(item.id, one.id, name, outcome, stated, page, note)


def _item(item: Item, name: str, n: int, cells: dict[tuple[str, str, str], Cell]) -> ItemResult:
    failing = tuple(
        one.id for one in item.criteria if cells[item.id, one.id, name].outcome not in PASSING
    )
    price = None if n == 1 and item.id == "switch" else item.price - 100 + 150 * (n % 3)
    return ItemResult(
        item=item.id,
        bidder=name,
        verdict="fail" if failing else "pass",
        brand="ยี่ห้อ " + "กขค"[n % 3],
        model=f"รุ่น {n + 1}A",
        price=price,
        over_ceiling=price is not None and price > item.price,
        failing=failing,
    )


def _offer(asked: Specification, name: str, results: Sequence[ItemResult]) -> OfferResult:
    passes = all(one.verdict == "pass" for one in results)
    prices = [
        one.price * item.quantity
        for one, item in zip(results, asked.items, strict=True)
        if one.price is not None
    ]
    return OfferResult(
        bidder=name,
        verdict="pass" if passes else "fail",
        total=sum(prices, Decimal(0)) if len(prices) == len(results) else None,
        score=Decimal("87.5") if passes and asked.award.rule == "price-performance" else None,
        place=1 if passes else None,
        reasons=() if passes else (Text(th="ไม่ตรงตามข้อกำหนดบังคับ", en="fails a mandatory clause"),),
    )


__all__ = ["ARABIC", "POINT", "SWITCH", "compared", "purchase", "specification"]
