"""A specification and a comparison as sheets: amounts stay numbers, to be counted on."""

from __future__ import annotations

from dataclasses import replace

from controller.documents.compose.look import Look
from controller.documents.compose.procurement.compared import Compared
from controller.documents.compose.procurement.purchase import Purchase
from controller.documents.sheet import Sheet, SheetColumn, Value
from controller.procurement.comparison import OUTCOMES, VERDICTS
from controller.specs.specification import Item

_NUMBER = SheetColumn("ลำดับ", "integer", 7)
_STATES = {True: "ฉบับที่อนุมัติหรือสรุปผลแล้ว", False: "ร่าง"}


def price_sheets(purchase: Purchase) -> tuple[Sheet, ...]:
    """The price table, every clause, and where everything goes."""
    plain = _plain(purchase)
    sheets = [_prices(plain), _clauses(plain)]
    if any(item.places for item in plain.specification.items):
        sheets.append(_places(plain))
    return (*sheets, _about(plain))


def comparison_sheets(compared: Compared) -> tuple[Sheet, ...]:
    """The verdicts, the prices, every clause of every bidder, the concerns, what was read how."""
    plain = replace(compared, purchase=_plain(compared.purchase))
    return (
        _verdicts(plain),
        _offered(plain),
        *(_grid(plain, item) for item in plain.items),
        _concerns(plain),
        _remarks(plain),
        _about(plain.purchase),
    )


def _plain(purchase: Purchase) -> Purchase:
    """Words of a sheet stand with 0-9; its numbers get their digits from their format."""
    return replace(purchase, look=Look(thai_digits=False))


def _prices(purchase: Purchase) -> Sheet:
    words = purchase.words
    return Sheet(
        "ราคา",
        (
            _NUMBER,
            SheetColumn("รายการ", width=44),
            SheetColumn("จำนวน", "integer", 9),
            SheetColumn("หน่วย", width=12),
            SheetColumn("ราคาต่อหน่วย (บาท)", "money", 16),
            SheetColumn("ราคารวม (บาท)", "money", 18),
            SheetColumn("ที่มาของราคา", width=52),
        ),
        tuple(
            (n, item.th, item.quantity, item.unit, item.price, item.amount, words.source(item))
            for n, item in enumerate(purchase.specification.items, start=1)
        ),
        (None, "รวม", None, None, None, purchase.specification.reference_price),
    )


def _clauses(purchase: Purchase) -> Sheet:
    words = purchase.words
    return Sheet(
        "คุณลักษณะเฉพาะ",
        (
            SheetColumn("รายการ", width=30),
            SheetColumn("ข้อ", width=8),
            SheetColumn("คุณลักษณะเฉพาะที่กำหนด", width=60),
            SheetColumn("เกณฑ์", width=20),
            SheetColumn("บังคับ", width=9),
            SheetColumn("คะแนน", "decimal", 9),
            SheetColumn("ที่มา/เหตุผล", width=34),
        ),
        tuple(
            (
                item.th,
                words.clause(item.id, one.id),
                one.text,
                words.asks(one),
                "ใช่" if one.mandatory else "ไม่",
                one.weight,
                words.origin(one, item),
            )
            for item, one in purchase.specification.clauses()
        ),
    )


def _places(purchase: Purchase) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (purchase.site(place.site), item.th, place.quantity, ", ".join(place.replaces))
        for item in purchase.specification.items
        for place in item.places
    ]
    return Sheet(
        "สถานที่",
        (
            _NUMBER,
            SheetColumn("สถานที่", width=36),
            SheetColumn("รายการ", width=40),
            SheetColumn("จำนวน", "integer", 9),
            SheetColumn("ทดแทนเลขครุภัณฑ์", width=44),
        ),
        tuple((n, *row) for n, row in enumerate(rows, start=1)),
        (
            None,
            "รวม",
            None,
            sum(p.quantity for i in purchase.specification.items for p in i.places),
        ),
    )


def _verdicts(compared: Compared) -> Sheet:
    offers = sorted(compared.comparison.offers, key=lambda one: one.bidder)
    return Sheet(
        "ผลการพิจารณา",
        (
            SheetColumn("รายที่", "integer", 7),
            SheetColumn("ผู้เสนอราคา", width=34),
            SheetColumn("ผลการพิจารณา", width=22),
            SheetColumn("ราคารวม (บาท)", "money", 18),
            SheetColumn("คะแนน", "decimal", 10),
            SheetColumn("ลำดับ", "integer", 8),
            SheetColumn("เหตุผล", width=60),
        ),
        tuple(
            (
                n,
                one.bidder,
                VERDICTS[one.verdict].th,
                one.total,
                one.score,
                one.place,
                "\n".join(reason.th for reason in one.reasons),
            )
            for n, one in enumerate(offers, start=1)
        ),
    )


def _offered(compared: Compared) -> Sheet:
    """A row for each item of each bidder, amounts as numbers."""
    rows: list[tuple[Value, ...]] = []
    for item in compared.items:
        for bidder in compared.comparison.bidders:
            one = compared.result(item, bidder)
            whole = one.price * item.quantity if one.price is not None else None
            verdict = VERDICTS[one.verdict].th
            product = (one.brand, one.model, item.quantity, item.unit)
            prices = (item.price, one.price, whole, "ใช่" if one.over_ceiling else None)
            rows.append((item.th, bidder, *product, *prices, verdict, compared.clauses(one)))
    return Sheet(
        "ราคาที่เสนอ",
        (
            SheetColumn("รายการ", width=40),
            SheetColumn("ผู้เสนอราคา", width=30),
            SheetColumn("ยี่ห้อ", width=18),
            SheetColumn("รุ่น", width=18),
            SheetColumn("จำนวน", "integer", 9),
            SheetColumn("หน่วย", width=12),
            SheetColumn("ราคากลางต่อหน่วย (บาท)", "money", 16),
            SheetColumn("ราคาที่เสนอต่อหน่วย (บาท)", "money", 16),
            SheetColumn("ราคารวม (บาท)", "money", 18),
            SheetColumn("สูงกว่าราคากลาง", width=12),
            SheetColumn("ผลการพิจารณา", width=22),
            SheetColumn("ข้อที่ไม่ผ่าน", width=20),
        ),
        tuple(rows),
    )


def _grid(compared: Compared, item: Item) -> Sheet:
    """The clauses of an item; three columns for each bidder: words, outcome, page."""
    bidders, words = compared.comparison.bidders, compared.purchase.words
    rows: list[tuple[Value, ...]] = []
    for one in item.criteria:
        cells = [compared.comparison.cell(item.id, one.id, bidder) for bidder in bidders]
        told = [value for c in cells for value in (c.stated, OUTCOMES[c.outcome].th, c.page)]
        rows.append((words.clause(item.id, one.id), one.text, words.asks(one), *told))
    verdicts = [(None, VERDICTS[compared.result(item, b).verdict].th, None) for b in bidders]
    number = f"{compared.items.index(item) + 1} " if len(compared.items) > 1 else ""
    return Sheet(
        f"{number}{item.th}",
        (
            SheetColumn("ข้อ", width=8),
            SheetColumn("คุณลักษณะเฉพาะที่กำหนด", width=52),
            SheetColumn("เกณฑ์", width=18),
            *(
                column
                for bidder in bidders
                for column in (
                    SheetColumn(bidder, width=26),
                    SheetColumn("ผล", width=11),
                    SheetColumn("หน้า", width=11),
                )
            ),
        ),
        tuple(rows),
        (None, "ผลการพิจารณา", None, *(value for verdict in verdicts for value in verdict)),
        held=3,
    )


def _concerns(compared: Compared) -> Sheet:
    return Sheet(
        "ข้อที่ต้องชี้แจง",
        (
            _NUMBER,
            SheetColumn("ข้อที่ต้องชี้แจง", width=60),
            SheetColumn("คำชี้แจงของคณะกรรมการ", width=60),
        ),
        tuple((n, told, reason) for n, (told, reason) in enumerate(compared.explained, start=1)),
    )


def _remarks(compared: Compared) -> Sheet:
    return Sheet(
        "หมายเหตุ",
        (
            SheetColumn("ข้อ", width=20),
            SheetColumn("ผู้เสนอราคา", width=30),
            SheetColumn("การอ่านค่าและการพิจารณา", width=80),
        ),
        tuple(compared.remarks()),
    )


def _about(purchase: Purchase) -> Sheet:
    """What stands at the foot of every page of the other formats."""
    rows: list[tuple[Value, ...]] = [
        ("เรื่อง", purchase.case.number),
        ("ชื่อ", purchase.specification.title),
        ("หน่วยงาน", purchase.office.name_th),
        ("ฉบับที่", str(purchase.paper.revision)),
        ("SHA-256", purchase.paper.sha256),
        ("สถานะ", _STATES[purchase.final]),
        ("วงเงินงบประมาณ (บาท)", str(purchase.specification.budget)),
    ]
    return Sheet(
        "เกี่ยวกับไฟล์นี้", (SheetColumn("เรื่อง", width=26), SheetColumn("ค่า", width=80)), tuple(rows)
    )
