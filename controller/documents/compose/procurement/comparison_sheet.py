"""The comparison of offers (แบบสรุปเปรียบเทียบคุณสมบัติ): every clause, the verdicts, the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from controller.documents.blocks import (
    Block,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    TableColumn,
)
from controller.documents.compose.paper import paper
from controller.documents.compose.procurement.compared import Compared
from controller.documents.compose.procurement.purchase import Purchase, committee
from controller.documents.compose.procurement.sheet import heading_of
from controller.procurement.comparison import PASSING, VERDICTS, OfferResult
from controller.specs.specification import Item
from controller.thai import baht_text

TITLE = "แบบสรุปเปรียบเทียบคุณสมบัติ"
_REMARKS_AT_MOST = 60
_LEGEND = (
    (
        "ดีกว่า คือสูงกว่าข้อกำหนด เท่ากัน คือตรงตามข้อกำหนด ไม่ผ่าน คือต่ำกว่าข้อกำหนด "
        "ไม่ระบุ คือข้อเสนอไม่ได้กล่าวถึง ซึ่งไม่นับว่าผ่าน ช่องแรเงาคือข้อที่ไม่ผ่าน ไม่ระบุ หรือยังสรุปไม่ได้ "
        "หน้า คือหน้าของเอกสารที่ผู้เสนอราคาอ้างถึง"
    ),
    (
        "ข้อกำหนดต้องมีผลิตภัณฑ์ที่ตรงตามข้อกำหนดและเข้าแข่งขันได้อย่างน้อย 2 ผลิตภัณฑ์ "
        "และต้องไม่ใกล้เคียงกับยี่ห้อหรือผู้ขายรายใดโดยเฉพาะ (มาตรา 9 "
        "แห่งพระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560)"
    ),
)


def compose_comparison(compared: Compared) -> Document:
    """The sheet, lying; marked as a draft until the comparison is concluded.

    The verdicts of all bidders stand first where more than one table follows.
    """
    purchase = compared.purchase
    look = purchase.look
    batches = len(list(compared.batches()))
    several = len(compared.items) * batches > 1
    tables = [
        block
        for item in compared.items
        for block in (
            # Where an item takes more than one table, it begins on a page of its own.
            *((PageBreak(),) if batches > 1 else ()),
            _item_head(purchase, item),
            *_tables(compared, item),
        )
    ]
    summary = [Heading("สรุปผลการพิจารณา", 2), *_summary(compared)]
    return paper(
        purchase.office,
        f"{TITLE} {purchase.specification.title}",
        purchase.day,
        (
            Heading(TITLE, 1),
            Paragraph(purchase.words.technical(purchase.specification.title), align="center"),
            *(summary if several else ()),
            *tables,
            *(() if several else summary),
            *_concerns(compared),
            *_conclusion(compared),
            *_remarks(compared),
            *_legend(purchase),
            committee(purchase),
        ),
        look=look,
        foot=purchase.foot,
        page="landscape",
        mark=purchase.mark,
    )


def _item_head(purchase: Purchase, item: Item) -> Block:
    heading = heading_of(purchase, item)
    found = purchase.words.edition_of(item)
    told = ""
    if found:
        edition, baseline = found
        number = f" รายการที่ {baseline.number}" if baseline.number else ""
        told = purchase.look.words(f" เกณฑ์{edition.th}{number}")
    price = purchase.look.money(item.price)
    return Heading(f"{heading.text}{told} ราคากลาง {price} บาท", 3)


def _tables(compared: Compared, item: Item) -> Iterator[Block]:
    for bidders in compared.batches():
        yield _table(compared, item, bidders)


def _table(compared: Compared, item: Item, bidders: tuple[str, ...]) -> Table:
    """One table: product, clauses, price; the last row names the clauses that fail."""
    words, comparison = compared.purchase.words, compared.comparison
    rows = [("", "ยี่ห้อและรุ่นที่เสนอ", "", *(compared.product(item, b) for b in bidders))]
    marked = []
    for one in item.criteria:
        cells = [comparison.cell(item.id, one.id, bidder) for bidder in bidders]
        marked += [
            (len(rows), 3 + n) for n, cell in enumerate(cells) if cell.outcome not in PASSING
        ]
        text = words.technical(one.text) + words.scored(one)
        clause = words.clause(item.id, one.id)
        rows.append((clause, text, words.asks(one), *(compared.stated(cell) for cell in cells)))
    for n, bidder in enumerate(bidders):
        found = compared.result(item, bidder)
        if found.price is None or found.over_ceiling:
            marked.append((len(rows), 3 + n))
    price = compared.purchase.look.money(item.price)
    prices = [compared.price(item, bidder) for bidder in bidders]
    rows.append(("", "ราคาต่อหน่วยรวมภาษีมูลค่าเพิ่ม (บาท)", f"≤ {price}", *prices))
    return Table(
        (
            TableColumn("ข้อ", 4, "center"),
            TableColumn("คุณลักษณะเฉพาะที่กำหนด", 24),
            TableColumn("เกณฑ์", 10, "center"),
            *(TableColumn(f"รายที่ {compared.number(b)}\n{b}", 12, "center") for b in bidders),
        ),
        tuple(rows),
        ("", "", "ผลการพิจารณา", *(compared.verdict(item, bidder) for bidder in bidders)),
        small=True,
        marked=tuple(marked),
    )


def _summary(compared: Compared) -> Iterator[Block]:
    look = compared.purchase.look
    scored = compared.purchase.specification.award.rule == "price-performance"
    score = (TableColumn("คะแนน", 4, "right"),) if scored else ()
    yield Table(
        (
            TableColumn("รายที่", 3, "center"),
            TableColumn("ผู้เสนอราคา", 13),
            TableColumn("ราคารวม (บาท)", 7, "right"),
            TableColumn("ผลการพิจารณา", 8, "center"),
            *score,
            TableColumn("ลำดับ", 3, "center"),
            TableColumn("เหตุผล", 16),
        ),
        tuple(
            (
                compared.number(offer.bidder),
                offer.bidder,
                look.money(offer.total) if offer.total is not None else "ไม่ระบุครบ",
                VERDICTS[offer.verdict].th,
                *((_points(compared, offer),) if scored else ()),
                look.count(offer.place) if offer.place else "-",
                _why(compared, offer),
            )
            for offer in _by_place(compared)
        ),
        small=True,
    )


def _by_place(compared: Compared) -> list[OfferResult]:
    """Those that pass in their order, then the others; equal ones by name."""
    last = len(compared.comparison.offers) + 1
    return sorted(compared.comparison.offers, key=lambda one: (one.place or last, one.bidder))


def _points(compared: Compared, offer: OfferResult) -> str:
    return "-" if offer.score is None else compared.purchase.look.digits(f"{offer.score:.2f}")


def _why(compared: Compared, offer: OfferResult) -> str:
    return "\n".join(compared.purchase.words.technical(one.th) for one in offer.reasons) or "-"


def _concerns(compared: Compared) -> Iterator[Block]:
    """What must be explained, each with what the group wrote."""
    if not compared.explained:
        return
    look, words = compared.purchase.look, compared.purchase.words
    yield Heading("ข้อที่ต้องชี้แจง", 2)
    yield Table(
        (
            TableColumn("ลำดับ", 3, "center"),
            TableColumn("ข้อที่ต้องชี้แจง", 20),
            TableColumn("คำชี้แจงของคณะกรรมการ", 20),
        ),
        tuple(
            (look.count(n), words.technical(told), reason.strip() or "(ยังไม่ได้ชี้แจง)")
            for n, (told, reason) in enumerate(compared.explained, start=1)
        ),
        small=True,
    )


def _conclusion(compared: Compared) -> Iterator[Block]:
    if not compared.purchase.final:
        return
    yield Heading("ความเห็นของคณะกรรมการ", 2)
    yield Paragraph(_concluded(compared), indent=True, align="left")


def _concluded(compared: Compared) -> str:
    winner = next((o for o in compared.comparison.offers if o.bidder == compared.winner), None)
    if winner is None or winner.total is None:
        return "ไม่มีผู้เสนอราคารายใดเสนอพัสดุตรงตามข้อกำหนดทุกข้อ จึงไม่มีผู้ที่เห็นควรให้ได้รับการคัดเลือก"
    by_price = compared.purchase.specification.award.rule == "price"
    best = "เสนอราคารวมต่ำสุด" if by_price else f"ได้คะแนนรวม {_points(compared, winner)} คะแนน สูงสุด"
    return (
        f"เห็นควรคัดเลือก {winner.bidder} ซึ่งเสนอพัสดุตรงตามข้อกำหนดทุกข้อ และ{best} "
        f"เป็นเงิน {compared.purchase.look.money(winner.total)} บาท ({baht_text(winner.total)})"
    )


def _remarks(compared: Compared) -> Iterator[Block]:
    """How answers were read: nothing was understood in silence."""
    remarks = list(compared.remarks())
    if not remarks:
        return
    look = compared.purchase.look
    yield Heading("หมายเหตุการอ่านค่าและการพิจารณา", 3)
    for clause, bidder, told in islice(remarks, _REMARKS_AT_MOST):
        yield Paragraph(
            f"{clause} รายที่ {compared.number(bidder)}: {told}", align="left", small=True
        )
    more = len(remarks) - _REMARKS_AT_MOST
    if more > 0:
        yield Paragraph(
            f"และอีก {look.count(more)} รายการ ดูทั้งหมดในไฟล์ XLSX", align="left", small=True
        )


def _legend(purchase: Purchase) -> Iterator[Block]:
    look = purchase.look
    for n, text in enumerate(_LEGEND):
        yield Paragraph(f"{'' if n else 'หมายเหตุ '}{look.words(text)}", align="left", small=True)
    if purchase.paper.kind == "comparison":
        asked = purchase.specification.sha256
        yield Paragraph(f"เทียบกับคุณลักษณะเฉพาะ SHA-256 {asked}", align="left", small=True)
