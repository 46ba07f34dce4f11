"""Comparing in a case: only what was approved, judged by people in writing, concluded once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from controller.errors import InputError, NotAllowed, NotApproved, NotFound, Outdated, Refused
from controller.operations.compare_offers import Compared, compare_offers
from controller.operations.comparison_papers import comparison_of, concluded_in
from controller.operations.conclude_comparison import conclude_comparison
from controller.operations.detach_paper import detach_paper
from controller.operations.judge_criterion import judge_criterion
from controller.operations.reopen_comparison import reopen_comparison
from controller.operations.show_form import show_form
from controller.operations.verify_audit_log import verify_audit_log
from controller.procurement.offer import Offer
from controller.specs.specification import Specification
from tests.operations import offered as purchases
from tests.operations.moves import PASSWORD, Moves
from tests.operations.offered import Purchase, put_forward
from tests.operations.office import Desk, opened_desk
from tests.procurement.purchase import (
    AP,
    AP_CRITERIA,
    SWITCH,
    SWITCH_CRITERIA,
    criterion,
    item,
    offer,
    offered,
    specification,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One office for all of these: each has a case of its own."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("KHAEN_DATA", "KHAEN_DATABASE_URL", "KHAEN_LANG"):
            environment.delenv(name, raising=False)
        with opened_desk(tmp_path_factory.mktemp("compared") / "office") as opened:
            Moves(opened).director_signs_in()
            yield opened


SPEC = specification(item(criteria=(*AP_CRITERIA, criterion("strong"))))


def at_work(desk: Desk, spec: Specification, *offers: Offer) -> Purchase:
    return purchases.at_work(desk, spec, *offers, password=PASSWORD)


def bid(bidder: str, strong: str = "โลหะ", **more: Any) -> Offer:
    return offer(SPEC, bidder, offered(product=f"{bidder}/1", strong=strong, **more))


def look(purchase: Purchase) -> Compared:
    return compare_offers(purchase.desk.context, purchase.desk.person("auditor1"), purchase.number)


def judge(purchase: Purchase, bidder: str, standing: Any = "equal", why: str = "ตัวอย่าง") -> None:
    engineer = purchase.desk.person("engineer1")
    judge_criterion(
        purchase.desk.context, engineer, purchase.number, AP, "strong", bidder, standing, why
    )


def conclude(purchase: Purchase, winner: str = "", **reasons: str) -> None:
    written = {key.replace("_", "-"): why for key, why in reasons.items()}
    written = {f"{key}:{AP}" if key == "few-passing" else key: why for key, why in written.items()}
    engineer = purchase.desk.person("engineer1")
    conclude_comparison(purchase.desk.context, engineer, purchase.number, written, winner=winner)


def test_before_the_approval_nothing_is_compared(desk: Desk) -> None:
    purchase = put_forward(desk, SPEC)
    for person in ("auditor1", "engineer1", "director"):
        with pytest.raises(NotApproved):
            compare_offers(desk.context, desk.person(person), purchase.number)
    with pytest.raises(NotApproved):
        judge(purchase, "ก")
    with pytest.raises(NotApproved):
        conclude(purchase)


def test_from_offers_to_the_conclusion_and_back(desk: Desk) -> None:
    purchase = at_work(desk, SPEC)
    assert look(purchase).comparison.bidders == ()
    with pytest.raises(Refused, match="no offer"):
        conclude(purchase)
    purchase.opened(bid("ก"), bid("ข", price=21000), bid("ค", strong="", price=100))
    found = look(purchase)
    assert [cell.bidder for cell in found.undecided] == ["ก", "ข"]
    with pytest.raises(Refused, match="judge 2 cells"):
        conclude(purchase)
    judge(purchase, "ก", "better", "หนา  2 มม.")
    with pytest.raises(Refused, match="stays in the case"):
        detach_paper(desk.context, desk.person("engineer1"), purchase.number, "comparison")
    judge(purchase, "ข", "equal")
    judge(purchase, "ข", "fails", "พลาสติก")
    found = look(purchase)
    assert [one.verdict for one in found.comparison.offers] == ["pass", "fail", "fail"]
    assert [(j.bidder, j.standing, j.why) for j in found.paper.judgements] == [
        ("ก", "better", "หนา 2 มม."),
        ("ข", "fails", "พลาสติก"),
    ]
    assert found.comparison.cell(AP, "strong", "ก").note is not None
    assert [one.key for one in found.comparison.concerns] == [
        f"few-passing:{AP}",
        f"sole-clause:{AP}/strong",
    ]
    with pytest.raises(Refused, match="to be explained") as refused:
        conclude(purchase, few_passing="ตลาดมีน้อย")
    assert refused.value.hint is not None
    assert f"sole-clause:{AP}/strong=" in refused.value.hint.en
    engineer = desk.person("engineer1")
    reasons = {one.key: "ตลาดมีน้อย" for one in found.comparison.concerns}
    conclude_comparison(desk.context, engineer, purchase.number, reasons)
    found = look(purchase)
    assert found.conclusion is not None
    assert found.conclusion.winner == "ก"
    assert found.same_as_concluded
    assert found.reasons == reasons
    paper = purchase.paper("comparison")
    assert concluded_in(desk.context, purchase.case) == (paper.sha256, found.conclusion)
    assert found.paper.sha256 == paper.sha256
    assert {one.bidder: one.sha256 for one in found.conclusion.offers} == {
        one.number.removeprefix("offer/"): one.sha256
        for one in purchase.case.papers
        if one.kind == "offer"
    }
    told = desk.entries("conclude_comparison")[-1].content
    assert told["winner"] == "ก"
    assert told["specification"] == SPEC.sha256
    with pytest.raises(Refused, match="is concluded"):
        judge(purchase, "ก")
    with pytest.raises(Refused, match="is concluded"):
        conclude(purchase)
    _take_back(purchase)
    conclude_comparison(desk.context, engineer, purchase.number, reasons)
    assert verify_audit_log(desk.context, desk.person("auditor1")).ok


def _take_back(purchase: Purchase) -> None:
    """With a reason; what people judged stays."""
    desk, engineer = purchase.desk, purchase.desk.person("engineer1")
    with pytest.raises(InputError):
        reopen_comparison(desk.context, engineer, purchase.number, "  ")
    reopen_comparison(desk.context, engineer, purchase.number, "ผู้เสนอราคาอุทธรณ์")
    found = look(purchase)
    assert found.conclusion is None
    assert [one.reason for one in found.paper.taken_back] == ["ผู้เสนอราคาอุทธรณ์"]
    assert len(found.paper.judgements) == 2
    with pytest.raises(NotFound):
        reopen_comparison(desk.context, engineer, purchase.number, "อีกครั้ง")


def test_the_form_is_filled_and_attached(desk: Desk) -> None:
    purchase = at_work(desk, specification())
    spec = specification()
    prices = {"ก": 20000, "ข": 19000, "ค": 21000, "ง": 22000}
    purchase.opened(
        *(offer(spec, b, offered(product=f"{b}/1", price=p)) for b, p in prices.items())
    )
    conclude(purchase)
    paper = purchase.paper("form")
    form = next(p for p in purchase.case.papers if p.form == "spec_comparison")
    values = show_form(desk.context, desk.person("auditor1"), form.number).values
    assert [row["name"] for row in values["bidders"]] == ["ข", "ก", "ค"]  # type: ignore[attr-defined]
    assert values["clauses"][0] == {  # type: ignore[index]
        "clause": "ข้อกำหนด wifi",
        "criterion": "Wi-Fi 6 หรือดีกว่า",
        "offer_1": "Wi-Fi 6 (เท่ากัน)",
        "offer_2": "Wi-Fi 6 (เท่ากัน)",
        "offer_3": "Wi-Fi 6 (เท่ากัน)",
        "passed": "1, 2, 3",
    }
    assert values["passing"] == "4"
    assert "เห็นควรคัดเลือก ข" in str(values["conclusion"])
    assert "ง (ลำดับที่ 4)" in str(values["conclusion"])
    assert paper.form == "spec_definition"
    assert str(values["specification"]).endswith("/2569")
    # A conclusion after it was taken back revises the same form.
    reopen_comparison(desk.context, desk.person("engineer1"), purchase.number, "แก้ไข")
    purchase.opened(offer(spec, "ข", offered(product="ข/1", price=23000)))
    conclude(purchase)
    again = [p for p in purchase.case.papers if p.form == "spec_comparison"]
    assert [(p.number, p.revision) for p in again] == [(form.number, 2)]


def test_several_items_and_nobody_who_passes(desk: Desk) -> None:
    spec = specification(item(), item(SWITCH, SWITCH_CRITERIA))
    purchase = at_work(desk, spec, offer(spec, "ก", offered(wifi="Wi-Fi 5", product="ก/1")))
    conclude(purchase, none_passing="ไม่มีผู้ผ่าน จัดหาใหม่")
    found = look(purchase)
    assert found.conclusion is not None
    assert found.conclusion.winner is None
    form = next(p for p in purchase.case.papers if p.form == "spec_comparison")
    values = show_form(desk.context, desk.person("auditor1"), form.number).values
    assert values["quantity"] == "2 รายการ"
    assert "price" not in values
    row = values["bidders"][0]  # type: ignore[index]
    assert (row["verdict"], row["document"]) == ("fail", "หน้า 1")
    assert (
        row["failed"] == f"รายการ {AP} ข้อ 1, รายการ {SWITCH} ข้อ 1, รายการ {SWITCH} ข้อ 2, ไม่เสนอราคา"
    )


def test_a_tie_needs_a_reason_and_a_name(desk: Desk) -> None:
    spec = specification()
    bids = [offer(spec, b, offered(product=f"{b}/1")) for b in "กข"]
    purchase = at_work(desk, spec, *bids)
    with pytest.raises(Refused, match="to be explained"):
        conclude(purchase, winner="ข")
    with pytest.raises(Refused, match="name the one"):
        conclude(purchase, tie="จับสลาก")
    with pytest.raises(InputError, match="does not stand first"):
        conclude(purchase, winner="ค", tie="จับสลาก")
    with pytest.raises(InputError, match="no concern “ties”"):
        conclude(purchase, ties="จับสลาก")
    conclude(purchase, winner="ข", tie="จับสลากต่อหน้าทั้งสองราย")
    found = look(purchase).conclusion
    assert found is not None
    assert found.winner == "ข"


def test_what_cannot_be_judged(desk: Desk) -> None:
    purchase = at_work(desk, SPEC, bid("ก"), bid("ข", strong="-"))
    engineer = desk.person("engineer1")

    def judged(item_: str, criterion_: str, bidder: str, why: str = "ตามเอกสาร") -> None:
        judge_criterion(
            desk.context, engineer, purchase.number, item_, criterion_, bidder, "equal", why
        )

    with pytest.raises(Refused, match="does not state criterion 5"):
        judged(AP, "strong", "ข")
    with pytest.raises(Refused, match="criterion 1 of ก is plain"):
        judged(AP, "wifi", "ก")
    with pytest.raises(InputError, match="say why"):
        judged(AP, "strong", "ก", "  ")
    with pytest.raises(InputError, match="say how"):
        judge(purchase, "ก", "")
    for wrong in (("acess-point", "strong", "ก"), (AP, "stron", "ก"), (AP, "strong", "ฮ")):
        with pytest.raises(NotFound):
            judged(*wrong)
    assert comparison_of(desk.context, purchase.case) is None
    with pytest.raises(NotAllowed):
        judge_criterion(
            desk.context, desk.person("auditor1"), purchase.number, AP, "strong", "ก", "equal", "ก"
        )


def test_a_judgement_holds_for_the_words_it_was_made_on(desk: Desk) -> None:
    purchase = at_work(desk, SPEC, bid("ก"))
    judge(purchase, "ก", "better")
    assert look(purchase).comparison.offers[0].verdict == "pass"
    purchase.opened(bid("ก", strong="พลาสติก"))
    assert look(purchase).comparison.cell(AP, "strong", "ก").outcome == "unjudged"
    # Nor does an offer bring its own judgement along.
    own = bid("ข")
    answers = tuple(a.model_copy(update={"judged": "better"}) for a in own.items[0].answers)
    items = (own.items[0].model_copy(update={"answers": answers}),)
    purchase.opened(own.model_copy(update={"items": items}))
    assert look(purchase).comparison.cell(AP, "strong", "ข").outcome == "unjudged"


def test_an_offer_that_changes_meanwhile_is_not_concluded_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = specification()
    bids = [offer(spec, b, offered(product=f"{b}/1", price=p)) for b, p in (("ก", 1), ("ข", 2))]
    purchase = at_work(desk, spec, *bids)
    from controller.operations import conclude_comparison as module

    signing = module._signing

    def meanwhile(*args: Any) -> Any:
        monkeypatch.undo()
        purchase.opened(offer(spec, "ก", offered(product="ก/2", price=3)))
        return signing(*args)

    monkeypatch.setattr(module, "_signing", meanwhile)
    with pytest.raises(Outdated):
        conclude(purchase)
    assert look(purchase).conclusion is None
    stale = replace(desk.context, seen=("1",))
    with pytest.raises(Outdated):
        conclude_comparison(stale, desk.person("engineer1"), purchase.number, {})


def test_once_a_delivery_was_read_the_conclusion_stays(desk: Desk) -> None:
    spec = specification()
    bids = [offer(spec, b, offered(product=f"{b}/1", price=p)) for b, p in (("ก", 1), ("ข", 2))]
    purchase = at_work(desk, spec, *bids)
    conclude(purchase)
    purchase.keep("acceptance", "acceptance/1", b"{}")
    with pytest.raises(Refused, match="has a delivery"):
        reopen_comparison(desk.context, desk.person("engineer1"), purchase.number, "แก้")


def test_offers_on_an_earlier_specification_are_left_out_and_named(desk: Desk) -> None:
    spec = specification()
    purchase = at_work(desk, spec, offer(spec, "ก"), offer(specification(title="ก่อน"), "ข"))
    found = look(purchase)
    assert found.comparison.bidders == ("ก",)
    assert found.outdated == ("ข",)
