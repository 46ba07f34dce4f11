"""The comparison on paper: a draft until it is concluded, then with winner and reasons."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from controller.errors import NotApproved, NotFound, Refused
from controller.operations.compare_offers import compare_offers
from controller.operations.conclude_comparison import conclude_comparison
from controller.operations.print_comparison import print_comparison
from controller.procurement import comparing
from controller.procurement.offer import ItemOffer, Offer, Stated
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification
from tests.operations.offered import Purchase, at_work, put_forward
from tests.operations.office import Desk

ASKED = Specification(
    title="จัดซื้ออุปกรณ์กระจายสัญญาณ",
    budget=Decimal(60_000),
    need="ทดแทนเครื่องที่ใช้งานมาเกิน 5 ปี",
    items=(
        Item(
            id="switch",
            th="อุปกรณ์กระจายสัญญาณ (L2 Switch) ขนาด 24 ช่อง",
            kind="switch",
            quantity=4,
            price=Decimal(13000),
            criteria=(
                Criterion(
                    id="mac",
                    text="รองรับ Mac Address ได้ไม่น้อยกว่า 16,000 Mac Address",
                    attribute="mac_addresses",
                    operator="at-least",
                    value=16000,
                    unit="address",
                ),
            ),
        ),
    ),
)


def offer(bidder: str, mac: str, price: int, model: str) -> Offer:
    """What a bidder states for the one criterion."""
    stated = Stated(criterion="mac", text=mac, page="2")
    item = ItemOffer(
        item="switch", brand="ยี่ห้อ", model=model, price=Decimal(price), answers=(stated,)
    )
    return Offer(bidder=bidder, specification=ASKED.sha256, items=(item,))


FIRST = offer("ผู้เสนอราคา ก", "16,384", 11900, "1A")
SECOND = offer("ผู้เสนอราคา ข", "", 9800, "2B")


def pages(purchase: Purchase, who: str = "engineer1") -> list[str]:
    """What each page of the PDF says."""
    desk = purchase.desk
    drawn = pypdfium2.PdfDocument(
        print_comparison(desk.context, desk.person(who), purchase.number, "pdf")
    )
    try:
        return [page.get_textpage().get_text_range() for page in drawn]
    finally:
        drawn.close()


def concluded(purchase: Purchase) -> None:
    """Concluded by engineer1, every concern explained."""
    context, actor = purchase.desk.context, purchase.desk.person("engineer1")
    concerns = compare_offers(context, actor, purchase.number).comparison.concerns
    reasons = {concern.key: "เชิญชวนผู้มีอาชีพขายครบทุกรายแล้ว" for concern in concerns}
    assert reasons, "one product alone must be explained"
    conclude_comparison(context, actor, purchase.number, reasons)


def test_it_is_a_draft_until_it_is_concluded(desk: Desk) -> None:
    """Then it names the winner, the reasons, and bears the hash of what the case keeps."""
    purchase = at_work(desk, ASKED, FIRST, SECOND)
    draft = pages(purchase)
    assert all("ร่าง" in page for page in draft)
    assert "(ยังไม่ได้ชี้แจง)" in "".join(draft)
    concluded(purchase)
    final = pages(purchase, who="auditor1")
    assert not any("ร่าง" in page for page in final)
    kept = purchase.paper("comparison").sha256
    assert all(kept in page for page in final)
    said = "".join("".join(final).split())
    assert "เห็นควรคัดเลือกผู้เสนอราคาก" in said
    assert "๔๗,๖๐๐.๐๐บาท(สี่หมื่นเจ็ดพันหกร้อยบาทถ้วน)" in said
    assert "เชิญชวนผู้มีอาชีพขายครบทุกรายแล้ว" in said
    assert f"เทียบกับคุณลักษณะเฉพาะSHA-256{ASKED.sha256}" in said
    desk.clock.forward(days=40)
    assert pages(purchase) == final, "the same on another day"


def test_the_workbook_holds_the_same(desk: Desk) -> None:
    """Totals as numbers, “not stated” in words."""
    purchase = at_work(desk, ASKED, FIRST, SECOND)
    content = print_comparison(desk.context, desk.person("officer1"), purchase.number, "xlsx")
    made = load_workbook(BytesIO(content))
    verdicts = [[cell.value for cell in row] for row in made["ผลการพิจารณา"].iter_rows(min_row=2)]
    assert [row[1:4] for row in verdicts] == [
        ["ผู้เสนอราคา ก", "ตรงตามข้อกำหนด", 47600],
        ["ผู้เสนอราคา ข", "ไม่ตรงตามข้อกำหนด", 39200],
    ]
    grid = made[made.sheetnames[2]]
    assert [cell.value for cell in grid[2]][3:] == ["16,384", "ดีกว่า", "2", None, "ไม่ระบุ", "2"]


def test_nothing_is_printed_that_was_not_approved_or_opened(desk: Desk) -> None:
    """Before the decision, and before the first offer."""
    purchase = put_forward(desk, ASKED)
    with pytest.raises(NotApproved):
        pages(purchase)


def test_no_offer_no_comparison(desk: Desk) -> None:
    """And the hint says what comes first."""
    purchase = at_work(desk, ASKED)
    with pytest.raises(NotFound) as told:
        pages(purchase)
    assert told.value.hint is not None
    assert "khaen spec offer open" in told.value.hint.en


def test_what_is_not_as_concluded_is_not_printed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that reads answers otherwise one day signs nothing in the group's name."""
    purchase = at_work(desk, ASKED, FIRST, SECOND)
    concluded(purchase)
    read = comparing.outcome_of

    def otherwise(*given: object) -> object:
        outcome, note = read(*given)  # type: ignore[arg-type]
        return ("equal" if outcome == "better" else outcome), note

    monkeypatch.setattr(comparing, "outcome_of", otherwise)
    with pytest.raises(Refused, match="concluded"):
        pages(purchase)
