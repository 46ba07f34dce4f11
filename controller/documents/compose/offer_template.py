"""The file a bidder fills in: prices, and a sheet of criteria for every item."""

from __future__ import annotations

import csv
import io

from controller.documents.entry_sheet import EntryColumn, EntryLine, EntrySheet
from controller.errors import Text
from controller.procurement.offer_layout import (
    BIDDER,
    FACTS,
    HEADINGS,
    ITEM_MARK,
    NOTE,
    OFFER_MARK,
    choices,
    expected,
)
from controller.specs.attribute import Attribute, attributes
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification

_PRICE_WIDTHS = {
    "clause": 8, "item": 16, "name": 40, "quantity": 10, "unit": 10, "brand": 24, "model": 28,
    "price": 24,
}  # fmt: skip
_ANSWER_WIDTHS = {
    "clause": 8, "criterion": 16, "text": 58, "expects": 22, "offered": 44, "page": 20,
}  # fmt: skip
_OPEN = {"brand", "model", "price", "offered", "page"}
_BOM = b"\xef\xbb\xbf"
_GUIDE = (
    "กรอกเฉพาะช่องสีเหลือง ช่องอื่นห้ามแก้ ห้ามเพิ่มหรือย้ายแถว และห้ามผสานเซลล์",
    "ตัวเลขให้เขียนพร้อมหน่วย เช่น 24 ช่อง, 10 Gbps, 16 GB ใช้เลขไทยได้ หลักพันคั่นด้วย , ได้",
    "เขียนค่าที่เสนอจริง ไม่ใช่ “ตรงตามข้อกำหนด” ข้อที่เว้นว่างถือว่าไม่ระบุ และไม่ถือว่าผ่าน",
    "“เอกสารอ้างอิง หน้า” คือหน้าของแคตตาล็อกหรือเอกสารที่ยืนยันค่าที่เสนอ",
    "ห้ามใส่สูตร ถ้าคัดลอกจากแฟ้มอื่นให้วางเป็นค่า",
)  # fmt: skip


def offer_template(specification: Specification, case: str) -> tuple[EntrySheet, ...]:
    """The sheets of the template; every one names the specification in its hidden first row."""
    known = attributes()
    return (
        _front(specification, case),
        *(
            _item_sheet(specification, index, item, known)
            for index, item in enumerate(specification.items, start=1)
        ),
    )


def offer_csv(specification: Specification) -> bytes:
    """The same to fill in as one table: CSV in UTF-8 with a byte order mark."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([OFFER_MARK, specification.sha256])
    writer.writerow([BIDDER.th, ""])
    writer.writerow([NOTE.th, ""])
    names = ("item", "criterion", "text", "offered", "page")
    writer.writerow([HEADINGS[name].th for name in names])
    for item in specification.items:
        for title in FACTS.values():
            writer.writerow([item.id, title.th, _inert(item.th), "", ""])
        for criterion in item.criteria:
            writer.writerow([item.id, criterion.id, _inert(criterion.text), "", ""])
    return _BOM + written.getvalue().encode()


def offer_yaml(specification: Specification) -> bytes:
    """The same to fill in as YAML, with every criterion's words as a comment."""
    lines = [
        f"# {_line(specification.title)}",
        f"specification: {specification.sha256}",
        f"bidder:  # {BIDDER.th}",
        "items:",
    ]
    for item in specification.items:
        lines += [
            f"  {_key(item.id)}:  # {_line(item.th)}",
            f"    brand:  # {HEADINGS['brand'].th}",
            f"    model:  # {HEADINGS['model'].th}",
            f"    price:  # {HEADINGS['price'].th}",
            "    answers:",
        ]
        for criterion in item.criteria:
            lines += [
                f"      # {_line(criterion.text)}",
                f'      {_key(criterion.id)}: {{text: "", page: ""}}',
            ]
    return ("\n".join(lines) + "\n").encode()


def _front(specification: Specification, case: str) -> EntrySheet:
    return EntrySheet(
        title="ข้อเสนอ",
        mark=(OFFER_MARK, specification.sha256),
        lines=(
            EntryLine(f"ข้อเสนอ: {_line(specification.title)}", bold=True),
            EntryLine(f"เรื่องเลขที่ {case}"),
            *(EntryLine(f"{number}. {words}") for number, words in enumerate(_GUIDE, start=1)),
            EntryLine(BIDDER.th, bold=True, at=4, field=5),
            EntryLine(NOTE.th, at=4, field=5),
            EntryLine(""),
        ),
        columns=_columns(_PRICE_WIDTHS),
        rows=tuple(
            (
                str(number), item.id, item.th, item.quantity, item.unit, None, None, None,
            )
            for number, item in enumerate(specification.items, start=1)
        ),
    )  # fmt: skip


def _item_sheet(
    specification: Specification, number: int, item: Item, known: dict[str, Attribute]
) -> EntrySheet:
    offered = list(_ANSWER_WIDTHS).index("offered")
    return EntrySheet(
        title=f"{number} {item.th}",
        mark=(ITEM_MARK, item.id, specification.sha256),
        lines=(
            EntryLine(f"รายการที่ {number} {_line(item.th)}", bold=True),
            EntryLine(f"จำนวน {item.quantity:,} {item.unit}"),
        ),
        columns=_columns(_ANSWER_WIDTHS),
        rows=tuple(
            (
                f"{number}.{place}", criterion.id, criterion.text,
                _asked(criterion, known.get(criterion.attribute)).th, None, None,
            )
            for place, criterion in enumerate(item.criteria, start=1)
        ),
        choices=tuple(
            (place, offered, listed)
            for place, criterion in enumerate(item.criteria)
            if (listed := choices(criterion, known.get(criterion.attribute)))
        ),
    )  # fmt: skip


def _asked(criterion: Criterion, attribute: Attribute | None) -> Text:
    """What is to be written; of a criterion that is scored also how many points it gives."""
    kind = expected(criterion, attribute)
    if criterion.weight is None:
        return kind
    points = f"{criterion.weight.normalize():f}"
    return Text(th=f"{kind.th} ({points} คะแนน)", en=f"{kind.en} ({points} points)")


def _columns(widths: dict[str, int]) -> tuple[EntryColumn, ...]:
    return tuple(
        EntryColumn(
            HEADINGS[name].th,
            width,
            open=name in _OPEN,
            kind="money" if name == "price" else "text",
        )
        for name, width in widths.items()
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _key(id_: str) -> str:
    """The id as a key of YAML: one of digits alone would be read as a number."""
    return (
        f'"{id_}"'
        if id_[:1].isdigit() or id_ in {"yes", "no", "on", "off", "null", "true"}
        else id_
    )


def _inert(cell: str) -> str:
    """The cell with an apostrophe before what Excel would take for a formula."""
    return f"'{cell}" if cell.lstrip()[:1] in {"=", "+", "-", "@"} else cell
