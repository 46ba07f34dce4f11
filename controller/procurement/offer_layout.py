"""How an offer is laid out in a table: marks, headings and labels, for who writes and who reads."""

from __future__ import annotations

from controller.errors import Text
from controller.inventory.register import plain
from controller.specs.attribute import Attribute
from controller.specs.criterion import Criterion
from controller.specs.units import UNITS

OFFER_MARK = "khaen-offer"
ITEM_MARK = "khaen-item"
"""First cell of a hidden row: the hash of the specification stands behind it, the item before."""

BIDDER = Text(th="ชื่อผู้เสนอราคา", en="Bidder")
NOTE = Text(th="หมายเหตุ", en="Note")

HEADINGS: dict[str, Text] = {
    "clause": Text(th="ข้อ", en="Clause"),
    "item": Text(th="รหัสรายการ", en="Item code"),
    "criterion": Text(th="รหัสข้อ", en="Criterion code"),
    "text": Text(th="คุณลักษณะที่กำหนด", en="Requirement"),
    "expects": Text(th="คำตอบที่ต้องการ", en="Answer"),
    "offered": Text(th="คุณลักษณะที่เสนอ", en="Offered"),
    "page": Text(th="เอกสารอ้างอิง หน้า", en="Document page"),
    "name": Text(th="รายการ", en="Item"),
    "quantity": Text(th="จำนวน", en="Quantity"),
    "unit": Text(th="หน่วยนับ", en="Unit"),
    "brand": Text(th="ยี่ห้อ", en="Brand"),
    "model": Text(th="รุ่น", en="Model"),
    "price": Text(th="ราคาต่อหน่วย (บาท รวมภาษีมูลค่าเพิ่ม)", en="Price of one (baht, VAT included)"),
}
"""What the columns are called."""

ANSWER_COLUMNS = ("criterion", "offered")
PRICE_COLUMNS = ("item", "brand", "model", "price")
"""Columns a table cannot be read without."""

FACTS: dict[str, Text] = {name: HEADINGS[name] for name in ("brand", "model", "price")}
"""What a CSV file states of an item beside its criteria, in rows with these words for a code."""

_ALSO = {
    "criterion": ("รหัส", "code"),
    "text": ("ข้อกำหนด", "คุณลักษณะ"),
    "expects": ("หน่วย",),
    "offered": ("ค่าที่เสนอ", "ที่เสนอ", "offer"),
    "page": ("หน้า", "เอกสารอ้างอิง", "หน้าเอกสารอ้างอิง", "page"),
    "price": ("ราคา", "ราคาต่อหน่วย", "ราคาต่อหน่วย (บาท)", "price"),
}
SPELLED = {
    plain(word): name
    for name, title in HEADINGS.items()
    for word in (*title.both, name, *_ALSO.get(name, ()))
    if not (name == "name" and word == title.en) and not (name == "unit" and word == "หน่วย")
}
"""Spelled plainly -> the column."""

FACT_WORDS = {
    plain(word): name
    for name, words in {
        "brand": ("ยี่ห้อ",), "model": ("รุ่น",), "price": (HEADINGS["price"].th, "ราคา", "ราคาต่อหน่วย"),
    }.items()
    for word in words
}  # fmt: skip
"""Thai words alone: a criterion may have the id `brand`."""

YES_NO = ("มี", "ไม่มี")


def expected(criterion: Criterion, attribute: Attribute | None) -> Text:
    """What kind of answer is asked for: a number with its unit, yes or no, one of the levels."""
    if attribute is None or criterion.operator == "judged":
        return Text(th="ข้อความ", en="words")
    if attribute.kind == "amount":
        unit = UNITS[criterion.unit or attribute.unit].title
        return Text(th=f"ตัวเลขพร้อมหน่วย ({unit.th})", en=f"number with unit ({unit.en})")
    if attribute.kind == "yes-no":
        return Text(th="มี หรือ ไม่มี", en="yes or no")
    if attribute.kind == "level":
        return Text(th="ระดับหรือมาตรฐาน", en="level or standard")
    if attribute.kind == "set":
        return Text(th="ทุกอย่างที่รองรับ คั่นด้วย ,", en="all of them, separated by ,")
    return Text(th="ข้อความ", en="words")


def choices(criterion: Criterion, attribute: Attribute | None) -> tuple[str, ...]:
    """What may be chosen from a list; nothing where the answer has to be written."""
    if attribute is None or criterion.operator == "judged":
        return ()
    if attribute.kind == "yes-no":
        return YES_NO
    names = tuple(spellings[0] for spellings in attribute.levels)
    # Excel takes a list of no more letters, and parts it at commas.
    fits = len(",".join(names)) <= 250 and not any("," in name or '"' in name for name in names)
    return names if fits else ()
