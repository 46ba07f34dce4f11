"""A small specification, its template, and hands that fill it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from controller.documents.compose.offer_template import offer_template
from controller.documents.entry_workbook import render_entry
from controller.documents.reading import read_grids
from controller.procurement.offer_sheet import ReadOffer, read_offer_grids
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification

CASE = "2569-2.4-0001"
BIDDER = "ผู้เสนอราคา ก"
SPECIFICATION = Specification(
    title="จัดซื้ออุปกรณ์กระจายสัญญาณ",
    fund="เงินงบประมาณ",
    budget=Decimal(500_000),
    need="ทดแทนของเดิม",
    # Of what the sample office knows of models; nobody asked the market for this one.
    accepted=dict.fromkeys(
        (
            *(
                f"sole-criterion:access-point/{criterion}"
                for criterion in ("wifi", "wpa", "ports", "web")
            ),
            "few-models:access-point", "few-models:switch", "weights-unused:award",
        ),
        "สืบจากผู้ขายแล้วมีหลายราย",
    ),
    items=(
        Item(
            id="access-point",
            th="อุปกรณ์กระจายสัญญาณไร้สาย (Access Point) แบบที่ 2",
            kind="access-point",
            quantity=40,
            price=Decimal(9000),
            price_source="สืบราคา",
            criteria=(
                Criterion(
                    id="wifi", text="มาตรฐาน IEEE 802.11ax หรือดีกว่า", attribute="wifi",
                    operator="at-least", value="IEEE 802.11ax",
                ),
                Criterion(
                    id="wpa", text="เข้ารหัส WPA2 และ WPA3 ได้", attribute="wpa",
                    operator="includes", value=("WPA2", "WPA3"),
                ),
                Criterion(
                    id="ports", text="ช่อง 10/100/1000 Base-T ไม่น้อยกว่า 1 ช่อง", attribute="ports_1g",
                    operator="at-least", value=1, unit="port",
                ),
                Criterion(
                    id="web", text="บริหารจัดการผ่าน Web Browser ได้", attribute="web_management",
                    operator="is", value=True,
                ),
            ),
        ),
        Item(
            id="switch",
            th="อุปกรณ์กระจายสัญญาณ 24 ช่อง",
            kind="switch",
            quantity=4,
            price=Decimal(20_000),
            price_source="สืบราคา",
            criteria=(
                Criterion(
                    id="ports", text="ช่อง 10/100/1000 Base-T ไม่น้อยกว่า 24 ช่อง", attribute="ports_1g",
                    operator="at-least", value=24, unit="port",
                ),
                Criterion(id="training", text="=อบรมผู้ดูแล 1 วัน", weight=Decimal(20)),
            ),
        ),
    ),
)  # fmt: skip

FRONT, POINTS, SWITCHES = 0, 1, 2
OFFERED, PAGE = 5, 6
ANSWERS: Mapping[tuple[int, str], tuple[Any, str]] = {
    (POINTS, "wifi"): ("IEEE 802.11ax", "3"),
    (POINTS, "wpa"): ("WPA2, WPA3", "3"),
    (POINTS, "ports"): ("๑ ช่อง", "4"),
    (POINTS, "web"): ("มี", ""),
    (SWITCHES, "ports"): (24, "12"),
    (SWITCHES, "training"): ("อบรม 1 วัน", "20"),
}
PRICES: Mapping[str, tuple[str, str, Any]] = {
    "access-point": ("ยี่ห้อ ก", "รุ่น ก-6", 8900),
    "switch": ("ยี่ห้อ ก", "รุ่น ก-24", "๑๙,๕๐๐.๕๐"),
}
YAML = f"""specification: {SPECIFICATION.sha256}
bidder: ผู้เสนอราคา ข
items:
  switch:
    brand: ยี่ห้อ ข
    price: 18500.50
    answers:
      ports: 24
      training: {{text: อบรม, page: 12-13}}
"""
Spoil = Callable[[Workbook], None]


def template() -> bytes:
    """The template as XLSX."""
    return render_entry(offer_template(SPECIFICATION, CASE))


def row_of(page: Any, column: int, code: str) -> int:
    """The row in which a column holds a code."""
    return next(r for r in range(1, page.max_row + 1) if page.cell(r, column).value == code)


def filled(
    spoil: Spoil | None = None,
    *,
    bidder: str = BIDDER,
    answers: Mapping[tuple[int, str], tuple[Any, str]] = ANSWERS,
    prices: Mapping[str, tuple[str, str, Any]] = PRICES,
    form: bytes | None = None,
) -> bytes:
    """The template filled in as a bidder does with Excel, and then spoiled."""
    book = load_workbook(BytesIO(form or template()))
    pages = book.worksheets
    label = row_of(pages[FRONT], 5, "ชื่อผู้เสนอราคา")
    pages[FRONT].cell(label, 6).value = bidder
    for item, values in prices.items():
        row = row_of(pages[FRONT], 2, item)
        for column, value in zip((6, 7, 8), values, strict=True):
            pages[FRONT].cell(row, column).value = value
    for (page, code), (offered, where) in answers.items():
        row = row_of(pages[page], 2, code)
        pages[page].cell(row, OFFERED).value = offered
        pages[page].cell(row, PAGE).value = where or None
    if spoil is not None:
        spoil(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def read(content: bytes) -> ReadOffer:
    """What is read of a file."""
    return read_offer_grids(read_grids(content), SPECIFICATION)
