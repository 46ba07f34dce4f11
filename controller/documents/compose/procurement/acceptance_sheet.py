"""The acceptance sheet (ใบตรวจรับพัสดุ): what came, what devices proved, what people checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from controller.documents.blocks import (
    Block,
    Document,
    Entries,
    Entry,
    Heading,
    Paragraph,
    Signature,
    Signatures,
    Table,
    TableColumn,
)
from controller.documents.compose.paper import paper
from controller.documents.compose.procurement.purchase import Purchase
from controller.documents.compose.wording import part, position
from controller.procurement.delivery import IDENTITY, Check, Delivery, Piece, spans
from controller.procurement.offer import Offer
from controller.specs.specification import Item
from controller.thai import baht_text, bangkok_date

TITLE = "ใบตรวจรับพัสดุ"
_CERTIFIED = (
    "คณะกรรมการได้ตรวจรับพัสดุตามรายการข้างต้นแล้ว เห็นว่าครบถ้วนถูกต้องตามคุณลักษณะเฉพาะที่ได้รับอนุมัติ "
    "และตรงตามข้อเสนอของผู้ขาย จึงรับไว้เป็นการถูกต้องและลงทะเบียนครุภัณฑ์แล้ว"
)
_OPEN = "การส่งมอบนี้ยังตรวจรับไม่เสร็จ มีข้อที่ยังไม่ได้ตรวจหรือไม่ถูกต้อง {left} ข้อ"


@dataclass(frozen=True)
class Acceptance:
    """A delivery in its purchase. `before` counts what earlier deliveries brought, by item.

    `replaced` are (register number, what it is, site) of equipment this stands in for.
    """

    purchase: Purchase
    delivery: Delivery
    offer: Offer
    before: dict[str, int] = field(default_factory=dict)
    replaced: tuple[tuple[str, str, str], ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of which something came."""
        came = {piece.item for piece in self.delivery.pieces}
        return tuple(item for item in self.purchase.specification.items if item.id in came)

    def pieces(self, item: Item) -> tuple[Piece, ...]:
        """What came of an item."""
        return tuple(piece for piece in self.delivery.pieces if piece.item == item.id)

    def product(self, item: Item) -> str:
        """Brand and model as offered."""
        offered = self.offer.item(item.id)
        return " ".join(part for part in (offered.brand, offered.model) if part) or "-"

    def price(self, item: Item) -> Decimal:
        """What one costs by the offer (baht)."""
        return self.delivery.prices.get(item.id, Decimal(0))

    @property
    def total(self) -> Decimal:
        """What everything that came costs (baht)."""
        return sum((self.price(i) * len(self.pieces(i)) for i in self.items), Decimal(0))

    def title(self, item: Item, about: str) -> str:
        """What a check is called: the label, or the clause with its number."""
        if about in IDENTITY:
            return IDENTITY[about].th
        criterion = item.criterion(about)
        words = self.purchase.words
        if criterion is None:
            return about
        return f"{words.clause(item.id, about)} {words.technical(criterion.text)}"


def acceptance_sheet(acceptance: Acceptance) -> Document:
    """The sheet, marked as a draft until the delivery was accepted."""
    purchase, delivery, look = acceptance.purchase, acceptance.delivery, acceptance.purchase.look
    number = look.count(delivery.number)
    blocks: tuple[Block, ...] = (
        Heading(f"{TITLE} ครั้งที่ {number}", 1),
        Paragraph(f"{purchase.office.group_th}\n{purchase.office.name_th}", align="center"),
        part(1, "ข้อมูลการส่งมอบ", look),
        _matter(acceptance),
        part(2, "รายการและจำนวนเงิน", look),
        *_amounts(acceptance),
        part(3, "ผลการตรวจเทียบกับข้อเสนอ", look),
        *(block for item in acceptance.items for block in _checked(acceptance, item)),
        *_notes(acceptance),
        part(4, "เครื่องที่ส่งมอบ", look),
        _listed(acceptance),
        *_replaced(acceptance),
        *_certificate(acceptance),
    )
    return paper(
        purchase.office,
        f"{TITLE} {purchase.specification.title}",
        purchase.day,
        blocks,
        look=look,
        foot=purchase.foot,
        page="landscape",
        mark=purchase.mark,
    )


def _matter(acceptance: Acceptance) -> Entries:
    purchase, it, look = acceptance.purchase, acceptance.delivery, acceptance.purchase.look
    entries = [
        Entry("โครงการ/รายการจัดซื้อจัดจ้าง", purchase.specification.title),
        Entry("ผู้ขาย", it.bidder, 7),
        Entry("ใบส่งของเลขที่", look.digits(it.document), 5),
        Entry("อ่านข้อมูลจากอุปกรณ์เมื่อ", look.moment(it.at), 7),
        Entry("จำนวน", f"{look.count(len(it.pieces))} เครื่อง", 5),
    ]
    if it.accepted:
        who = position(purchase.office, it.accepted.by)
        entries.append(Entry("บันทึกการตรวจรับเมื่อ", f"{look.moment(it.accepted.at)} โดย {who}"))
    return Entries(tuple(entries))


def _amounts(acceptance: Acceptance) -> Iterator[Block]:
    look = acceptance.purchase.look
    rows = []
    for n, item in enumerate(acceptance.items, start=1):
        came = len(acceptance.pieces(item))
        price = acceptance.price(item)
        rows.append(
            (
                look.count(n),
                f"{acceptance.purchase.words.technical(item.th)}\n{acceptance.product(item)}",
                look.count(item.quantity),
                look.count(acceptance.before.get(item.id, 0)),
                look.count(came),
                look.count(item.quantity - acceptance.before.get(item.id, 0) - came),
                look.money(price),
                look.money(price * came),
            )
        )
    yield Table(
        (
            TableColumn("ลำดับ", 3, "center"),
            TableColumn("รายการ ยี่ห้อและรุ่นที่เสนอ", 18),
            TableColumn("สั่งซื้อ", 4, "right"),
            TableColumn("รับแล้ว", 4, "right"),
            TableColumn("ครั้งนี้", 4, "right"),
            TableColumn("คงเหลือ", 4, "right"),
            TableColumn("ราคาต่อหน่วย\n(บาท)", 7, "right"),
            TableColumn("ราคารวม\n(บาท)", 7, "right"),
        ),
        tuple(rows),
        ("", "", "", "", "", "", "รวมเป็นเงิน", look.money(acceptance.total)),
    )
    words = baht_text(acceptance.total)
    yield Paragraph(f"รวมเป็นเงิน (ตัวอักษร) {words}", align="left", bold=True)


def _checked(acceptance: Acceptance, item: Item) -> Iterator[Block]:
    look, pieces = acceptance.purchase.look, acceptance.pieces(item)
    yield Heading(f"{acceptance.purchase.words.technical(item.th)} {acceptance.product(item)}", 3)
    rows = []
    for first in pieces[0].checks:
        checks = [c for piece in pieces if (c := piece.check(first.about)) is not None]
        counted = Counter(_state(check) for check in checks)
        rows.append(
            (
                acceptance.title(item, first.about),
                acceptance.purchase.words.technical(first.offered) or "-",
                _told(acceptance, checks),
                *(look.count(counted[state]) if counted[state] else "-" for state in _STATES),
            )
        )
    yield Table(
        (
            TableColumn("ข้อที่ตรวจ", 15),
            TableColumn("ที่เสนอ", 9),
            TableColumn("อุปกรณ์บอก", 9),
            TableColumn("อุปกรณ์\nยืนยัน", 4, "right"),
            TableColumn("กรรมการ\nตรวจ", 4, "right"),
            TableColumn("ต่าง\nแต่รับ", 4, "right"),
            TableColumn("ยังไม่\nผ่าน", 4, "right"),
        ),
        tuple(rows),
    )


_STATES = ("proved", "person", "taken", "open")


def _state(check: Check) -> str:
    if not check.settled:
        return "open"
    if check.outcome == "differs":
        return "taken"
    return "proved" if check.outcome == "proved" else "person"


def _told(acceptance: Acceptance, checks: list[Check]) -> str:
    """What the devices say; of many different words the number of them."""
    told = list(dict.fromkeys(check.told for check in checks if check.told))
    words, look = acceptance.purchase.words, acceptance.purchase.look
    if len(told) > 3:
        return f"{look.count(len(told))} ค่า (ดูตารางเครื่อง)"
    return ", ".join(words.technical(one) for one in told) or "-"


def _notes(acceptance: Acceptance) -> Iterator[Block]:
    """What people wrote where they wrote anything or found something wrong, like pieces in one."""
    look = acceptance.purchase.look
    alike: dict[tuple[str, str, str], list[str]] = {}
    for piece in acceptance.delivery.pieces:
        item = acceptance.purchase.specification.item(piece.item)
        for check in piece.checks:
            tick = check.tick
            if item is None or tick is None or not (tick.note or not tick.right):
                continue
            who = position(acceptance.purchase.office, tick.by)
            row = (
                acceptance.title(item, check.about),
                f"{'รับ' if tick.right else 'ไม่ถูกต้อง'} {tick.note}".strip(),
                f"{who}\n{look.moment(tick.at)}",
            )
            alike.setdefault(row, []).append(piece.key)
    if alike:
        yield Heading("ความเห็นของผู้ตรวจ", 3)
        yield Table(
            (
                TableColumn("เครื่องที่", 4, "center"),
                TableColumn("ข้อที่ตรวจ", 12),
                TableColumn("ความเห็น", 16),
                TableColumn("ผู้ตรวจ", 10),
            ),
            tuple((look.words(spans(keys)), *row) for row, keys in alike.items()),
        )


def _listed(acceptance: Acceptance) -> Table:
    purchase, look = acceptance.purchase, acceptance.purchase.look
    return Table(
        (
            TableColumn("เครื่องที่", 3, "center"),
            TableColumn("เลขครุภัณฑ์", 9),
            TableColumn("หมายเลขเครื่อง", 9),
            TableColumn("รุ่นและซอฟต์แวร์ที่อุปกรณ์บอก", 11),
            TableColumn("หน่วยงานและที่ตั้ง", 13),
            TableColumn("ชื่อในระบบ", 9),
        ),
        tuple(
            (
                look.count(int(piece.key)),
                piece.asset or "-",
                piece.serial or "-",
                " ".join(word for word in (piece.model, piece.version) if word) or "ไม่ได้บอก",
                " ".join(word for word in (purchase.site(piece.site), piece.room) if word),
                piece.device or "-",
            )
            for piece in acceptance.delivery.pieces
        ),
        small=True,
    )


def _replaced(acceptance: Acceptance) -> Iterator[Block]:
    if not acceptance.replaced:
        return
    yield Heading("ครุภัณฑ์เดิมที่ทดแทน รอดำเนินการจำหน่ายตามระเบียบ", 3)
    yield Table(
        (
            TableColumn("ลำดับ", 3, "center"),
            TableColumn("เลขครุภัณฑ์", 9),
            TableColumn("รายการ", 14),
            TableColumn("หน่วยงาน", 14),
        ),
        tuple(
            (acceptance.purchase.look.count(n), *row)
            for n, row in enumerate(acceptance.replaced, start=1)
        ),
        small=True,
    )


def _certificate(acceptance: Acceptance) -> Iterator[Block]:
    delivery, look = acceptance.delivery, acceptance.purchase.look
    if delivery.accepted is None:
        yield Paragraph(_OPEN.format(left=look.count(delivery.left)), align="left", bold=True)
    else:
        day = look.day(bangkok_date(delivery.accepted.at))
        yield Paragraph(f"{look.words(_CERTIFIED)} ตั้งแต่วันที่ {day}", indent=True)
    # Whoever laid down the specification need not be who accepts: the places are left to be filled.
    yield Signatures(
        (
            Signature(role="ประธานกรรมการตรวจรับพัสดุ", dated=""),
            Signature(role="กรรมการ", dated=""),
            Signature(role="กรรมการและเลขานุการ", dated=""),
        ),
        columns=3,
    )
