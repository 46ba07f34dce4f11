"""The acceptance as sheets of Excel: every piece, and every fact that was checked of it."""

from __future__ import annotations

from controller.documents.compose.procurement.acceptance_sheet import Acceptance
from controller.documents.sheet import Sheet, SheetColumn, Value
from controller.procurement.delivery import OUTCOMES, Check
from controller.thai import bangkok_date

_NUMBER = SheetColumn("เครื่องที่", "integer", 8)


def acceptance_sheets(acceptance: Acceptance) -> tuple[Sheet, ...]:
    """The pieces with prices, every check, and what is to be disposed of."""
    return (_pieces(acceptance), _checks(acceptance), _replaced(acceptance))


def _pieces(acceptance: Acceptance) -> Sheet:
    it, purchase = acceptance.delivery, acceptance.purchase
    names = {item.id: item.th for item in purchase.specification.items}
    day = bangkok_date(it.accepted.at) if it.accepted else None
    columns = (
        _NUMBER,
        SheetColumn("รายการ", width=36),
        SheetColumn("เลขครุภัณฑ์", width=20),
        SheetColumn("ยี่ห้อ", width=16),
        SheetColumn("รุ่น", width=18),
        SheetColumn("หมายเลขเครื่อง", width=20),
        SheetColumn("ซอฟต์แวร์", width=14),
        SheetColumn("พอร์ตที่อุปกรณ์บอก", width=32),
        SheetColumn("หน่วยงาน", width=26),
        SheetColumn("สถานที่ตั้ง", width=18),
        SheetColumn("ชื่อในระบบ", width=20),
        SheetColumn("วันที่ตรวจรับ", "date", 16),
        SheetColumn("ราคา (บาท)", "money", 14),
    )
    rows: list[tuple[Value, ...]] = []
    for piece in it.pieces:
        offered = acceptance.offer.item(piece.item)
        rows.append(
            (
                int(piece.key), names.get(piece.item, piece.item), piece.asset,
                offered.brand or piece.brand, offered.model or piece.model, piece.serial,
                piece.version, piece.ports, purchase.site(piece.site), piece.room, piece.device,
                day, it.prices.get(piece.item),
            )
        )  # fmt: skip
    totals = (None, "รวม", *(None,) * 10, acceptance.total)
    return Sheet(f"ตรวจรับครั้งที่ {it.number}", columns, tuple(rows), totals, held=3)


def _checks(acceptance: Acceptance) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    for piece in acceptance.delivery.pieces:
        item = acceptance.purchase.specification.item(piece.item)
        for check in piece.checks:
            title = acceptance.title(item, check.about) if item else check.about
            rows.append(
                (int(piece.key), piece.serial, title, check.offered, check.told, *_verdict(check))
            )
    return Sheet(
        "ผลการตรวจ",
        (
            _NUMBER,
            SheetColumn("หมายเลขเครื่อง", width=20),
            SheetColumn("ข้อที่ตรวจ", width=44),
            SheetColumn("ที่เสนอ", width=22),
            SheetColumn("อุปกรณ์บอก", width=22),
            SheetColumn("ผล", width=20),
            SheetColumn("ผู้ตรวจ", width=14),
            SheetColumn("วันที่ตรวจ", "date", 16),
            SheetColumn("หมายเหตุ", width=36),
        ),
        tuple(rows),
    )


def _verdict(check: Check) -> tuple[Value, ...]:
    if check.tick is None:
        return OUTCOMES[check.outcome].th, None, None, check.how
    found = "ตรวจแล้วถูกต้อง" if check.tick.right else "ตรวจแล้วไม่ถูกต้อง"
    if check.outcome == "differs" and check.tick.right:
        found = "ต่างจากข้อเสนอ แต่รับ"
    note = check.tick.note or check.how
    return found, check.tick.by, bangkok_date(check.tick.at), note


def _replaced(acceptance: Acceptance) -> Sheet:
    return Sheet(
        "ครุภัณฑ์เดิมรอจำหน่าย",
        (
            SheetColumn("เลขครุภัณฑ์", width=20),
            SheetColumn("รายการ", width=36),
            SheetColumn("หน่วยงาน", width=30),
        ),
        acceptance.replaced,
    )
