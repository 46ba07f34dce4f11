"""The terms of reference (ขอบเขตของงาน) under the ten headings of letter ว 159 of 20 March 2566."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from controller.documents.blocks import Block, Document, Heading, Paragraph, Table, TableColumn
from controller.documents.compose.paper import paper
from controller.documents.compose.procurement.purchase import Purchase, committee, ruling
from controller.documents.compose.procurement.sheet import heading_of
from controller.documents.compose.procurement.standing_terms import PAYMENT, TO_SUBMIT
from controller.documents.compose.wording import part, said
from controller.procurement.drafting import usual_terms

TITLE = "ร่างขอบเขตของงาน"
FINAL_TITLE = "ขอบเขตของงาน"
_SUBTITLE = "(Terms of Reference: TOR)"
_WHOLE = "ซึ่งรวมภาษีมูลค่าเพิ่มและค่าใช้จ่ายทั้งปวงแล้ว"
_FAIR = "ข้อกำหนดที่ผู้ยื่นข้อเสนอไม่ได้ระบุคุณลักษณะที่เสนอไว้ ถือว่าไม่ตรงตามข้อกำหนด"


def terms_of_reference(purchase: Purchase) -> Document:
    """The whole TOR, marked as a draft until the director approved exactly this specification."""
    title = FINAL_TITLE if purchase.final else TITLE
    chapters = (
        block
        for number, (heading, chapter) in enumerate(_CHAPTERS, start=1)
        for block in (part(number, heading, purchase.look), *chapter(purchase, number))
    )
    return paper(
        purchase.office,
        f"{title} {purchase.specification.title}",
        purchase.day,
        (
            Heading(f"{title}\n{_SUBTITLE}", 1),
            Paragraph(
                f"{purchase.words.technical(purchase.specification.title)}\n{purchase.office.name_th}",
                align="center",
            ),
            *chapters,
            *ruling(purchase),
            committee(purchase),
            *_places(purchase),
        ),
        look=purchase.look,
        foot=purchase.foot,
        mark=purchase.mark,
    )


def _numbered(purchase: Purchase, number: int | str, lines: Iterable[str]) -> Iterator[Paragraph]:
    for n, line in enumerate(lines, start=1):
        mark = purchase.look.digits(f"{number}.{n}")
        yield Paragraph(f"{mark} {purchase.words.technical(line)}", indent=True)


def _background(purchase: Purchase, _: int) -> Iterator[Block]:
    specification = purchase.specification
    yield from said(purchase.words.technical(specification.terms.background or specification.need))


def _objectives(purchase: Purchase, number: int) -> Iterator[Block]:
    given = purchase.specification.terms.objectives or usual_terms().objectives
    yield from _numbered(purchase, number, given)


def _bidders(purchase: Purchase, number: int) -> Iterator[Block]:
    yield from _numbered(
        purchase, number, purchase.specification.terms.bidders or usual_terms().bidders
    )


def _scope(purchase: Purchase, number: int) -> Iterator[Block]:
    """What is bought, every clause, what is done beside it, what comes with an offer."""
    look, specification = purchase.look, purchase.specification
    yield Heading(f"{look.digits(f'{number}.1')} รายการพัสดุ", 3)
    yield Table(
        (
            TableColumn("ลำดับ", 3, "center"),
            TableColumn("รายการ", 22),
            TableColumn("จำนวน", 4, "right"),
            TableColumn("หน่วย", 4, "center"),
        ),
        tuple(
            (look.count(n), purchase.words.technical(item.th), look.count(item.quantity), item.unit)
            for n, item in enumerate(specification.items, start=1)
        ),
    )
    yield Heading(f"{look.digits(f'{number}.2')} รายละเอียดคุณลักษณะเฉพาะ", 3)
    for item in specification.items:
        yield heading_of(purchase, item)
        for one in item.criteria:
            clause = purchase.words.clause(item.id, one.id)
            text = purchase.words.technical(one.text) + purchase.words.scored(one)
            yield Paragraph(f"({clause}) {text}", indent=True, align="left")
    yield Heading(f"{look.digits(f'{number}.3')} การติดตั้ง การอบรม และเอกสารประกอบ", 3)
    yield from _numbered(purchase, f"{number}.3", specification.terms.work or usual_terms().work)
    yield Heading(f"{look.digits(f'{number}.4')} เอกสารที่ต้องยื่นพร้อมข้อเสนอ", 3)
    yield from _numbered(purchase, f"{number}.4", TO_SUBMIT)


def _delivery(purchase: Purchase, _: int) -> Iterator[Block]:
    terms, look = purchase.specification.terms, purchase.look
    place = terms.delivery_place.strip()
    if not place:
        several = any(item.places for item in purchase.specification.items)
        place = "สถานที่ตามบัญชีแนบท้าย" if several else purchase.office.name_th
    yield Paragraph(
        f"ผู้ขายต้องส่งมอบพัสดุให้ครบถ้วนภายใน {look.count(terms.delivery_days)} วัน "
        f"นับถัดจากวันลงนามในสัญญา ณ {purchase.words.technical(place)}",
        indent=True,
    )


def _award(purchase: Purchase, number: int) -> Iterator[Block]:
    award, words = purchase.specification.award, purchase.words
    if award.rule == "price":
        yield from _numbered(
            purchase,
            number,
            (
                (
                    "พิจารณาโดยใช้เกณฑ์ราคา จากผู้ยื่นข้อเสนอที่พัสดุทุกรายการตรงตามข้อกำหนดในข้อ 4 ทุกข้อ "
                    "โดยคัดเลือกผู้เสนอราคารวมต่ำสุด"
                ),
                _FAIR,
            ),
        )
        return
    yield from _numbered(
        purchase,
        number,
        (
            (
                "พิจารณาโดยใช้เกณฑ์ราคาประกอบเกณฑ์อื่น จากผู้ยื่นข้อเสนอที่พัสดุทุกรายการตรงตามข้อกำหนดบังคับในข้อ 4 "
                "โดยคัดเลือกผู้ได้คะแนนรวมสูงสุด ตามน้ำหนักในตาราง"
            ),
            (
                f"ข้อที่ให้คะแนน ได้คะแนนเต็มเมื่อเสนอดีกว่าข้อกำหนด และได้ร้อยละ "
                f"{award.as_asked_percent:f} ของคะแนนเมื่อเสนอเท่ากับข้อกำหนดที่มีดีกว่าได้"
            ),
            "คะแนนราคาเท่ากับน้ำหนักของราคา คูณราคารวมต่ำสุดของผู้ยื่นข้อเสนอที่ตรงตามข้อกำหนด หารด้วยราคารวมที่เสนอ",
            _FAIR,
        ),
    )
    weights = [("ราคารวมที่เสนอ", award.price_weight or Decimal(0))]
    for item, one in purchase.specification.clauses():
        if one.weight is not None:
            clause = words.clause(item.id, one.id)
            weights.append((f"ข้อ {clause} {words.technical(one.text)}", one.weight))
    total = sum((weight for _, weight in weights), start=Decimal(0))
    yield Table(
        (TableColumn("เกณฑ์", 24), TableColumn("น้ำหนัก (คะแนน)", 6, "right")),
        tuple((name, words.points(weight)) for name, weight in weights),
        ("รวม", words.points(total)),
    )


def _budget(purchase: Purchase, number: int) -> Iterator[Block]:
    specification, words = purchase.specification, purchase.words
    fund = f" จาก{specification.fund}" if specification.fund else ""
    yield from _numbered(
        purchase,
        number,
        (
            f"วงเงินงบประมาณ {words.baht(specification.budget)}{fund}",
            f"ราคากลาง {words.baht(specification.reference_price)} {_WHOLE}",
        ),
    )


def _payment(purchase: Purchase, number: int) -> Iterator[Block]:
    given = purchase.specification.terms.payment
    if given:
        yield from _numbered(purchase, number, given)
    else:
        yield Paragraph(purchase.words.technical(PAYMENT), indent=True)


def _penalty(purchase: Purchase, _: int) -> Iterator[Block]:
    percent = purchase.look.digits(f"{purchase.specification.terms.penalty_percent:.2f}")
    yield Paragraph(
        f"กรณีส่งมอบล่าช้า ผู้ขายต้องชำระค่าปรับเป็นรายวันในอัตราร้อยละ {percent} "
        "ของราคาพัสดุที่ยังไม่ได้รับมอบ นับถัดจากวันครบกำหนดส่งมอบจนถึงวันที่ส่งมอบถูกต้องครบถ้วน",
        indent=True,
    )


def _warranty(purchase: Purchase, _: int) -> Iterator[Block]:
    terms, words = purchase.specification.terms, purchase.words
    yield Paragraph(
        f"ผู้ขายต้องรับประกันความชำรุดบกพร่องไม่น้อยกว่า {words.points(terms.warranty_years)} ปี "
        "นับถัดจากวันที่ตรวจรับพัสดุไว้ถูกต้องครบถ้วน หากชำรุดบกพร่องเนื่องจากการใช้งานตามปกติ "
        "ต้องซ่อมแซมแก้ไขหรือเปลี่ยนให้ใช้การได้ดีดังเดิมภายใน "
        f"{purchase.look.count(terms.repair_days)} วัน นับถัดจากวันที่ได้รับแจ้ง โดยไม่คิดค่าใช้จ่าย",
        indent=True,
    )


def _places(purchase: Purchase) -> Iterator[Block]:
    """Where everything goes: an annex, only where the specification says so."""
    look, items = purchase.look, purchase.specification.items
    rows = [
        (purchase.site(place.site), purchase.words.technical(item.th), place.quantity, item.unit)
        for item in items
        for place in item.places
    ]
    if not rows:
        return
    yield Heading("บัญชีแนบท้าย สถานที่ส่งมอบและติดตั้ง", 2)
    yield Table(
        (
            TableColumn("ลำดับ", 3, "center"),
            TableColumn("สถานที่", 13),
            TableColumn("รายการ", 15),
            TableColumn("จำนวน", 4, "right"),
            TableColumn("หน่วย", 4, "center"),
        ),
        tuple(
            (look.count(n), site, name, look.count(quantity), unit)
            for n, (site, name, quantity, unit) in enumerate(rows, start=1)
        ),
        ("", "", "รวม", look.count(sum(row[2] for row in rows)), ""),
    )


_CHAPTERS: tuple[tuple[str, Callable[[Purchase, int], Iterator[Block]]], ...] = (
    ("ความเป็นมา", _background),
    ("วัตถุประสงค์", _objectives),
    ("คุณสมบัติของผู้ยื่นข้อเสนอ", _bidders),
    ("ขอบเขตของงานหรือรายละเอียดคุณลักษณะเฉพาะของพัสดุ", _scope),
    ("กำหนดเวลาส่งมอบพัสดุ", _delivery),
    ("หลักเกณฑ์ในการพิจารณาคัดเลือกข้อเสนอ", _award),
    ("วงเงินงบประมาณในการจัดหา", _budget),
    ("งวดงานและการจ่ายเงิน", _payment),
    ("อัตราค่าปรับ", _penalty),
    ("ระยะเวลารับประกันความชำรุดบกพร่อง", _warranty),
)
"""The ten headings, in the letter's order."""
