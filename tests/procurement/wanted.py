"""A small office's baselines, and a specification drafted from them that the lint likes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from controller.inventory.asset import Asset
from controller.procurement.drafting import Wanted, draft
from controller.procurement.known import Known
from controller.procurement.lint import lint
from controller.specs.baseline import Baseline, Baselines, Edition
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Place, Specification

TODAY = date(2026, 11, 28)
ISSUER = "กระทรวงตัวอย่าง"


def edition(id_: str, announced: date, **fields: Any) -> Edition:
    """An edition of the one issuer."""
    values = {"th": id_, "en": id_, "issuer": ISSUER, "status": "checked", **fields}
    return Edition(id=id_, announced=announced, **values)


WIFI = Criterion(
    id="wifi",
    text="รองรับมาตรฐาน IEEE 802.11ax",
    attribute="wifi",
    operator="at-least",
    value="802.11ax",
)
WPA = Criterion(
    id="wpa",
    text="รองรับ WPA2 และ WPA3",
    attribute="wpa",
    operator="includes",
    value=("WPA2", "WPA3"),
)
PORTS = Criterion(
    id="ports",
    text="มีช่อง 10/100/1000 Base-T จำนวนไม่น้อยกว่า 1 ช่อง",
    attribute="ports_1g",
    operator="at-least",
    value=1,
    unit="port",
)
LOOKS = Criterion(id="case", text="ตัวเครื่องแข็งแรง ติดตั้งบนผนังหรือเพดานได้")
POINT = Baseline(
    id="access-point-2",
    edition="ed-2568",
    kind="access-point",
    th="อุปกรณ์กระจายสัญญาณไร้สาย แบบที่ 2",
    en="Access point 2",
    ceiling=Decimal(22000),
    criteria=(WIFI, WPA, PORTS, LOOKS),
)
POE = Baseline(
    id="poe-24",
    edition="office-2569",
    kind="switch",
    th="สวิตช์ 24 ช่องจ่ายไฟ",
    en="PoE switch",
    criteria=(PORTS,),
)
EDITIONS = (
    edition("ed-2568", date(2025, 12, 1)),
    edition("office-2569", date(2026, 1, 5), issuer="สำนักงาน"),
)
BASELINES = Baselines(editions=EDITIONS, baselines=(POINT, POE))


def specification(**fields: Any) -> Specification:
    """Two access points for one school, within budget and ceiling."""
    drafted = draft(
        [Wanted("access-point", 2, (Place(site="school-a", quantity=2),))],
        BASELINES,
        TODAY,
        need="สัญญาณไร้สายไม่ครอบคลุมห้องเรียน",
        title="จัดซื้ออุปกรณ์กระจายสัญญาณไร้สาย",
        fund="งบดำเนินงาน",
    )
    return Specification.model_validate({**drafted.model_dump(), **fields})


def with_item(**fields: Any) -> Specification:
    """The same, its item changed."""
    whole = specification()
    changed = Item.model_validate({**whole.items[0].model_dump(), **fields})
    return Specification.model_validate(
        {**whole.model_dump(), "items": [changed], "budget": max(whole.budget, changed.amount)}
    )


def with_criteria(*criteria: Criterion, **fields: Any) -> Specification:
    """The same, asking for these."""
    return with_item(criteria=[c.model_dump() for c in criteria], **fields)


def asset(number: str, **fields: Any) -> Asset:
    """An access point of the school, nine years old."""
    values: dict[str, Any] = {
        "site": "school-a",
        "kind": "access-point",
        "brand": "",
        "model": "",
        "serial": "",
        "acquired": date(2017, 5, 1),
        "price": 0,
        "room": "",
        "state": "in-use",
        "note": "",
    }
    return Asset(number=number, **{**values, **fields})


def remarks(whole: Specification, **known: Any) -> dict[str, str]:
    """key -> severity of the remarks of an office that knows this."""
    values = {"today": TODAY, "baselines": BASELINES, "meets": lambda _c, _m: "met", **known}
    return {remark.key: remark.severity for remark in lint(whole, Known(**values))}
