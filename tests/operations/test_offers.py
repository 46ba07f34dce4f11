"""Offers are opened after the approval, on the approved specification, and stay on record."""

from __future__ import annotations

from decimal import Decimal

import pytest

from controller.documents.compose.offer_template import offer_template, offer_yaml
from controller.documents.entry_workbook import render_entry
from controller.errors import InputError, NotAllowed, NotApproved, NotFound, Refused
from controller.operations.detach_paper import detach_paper
from controller.operations.export_offer_template import export_offer_template
from controller.operations.list_offers import fetch_offer_file, list_offers, show_offer
from controller.operations.open_offer import open_offer
from controller.operations.procurement_papers import keep_paper, offers_of
from controller.procurement.comparison_paper import ComparisonPaper, Conclusion
from tests.operations.office import Desk
from tests.operations.procured import approved, before_approval
from tests.procurement.bids import BIDDER, POINTS, SPECIFICATION, YAML, filled, row_of


def test_an_offer_is_opened_whole_and_its_file_kept_as_it_came(desk: Desk) -> None:
    case = approved(desk)
    engineer, reader = desk.person("engineer1"), desk.person("director")
    form = export_offer_template(desk.context, reader, case.number)
    content = filled(form=form)
    after = open_offer(desk.context, engineer, case.number, "C:\\ซอง\\offer-a.xlsx", content)
    (offer,) = offers_of(desk.context, after)
    (paper,) = (p for p in after.papers if p.kind == "offer")
    assert (paper.number, paper.sha256) == (f"offer/{BIDDER}", offer.sha256)
    found, one = show_offer(desk.context, reader, case.number, paper.sha256[:12])
    assert found.specification == SPECIFICATION
    assert one.total == Decimal(8900) * 40 + Decimal("19500.5") * 4
    assert (one.opened.by, one.opened.file, one.unstated) == ("engineer1", "offer-a.xlsx", ())
    assert fetch_offer_file(desk.context, reader, case.number, one.opened.file_sha256) == (
        "offer-a.xlsx",
        content,
    )
    (entry,) = desk.entries("open_offer")
    assert entry.content["sha256"] == offer.sha256
    assert entry.content["file_sha256"] == offer.file_sha256


def test_nothing_is_told_or_opened_before_the_approval(desk: Desk) -> None:
    case = before_approval(desk)
    engineer = desk.person("engineer1")
    with pytest.raises(NotApproved):
        export_offer_template(desk.context, engineer, case.number)
    with pytest.raises(NotApproved):
        open_offer(desk.context, engineer, case.number, "a.xlsx", filled())
    with pytest.raises(NotApproved):
        list_offers(desk.context, engineer, case.number)


def test_an_offer_on_another_specification_is_refused(desk: Desk) -> None:
    case = approved(desk)
    other = SPECIFICATION.model_copy(update={"need": "เพิ่ม"})
    engineer = desk.person("engineer1")
    form = render_entry(offer_template(other, case.number))
    with pytest.raises(Refused, match="another specification"):
        open_offer(desk.context, engineer, case.number, "a.xlsx", filled(form=form))
    text = offer_yaml(other).decode().replace("bidder:", "bidder: ก")
    with pytest.raises(Refused, match="another specification"):
        open_offer(desk.context, engineer, case.number, "a.yaml", text.encode())
    assert desk.entries("open_offer") == []


def test_the_same_bidder_again_needs_a_reason_and_both_are_kept(desk: Desk) -> None:
    case = approved(desk)
    officer = desk.person("officer1")
    first = filled()
    open_offer(desk.context, officer, case.number, "1.xlsx", first)
    second = filled(
        bidder="ผู้เสนอราคา  ก ",
        prices={"access-point": ("ยี่ห้อ ก", "รุ่น ก-6", 8000), "switch": ("", "", None)},
    )
    with pytest.raises(Refused, match="open already"):
        open_offer(desk.context, officer, case.number, "2.xlsx", second, "  ")
    after = open_offer(desk.context, officer, case.number, "2.xlsx", second, "แฟ้มแรกส่งผิดฉบับ")
    assert len(offers_of(desk.context, after)) == 1
    (one,) = list_offers(desk.context, officer, case.number).offers
    assert (one.opened.reason, one.opened.file, one.total) == ("แฟ้มแรกส่งผิดฉบับ", "2.xlsx", None)
    assert [old.file for old in one.earlier] == ["1.xlsx"]
    kept = fetch_offer_file(desk.context, officer, case.number, one.earlier[0].file_sha256)
    assert kept == ("1.xlsx", first)


def test_faults_name_the_file_and_the_cell_and_nothing_is_kept(desk: Desk) -> None:
    case = approved(desk)

    def spoil(book: object) -> None:
        page = book.worksheets[POINTS]  # type: ignore[attr-defined]
        page.cell(row_of(page, 2, "wpa"), 5).value = "=1+1"

    with pytest.raises(InputError) as refused:
        open_offer(desk.context, desk.person("engineer1"), case.number, "ก.xlsx", filled(spoil))
    (problem,) = refused.value.problems
    assert problem.path == "ก.xlsx ▸ 1 อุปกรณ์กระจายสัญญาณไร้สาย (Ac!E6"
    assert (problem.line, problem.column, problem.found) == (6, 5, "=1+1")
    assert list_offers(desk.context, desk.person("engineer1"), case.number).offers == ()


def test_a_yaml_file_is_read_as_written(desk: Desk) -> None:
    case = approved(desk)
    after = open_offer(desk.context, desk.person("engineer1"), case.number, "b.yml", YAML.encode())
    (offer,) = offers_of(desk.context, after)
    item = offer.item("switch")
    assert (item.price, item.answer("ports").text) == (Decimal("18500.5"), "24")
    assert item.answer("training").page == "12-13"
    assert offer.item("access-point").answers == ()


def test_who_may_not_is_refused(desk: Desk) -> None:
    case = approved(desk)
    for who in ("director", "school1", "auditor"):
        with pytest.raises(NotAllowed):
            open_offer(desk.context, desk.person(who), case.number, "a.xlsx", filled())
    with pytest.raises(NotAllowed):
        list_offers(desk.context, desk.person("school1"), case.number)


def test_an_opened_offer_is_not_taken_off(desk: Desk) -> None:
    case = approved(desk)
    engineer = desk.person("engineer1")
    open_offer(desk.context, engineer, case.number, "a.xlsx", filled())
    with pytest.raises(Refused, match="opened"):
        detach_paper(desk.context, engineer, case.number, f"offer/{BIDDER}")


def test_after_the_conclusion_no_offer_is_opened(desk: Desk) -> None:
    case = approved(desk)
    engineer = desk.person("engineer1")
    paper = ComparisonPaper(specification=SPECIFICATION.sha256)
    ended = Conclusion(winner=None, offers=(), outcomes={}, by="engineer1", at=desk.clock())
    for kept in (paper, paper.model_copy(update={"conclusion": ended})):
        keep_paper(
            desk.context, engineer, "attach_file", case.number,
            kind="comparison", name="comparison", title="สรุป", content=kept.content,
        )  # fmt: skip
        if kept is paper:
            # What people judged so far ends nothing.
            open_offer(desk.context, engineer, case.number, "a.xlsx", filled())
    with pytest.raises(Refused, match="concluded"):
        open_offer(desk.context, engineer, case.number, "a.xlsx", filled(), "แก้ไข")


def test_an_offer_there_is_not_is_not_found(desk: Desk) -> None:
    case = approved(desk)
    engineer = desk.person("engineer1")
    open_offer(desk.context, engineer, case.number, "a.xlsx", filled())
    with pytest.raises(NotFound):
        show_offer(desk.context, engineer, case.number, "ผู้เสนอราคา ค")
    with pytest.raises(NotFound):
        fetch_offer_file(desk.context, engineer, case.number, "0" * 64)
