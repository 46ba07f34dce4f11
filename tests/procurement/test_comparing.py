"""Comparing offers: every cell, every verdict, who is first, and what must be explained."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.procurement.comparing import ceiling, compare
from controller.procurement.comparison import Comparison, OfferResult
from controller.procurement.offer import ItemOffer, Offer, Stated
from controller.procurement.scoring import weights_total
from controller.specs.baseline import Baseline, Baselines, Edition
from controller.specs.specification import Specification
from tests.procurement.purchase import (
    AP,
    AP_CRITERIA,
    PRICE_PERFORMANCE,
    SWITCH,
    SWITCH_CRITERIA,
    criterion,
    item,
    offer,
    offered,
    specification,
)

SPEC = specification()


def result(comparison: Comparison, bidder: str) -> OfferResult:
    return next(one for one in comparison.offers if one.bidder == bidder)


def keys(comparison: Comparison) -> list[str]:
    return [concern.key for concern in comparison.concerns]


def judged(
    item_offer: ItemOffer, criterion_: str, standing: Any, why: str = "ตามเอกสาร"
) -> ItemOffer:
    return item_offer.model_copy(
        update={
            "answers": tuple(
                a.model_copy(update={"judged": standing, "why": why})
                if a.criterion == criterion_
                else a
                for a in item_offer.answers
            )
        }
    )


def test_three_offers_one_that_fails_and_one_that_states_nothing() -> None:
    compared = compare(
        SPEC,
        [
            offer(SPEC, "ค", offered(wpa="-", product="ยี่ห้อ ค/3", price=15000)),
            offer(SPEC, "ข", offered(wifi="Wi-Fi 5", ports="0", product="ยี่ห้อ ข/2", price=9000)),
            offer(SPEC, "ก", offered(wifi="Wi-Fi 7", product="ยี่ห้อ ก/1")),
        ],
    )
    assert compared.bidders == ("ก", "ข", "ค")
    assert compared.cell(AP, "wifi", "ก").outcome == "better"
    assert compared.cell(AP, "ports", "ก").outcome == "equal"
    assert compared.cell(AP, "ports", "ก").page == "หน้า 1"
    assert compared.cell(AP, "wpa", "ค").outcome == "unstated"
    assert [one.verdict for one in compared.offers] == ["pass", "fail", "fail"]
    assert [one.failing for one in compared.items] == [(), ("wifi", "ports"), ("wpa",)]
    assert [reason.th for reason in result(compared, "ข").reasons] == ["ไม่ผ่านข้อ 1, 3"]
    assert [reason.en for reason in result(compared, "ค").reasons] == ["does not state 2"]
    assert [one.bidder for one in compared.winners] == ["ก"]
    assert result(compared, "ก").total == Decimal(200_000)
    assert keys(compared) == [f"few-passing:{AP}"]


def test_what_people_must_judge_leaves_it_open_until_they_did() -> None:
    spec = specification(item(criteria=(*AP_CRITERIA, criterion("strong"))))
    unread = offered(ports="1 หรือ 2", strong="โลหะหนา 2 มม.")
    compared = compare(spec, [offer(spec, "ก", unread), offer(spec, "ข", offered())])
    assert compared.cell(AP, "ports", "ก").outcome == "unreadable"
    assert compared.cell(AP, "ports", "ก").note
    assert compared.cell(AP, "strong", "ก").outcome == "unjudged"
    assert result(compared, "ก").verdict == "unknown"
    assert compared.winners == ()
    # Nobody can judge what is not stated.
    assert compared.cell(AP, "strong", "ข").outcome == "unstated"
    both = judged(judged(unread, "ports", "equal"), "strong", "better")
    compared = compare(spec, [offer(spec, "ก", both)])
    assert compared.cell(AP, "strong", "ก").outcome == "better"
    assert result(compared, "ก").verdict == "pass"
    failed = judged(both, "ports", "fails")
    assert compare(spec, [offer(spec, "ก", failed)]).offers[0].verdict == "fail"


def test_a_judgement_changes_nothing_that_is_stated_plainly_or_not_at_all() -> None:
    for said, wanted in (("", "unstated"), ("ไม่ระบุ", "unstated"), ("0", "fails"), ("1", "equal")):
        for standing in ("better", "equal", "fails"):
            bent = judged(offered(ports=said), "ports", standing)
            assert compare(SPEC, [offer(SPEC, "ก", bent)]).cell(AP, "ports", "ก").outcome == wanted


def test_other_words_than_asked_are_judged_by_people() -> None:
    spec = specification(item(criteria=(criterion("w", "remark", "equals", "สีขาว"),)))
    for said, wanted in (
        ("สีขาว", "equal"),
        ("สี ขาว", "equal"),
        ("ขาวนวล", "unjudged"),
        ("", "unstated"),
    ):
        compared = compare(spec, [offer(spec, "ก", offered(w=said))])
        assert compared.cell(AP, "w", "ก").outcome == wanted


def test_a_criterion_the_program_does_not_know_is_judged_by_people() -> None:
    odd = criterion("odd", "no_such_thing", "at-least", 3)
    unfit = criterion("unfit", "web_management", "at-least", 3)
    spec = specification(item(criteria=(odd, unfit)))
    compared = compare(spec, [offer(spec, "ก", offered(odd="9", unfit="มี"))])
    cell = compared.cell(AP, "odd", "ก")
    assert cell.outcome == compared.cell(AP, "unfit", "ก").outcome == "unjudged"
    assert cell.note is not None
    assert "no_such_thing" in cell.note.en


def test_what_is_left_out_is_not_stated_and_has_no_price() -> None:
    spec = specification(item(), item(SWITCH, SWITCH_CRITERIA))
    compared = compare(spec, [offer(spec, "ก", offered())])
    assert [one.verdict for one in compared.items] == ["pass", "fail"]
    assert result(compared, "ก").total is None
    told = [reason.th for reason in result(compared, "ก").reasons]
    assert told == [f"รายการ {SWITCH}: ไม่ระบุข้อ 1, 2; ไม่เสนอราคา"]
    unpriced = compare(SPEC, [offer(SPEC, "ก", offered(price=None))])
    assert unpriced.items[0].verdict == "pass"
    assert unpriced.offers[0].verdict == "fail"


def test_a_criterion_that_is_only_scored_fails_nobody() -> None:
    scored = criterion("tri", "ports_2g5", "at-least", 1, mandatory=False, weight=40)
    spec = specification(item(criteria=(*AP_CRITERIA, scored)), award=PRICE_PERFORMANCE)
    assert weights_total(spec) == 100
    offers = [
        offer(spec, "ก", offered(tri="0", price=20000, product="ก/1")),
        offer(spec, "ข", offered(tri="1", price=21000, product="ข/1")),
        offer(spec, "ค", offered(tri="2", price=25000, product="ค/1")),
        offer(spec, "ง", offered(tri="9", wpa="WPA2", price=1, product="ง/1")),
    ]
    compared = compare(spec, offers)
    assert [one.verdict for one in compared.offers] == ["pass", "pass", "pass", "fail"]
    # 60; 60 × 20/21 + 80 % of 40; 60 × 20/25 + 40. What fails sets no lowest price.
    assert [one.score for one in compared.offers] == [
        Decimal("60.00"), Decimal("89.14"), Decimal("88.00"), None,
    ]  # fmt: skip
    assert [one.place for one in compared.offers] == [3, 1, 2, None]


def test_without_weights_of_a_hundred_nobody_has_a_place() -> None:
    spec = specification(award=PRICE_PERFORMANCE)
    compared = compare(spec, [offer(spec, "ก")])
    assert compared.offers[0].verdict == "pass"
    assert (compared.offers[0].place, compared.offers[0].score) == (None, None)


def test_a_tie_is_told_and_not_broken() -> None:
    offers = [
        offer(SPEC, "ข", offered(product="ข/1")),
        offer(SPEC, "ก", offered(product="ก/1")),
        offer(SPEC, "ค", offered(product="ค/1", price=21000)),
    ]
    compared = compare(SPEC, offers)
    assert [one.place for one in compared.offers] == [1, 1, 3]
    assert keys(compared) == ["tie"]
    assert "ก, ข" in compared.concerns[0].text.th


def test_one_product_of_two_bidders_is_no_competition() -> None:
    same = [
        offer(SPEC, "ก", offered(product="A/1")),
        offer(SPEC, "ข", offered(product="a / 1 ", price=1)),
    ]
    assert keys(compare(SPEC, same)) == [f"few-passing:{AP}"]
    unnamed = [offer(SPEC, b, offered(product="", price=p)) for b, p in (("ก", 1), ("ข", 2))]
    assert keys(compare(SPEC, unnamed)) == [f"few-passing:{AP}"]
    two = [
        offer(SPEC, "ก", offered(product="A/1")),
        offer(SPEC, "ข", offered(product="A/2", price=1)),
    ]
    assert keys(compare(SPEC, two)) == []


def test_a_clause_only_one_product_meets_is_told_by_its_clause() -> None:
    compared = compare(
        SPEC,
        [
            offer(SPEC, "ก", offered(product="A/1")),
            offer(SPEC, "ข", offered(product="B/1", web="ไม่มี")),
            offer(SPEC, "ค", offered(product="C/1", web="ไม่มี", wifi="Wi-Fi 5")),
        ],
    )
    assert keys(compared) == [f"few-passing:{AP}", f"sole-clause:{AP}/web"]
    assert "ข้อ 4: มีเพียง A 1" in compared.concerns[1].text.th


def test_nobody_passes_is_said_once() -> None:
    compared = compare(
        SPEC, [offer(SPEC, b, offered(wifi="Wi-Fi 5", product=f"{b}/1")) for b in "กข"]
    )
    assert keys(compared) == ["none-passing"]
    assert compare(SPEC, []).concerns == ()


def test_two_pass_each_item_but_one_alone_passes_them_all() -> None:
    spec = specification(item(), item(SWITCH, SWITCH_CRITERIA), budget=10**6)
    bad_ap, bad_switch = {"wpa": "WPA"}, {"ports": "8"}
    offers = [
        offer(spec, "ก", offered(product="A/1"), offered(SWITCH, product="A/2")),
        offer(spec, "ข", offered(product="B/1"), offered(SWITCH, product="B/2", **bad_switch)),
        offer(spec, "ค", offered(product="C/1", **bad_ap), offered(SWITCH, product="C/2")),
    ]
    assert keys(compare(spec, offers)) == ["few-passing"]


def test_prices_over_the_budget_and_the_ceiling_of_who_is_first() -> None:
    spec = specification(budget=230_000)
    offers = [
        offer(spec, b, offered(product=f"{b}/1", price=p)) for b, p in (("ก", 24000), ("ข", 30000))
    ]
    assert keys(compare(spec, offers)) == ["over-budget", f"over-ceiling:{AP}"]
    cheaper = [*offers, offer(spec, "ค", offered(product="ค/1", price=23000))]
    assert keys(compare(spec, cheaper)) == [f"over-ceiling:{AP}"]


BASELINES = Baselines(
    editions=tuple(
        Edition(id=id_, th=f"ฉบับ {id_}", en=id_, issuer="กระทรวง", announced=date(year, 1, 1))
        for id_, year in (("e-1", 2025), ("e-2", 2026))
    ),
    baselines=(
        Baseline(id="ap", edition="e-1", kind=AP, th="ก", en="a", ceiling=Decimal(21000)),
        Baseline(id="ap", edition="e-2", kind=AP, th="ก", en="a", ceiling=Decimal(23000)),
    ),
)


@pytest.mark.parametrize(
    ("baseline", "most"), [("e-1/ap", 21000), ("e-2/ap", 22000), ("", 22000), ("e-3/ap", 22000)]
)
def test_the_ceiling_is_the_lower_of_the_edition_and_the_reference_price(
    baseline: str, most: int
) -> None:
    assert ceiling(item(baseline=baseline), BASELINES) == most


def test_an_edition_that_was_superseded_is_told() -> None:
    spec = specification(item(baseline="e-1/ap"))
    offers = [offer(spec, b, offered(product=f"{b}/1", price=p)) for b, p in (("ก", 1), ("ข", 2))]
    compared = compare(spec, offers, baselines=BASELINES, today=date(2026, 6, 1))
    assert keys(compared) == [f"superseded:{AP}"]
    assert not keys(compare(spec, offers, baselines=BASELINES, today=date(2025, 6, 1)))


def test_offers_that_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="two offers"):
        compare(SPEC, [offer(SPEC, "ก"), offer(SPEC, "ก")])
    with pytest.raises(ValueError, match="another specification"):
        compare(SPEC, [offer(specification(title="อื่น"), "ก")])


# What holds for all offers.

LADDERS: dict[str, tuple[str, ...]] = {
    "wifi": ("", "Wi-Fi 5", "Wi-Fi 6", "Wi-Fi 7"),
    "wpa": ("ไม่ระบุ", "WPA2", "WPA2, WPA3", "WPA, WPA2, WPA3"),
    "ports": ("-", "0", "๑ ช่อง", "2"),
    "web": ("n/a", "ไม่มี", "มี", "มี"),
}
"""Answers to each criterion from the worst: not stated, failing, as asked, better."""
RULES = (
    SPEC,
    specification(
        item(
            criteria=(
                *AP_CRITERIA[:2],
                *(c.model_copy(update={"weight": Decimal(20)}) for c in AP_CRITERIA[2:]),
            )
        ),
        award=PRICE_PERFORMANCE,
    ),
)
prices = st.integers(1, 5).map(lambda n: n * 5000)
steps_up = st.fixed_dictionaries({id_: st.integers(0, 3) for id_ in LADDERS})
crowd = st.lists(st.tuples(steps_up, prices), min_size=1, max_size=4)


def climbed(spec: Specification, bidder: str, rungs: dict[str, int], price: int) -> Offer:
    answers = {id_: LADDERS[id_][rung] for id_, rung in rungs.items()}
    return offer(spec, bidder, offered(price=price, product=f"{bidder}/1", **answers))


@given(spec=st.sampled_from(RULES), offers=crowd, seed=st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_the_order_of_offers_never_matters(
    spec: Specification, offers: list[tuple[dict[str, int], int]], seed: random.Random
) -> None:
    made = [climbed(spec, f"ราย {n}", *one) for n, one in enumerate(offers)]
    mixed = [*made]
    seed.shuffle(mixed)
    assert compare(spec, made) == compare(spec, mixed)


@given(spec=st.sampled_from(RULES), offers=crowd, data=st.data())
@settings(max_examples=120)
def test_a_better_answer_or_price_never_makes_an_offer_stand_worse(
    spec: Specification, offers: list[tuple[dict[str, int], int]], data: st.DataObject
) -> None:
    made = [climbed(spec, f"ราย {n}", *one) for n, one in enumerate(offers)]
    rungs, price = offers[0]
    better = {id_: data.draw(st.integers(rung, 3)) for id_, rung in rungs.items()}
    improved = climbed(spec, "ราย 0", better, data.draw(prices.filter(lambda p: p <= price)))
    before = result(compare(spec, made), "ราย 0")
    after = result(compare(spec, [improved, *made[1:]]), "ราย 0")
    worth = {"fail": 0, "unknown": 1, "pass": 2}
    assert worth[after.verdict] >= worth[before.verdict]
    if before.place is not None:
        assert after.place is not None
        assert after.place <= before.place
    if before.score is not None:
        assert after.score is not None
        assert after.score >= before.score


@given(spec=st.sampled_from(RULES), offers=crowd)
@settings(max_examples=50)
def test_what_is_not_stated_is_never_a_pass(
    spec: Specification, offers: list[tuple[dict[str, int], int]]
) -> None:
    compared = compare(spec, [climbed(spec, f"ราย {n}", *o) for n, o in enumerate(offers)])
    for n, (rungs, _) in enumerate(offers):
        found = result(compared, f"ราย {n}")
        assert (found.verdict == "pass") == all(rung > 1 for rung in rungs.values())
        assert (found.place is None) == (found.verdict != "pass")
        for id_, rung in rungs.items():
            wanted = ("unstated", "fails", "equal", "equal" if id_ == "web" else "better")[rung]
            assert compared.cell(AP, id_, f"ราย {n}").outcome == wanted


def test_the_first_of_two_answers_to_one_criterion_counts() -> None:
    twice = offered()
    again = twice.model_copy(
        update={"answers": (*twice.answers, Stated(criterion="web", text="ไม่มี"))}
    )
    assert compare(SPEC, [offer(SPEC, "ก", again)]).offers[0].verdict == "pass"
