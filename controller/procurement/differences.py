"""What differs between two specifications, for who approved the one and reads the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from controller.errors import Text
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification

What = Literal["added", "removed", "changed"]
WHAT: dict[What, Text] = {
    "added": Text(th="เพิ่ม", en="added"),
    "removed": Text(th="ตัดออก", en="removed"),
    "changed": Text(th="แก้ไข", en="changed"),
}


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same; `before` and `after` in words, empty where there is none."""

    what: What
    about: str
    title: Text
    before: str = ""
    after: str = ""


_WHOLE = {
    "title": Text(th="ชื่อเรื่อง", en="Title"),
    "fund": Text(th="แหล่งเงิน", en="Source of money"),
    "budget": Text(th="วงเงิน", en="Budget"),
    "need": Text(th="เหตุผลความจำเป็น", en="Need"),
    "award": Text(th="หลักเกณฑ์การพิจารณา", en="How the winner is found"),
    "exemption": Text(th="ข้อยกเว้นมาตรา 9", en="Exception of section 9"),
    "accepted": Text(th="เหตุผลต่อข้อสังเกต", en="Reasons for remarks"),
}
TERM_TITLES = {
    "background": Text(th="ความเป็นมา", en="Background"),
    "objectives": Text(th="วัตถุประสงค์", en="Objectives"),
    "bidders": Text(th="คุณสมบัติผู้ยื่นข้อเสนอ", en="Qualifications of bidders"),
    "work": Text(th="ขอบเขตของงาน", en="Scope of work"),
    "delivery_days": Text(th="กำหนดส่งมอบ (วัน)", en="Delivery (days)"),
    "delivery_place": Text(th="สถานที่ส่งมอบ", en="Place of delivery"),
    "payment": Text(th="การจ่ายเงิน", en="Payment"),
    "penalty_percent": Text(th="ค่าปรับต่อวัน (ร้อยละ)", en="Penalty a day (percent)"),
    "warranty_years": Text(th="รับประกัน (ปี)", en="Warranty (years)"),
    "repair_days": Text(th="ซ่อมภายใน (วัน)", en="Repair within (days)"),
}
_ITEM = {
    "th": Text(th="ชื่อรายการ", en="Name"),
    "kind": Text(th="ชนิด", en="Kind"),
    "unit": Text(th="หน่วย", en="Unit"),
    "quantity": Text(th="จำนวน", en="Quantity"),
    "price": Text(th="ราคาต่อหน่วย", en="Price of one"),
    "price_source": Text(th="ที่มาของราคา", en="Source of the price"),
    "baseline": Text(th="เกณฑ์พื้นฐาน", en="Baseline"),
    "places": Text(th="หน่วยงานที่ใช้", en="Places"),
}


def differences(before: Specification, after: Specification) -> tuple[Difference, ...]:
    """Everything that differs, in the order it is printed; what was removed after what is there."""
    return (
        *_fields("", before, after, _WHOLE),
        *_items(before, after),
        *_fields("terms", before.terms, after.terms, TERM_TITLES),
    )


def _items(before: Specification, after: Specification) -> Iterator[Difference]:
    for item in after.items:
        old = before.item(item.id)
        if old is None:
            yield Difference("added", item.id, _named(item), after=_told(item))
        else:
            yield from _fields(item.id, old, item, _ITEM, of=item.th)
            yield from _criteria(old, item)
    for item in before.items:
        if after.item(item.id) is None:
            yield Difference("removed", item.id, _named(item), before=_told(item))
    kept = [item.id for item in after.items if before.item(item.id)]
    if kept != [item.id for item in before.items if after.item(item.id)]:
        yield Difference("changed", "items", Text(th="ลำดับรายการ", en="Order of items"))


def _criteria(before: Item, after: Item) -> Iterator[Difference]:
    for number, criterion in enumerate(after.criteria, 1):
        old = before.criterion(criterion.id)
        if old == criterion:
            continue
        what: What = "added" if old is None else "changed"
        earlier = _asked(old) if old else ""
        title = _clause(after, number)
        yield Difference(what, f"{after.id}/{criterion.id}", title, earlier, _asked(criterion))
    for number, criterion in enumerate(before.criteria, 1):
        if after.criterion(criterion.id) is None:
            about = f"{after.id}/{criterion.id}"
            yield Difference("removed", about, _clause(before, number), _asked(criterion))
    kept = [c.id for c in after.criteria if before.criterion(c.id)]
    if kept != [c.id for c in before.criteria if after.criterion(c.id)]:
        title = Text(th=f"{after.th}: ลำดับข้อกำหนด", en=f"{after.id}: order of criteria")
        yield Difference("changed", after.id, title)


def _fields(
    about: str, before: Any, after: Any, names: dict[str, Text], *, of: str = ""
) -> Iterator[Difference]:
    for name, title in names.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            where = "/".join(part for part in (about, name) if part) if not of else about
            told = Text(th=f"{of}: {title.th}", en=f"{about}: {title.en}") if of else title
            yield Difference("changed", where, told, in_words(old), in_words(new))


def in_words(value: Any) -> str:
    """A value as a reader is shown it, lists line by line."""
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, dict):
        return "\n".join(f"{key}: {in_words(told)}" for key, told in value.items())
    if isinstance(value, tuple | list):
        return "\n".join(in_words(one) for one in value)
    if hasattr(value, "model_dump"):
        told = value.model_dump(exclude_defaults=True)
        return " · ".join(in_words(one).replace("\n", ", ") for one in told.values())
    return str(value)


def _asked(criterion: Criterion) -> str:
    """A criterion in one text: its words, what is compared, its points and why."""
    value = criterion.value
    words = ", ".join(value) if isinstance(value, tuple) else str(value)
    parts = [criterion.text]
    if criterion.operator != "judged":
        asked = f"{criterion.attribute} {criterion.operator} {words} {criterion.unit}"
        parts.append(f"[{asked.strip()}]")
    if criterion.weight is not None:
        parts.append(f"({criterion.weight} คะแนน)")
    if not criterion.mandatory:
        parts.append("(ไม่บังคับ)")
    if criterion.reason:
        parts.append(f"— {criterion.reason}")
    return " ".join(parts)


def _named(item: Item) -> Text:
    return Text(th=f"รายการ {item.th}", en=f"Item {item.id}")


def _told(item: Item) -> str:
    return f"{item.th} {item.quantity} {item.unit} × {item.price:,f} บาท"


def _clause(item: Item, number: int) -> Text:
    return Text(th=f"{item.th}: ข้อ {number}", en=f"{item.id}: criterion {number}")
