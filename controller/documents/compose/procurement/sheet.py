"""The sheet of a specification (แบบการกำหนดคุณสมบัติ): items, prices, every clause, certificate."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import (
    Block,
    Document,
    Entries,
    Entry,
    Heading,
    Paragraph,
    Table,
    TableColumn,
)
from controller.documents.compose.paper import paper
from controller.documents.compose.procurement.purchase import Purchase, committee, ruling
from controller.documents.compose.wording import part, said
from controller.processes.case import Group
from controller.specs.specification import Item
from controller.thai import baht_text

TITLE = "แบบการกำหนดคุณสมบัติ"
_CERTIFIED = (
    "ขอรับรองว่าการกำหนดคุณลักษณะเฉพาะนี้คำนึงถึงคุณภาพ เทคนิค และวัตถุประสงค์ของการใช้งาน "
    "และมิได้กำหนดให้ใกล้เคียงกับยี่ห้อใดยี่ห้อหนึ่งหรือของผู้ขายรายใดรายหนึ่งโดยเฉพาะ "
    "ตามมาตรา 9 แห่งพระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560"
)
_EXEMPTED = (
    "มีความจำเป็นต้องระบุยี่ห้อ {brand} ตามข้อยกเว้นในมาตรา 9 "
    "แห่งพระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560 เนื่องจาก{reason}"
)
_MINIMUM = (
    "ราคาต่อหน่วยรวมภาษีมูลค่าเพิ่ม ค่าขนส่ง ค่าติดตั้ง และการรับประกันแล้ว "
    "คุณลักษณะที่กำหนดเป็นคุณลักษณะขั้นต่ำ ผู้เสนอราคาเสนอสูงกว่าได้"
)


def specification_sheet(purchase: Purchase) -> Document:
    """The whole sheet, marked as a draft until the director approved exactly this."""
    look = purchase.look
    blocks: tuple[Block, ...] = (
        Heading(TITLE, 1),
        Paragraph(
            f"{purchase.office.group_th}\n{purchase.office.name_th}", align="center", bold=False
        ),
        part(1, "ข้อมูลการจัดหา", look),
        *_matter(purchase),
        part(2, "รายการพัสดุและราคา", look),
        *price_table(purchase),
        *_sources(purchase),
        part(3, "รายละเอียดคุณลักษณะเฉพาะ", look),
        *(block for item in purchase.specification.items for block in _clauses(purchase, item)),
        part(4, "การรับรอง", look),
        *_certificate(purchase),
        *ruling(purchase),
        committee(purchase),
    )
    return paper(
        purchase.office,
        f"{TITLE} {purchase.specification.title}",
        purchase.day,
        blocks,
        look=look,
        foot=purchase.foot,
        mark=purchase.mark,
    )


def price_table(purchase: Purchase) -> Iterator[Block]:
    """Items with quantity and prices, the total in figures and in words."""
    look, specification = purchase.look, purchase.specification
    total = specification.reference_price
    yield Table(
        (
            TableColumn("ลำดับ", 4, "center"),
            TableColumn("รายการ", 18),
            TableColumn("จำนวน", 5, "right"),
            TableColumn("หน่วย", 5, "center"),
            TableColumn("ราคาต่อหน่วย\n(บาท)", 8, "right"),
            TableColumn("ราคารวม\n(บาท)", 9, "right"),
        ),
        tuple(
            (
                look.count(n),
                purchase.words.technical(item.th),
                look.count(item.quantity),
                item.unit,
                look.money(item.price),
                look.money(item.amount),
            )
            for n, item in enumerate(specification.items, start=1)
        ),
        ("", "", "", "", "รวมเป็นเงิน", look.money(total)),
    )
    yield Paragraph(f"รวมเป็นเงิน (ตัวอักษร) {baht_text(total)}", align="left", bold=True)


def heading_of(purchase: Purchase, item: Item) -> Heading:
    """`รายการที่ ๑ …  จำนวน ๔๐ เครื่อง`; without a number where there is one item."""
    items = purchase.specification.items
    number = f"รายการที่ {purchase.look.count(items.index(item) + 1)} " if len(items) > 1 else ""
    named = purchase.words.technical(item.th)
    return Heading(f"{number}{named} จำนวน {purchase.words.quantity(item)}", 3)


def _matter(purchase: Purchase) -> Iterator[Block]:
    specification, words = purchase.specification, purchase.words
    entries = [Entry("โครงการ/รายการจัดซื้อจัดจ้าง", words.technical(specification.title))]
    if specification.fund:
        entries.append(Entry("แหล่งเงิน/งบประมาณ", words.look.words(specification.fund)))
    entries += [
        Entry("วงเงินงบประมาณ", words.baht(specification.budget)),
        Entry("ราคากลาง", words.baht(specification.reference_price)),
    ]
    if purchase.case.group:
        entries.append(Entry("คำสั่งแต่งตั้งที่", _order(purchase, purchase.case.group)))
    yield Entries(tuple(entries))
    yield Paragraph("เหตุผลความจำเป็นและวัตถุประสงค์การใช้งาน", align="left", bold=True)
    yield from said(words.technical(specification.need))


def _order(purchase: Purchase, group: Group) -> str:
    look = purchase.look
    return f"{look.digits(group.order)} ลงวันที่ {look.day(group.dated)}"


def _sources(purchase: Purchase) -> Iterator[Block]:
    """Where each price comes from; once where all come from the same place."""
    words, items = purchase.words, purchase.specification.items
    yield Paragraph("ที่มาของราคากลาง", align="left", bold=True)
    for n, item in enumerate(items, start=1):
        number = f"รายการที่ {purchase.look.count(n)} " if len(items) > 1 else ""
        yield Paragraph(f"{number}{words.source(item)}", indent=True, align="left")
    yield Paragraph(_MINIMUM, align="left", small=True)


def _clauses(purchase: Purchase, item: Item) -> Iterator[Block]:
    words = purchase.words
    yield heading_of(purchase, item)
    yield Table(
        (
            TableColumn("ข้อ", 4, "center"),
            TableColumn("คุณลักษณะเฉพาะที่กำหนด", 20),
            TableColumn("เกณฑ์", 8, "center"),
            TableColumn("ที่มา/เหตุผล", 10),
        ),
        tuple(
            (
                words.clause(item.id, one.id),
                words.technical(one.text) + words.scored(one),
                words.asks(one),
                words.origin(one, item),
            )
            for one in item.criteria
        ),
    )


def _certificate(purchase: Purchase) -> Iterator[Block]:
    exemption, look = purchase.specification.exemption, purchase.look
    if exemption is None:
        text = look.words(_CERTIFIED)
    else:
        text = look.words(_EXEMPTED).replace("{brand}", exemption.brand)
        text = text.replace("{reason}", exemption.reason)
    yield Paragraph(text, indent=True)
    for code, reason in sorted(purchase.specification.accepted.items()):
        yield Paragraph(
            f"ข้อสังเกตที่รับไว้ ({code}): {purchase.words.technical(reason)}", align="left", small=True
        )
