"""A specification file: what is written reads back the same, and every mistake has its place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import InputError, Problem
from controller.specs.criterion import Criterion
from controller.specs.specification import Item, Specification, read_specification
from controller.workspace.specification_file import read_specification_file
from controller.workspace.specification_text import specification_text
from tests.procurement.wanted import BASELINES, POINT, specification

_MONEY = st.decimals("0.01", "99999999", places=2)
_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")),
    min_size=1,
    max_size=40,
).filter(lambda text: bool(text.strip()) and not {*"\x85\u2028\u2029\ufeff"} & {*text})
_LINES = st.lists(_WORDS, min_size=1, max_size=3).map("\n".join)


@st.composite
def _criteria(draw: st.DrawFn) -> tuple[Criterion, ...]:
    """The baseline's criteria with some raised, pointed or dropped, and some added."""
    found: list[Criterion] = []
    for criterion in POINT.criteria:
        what = draw(st.sampled_from(("kept", "kept", "raised", "pointed", "dropped", "optional")))
        changes: dict[str, dict[str, object]] = {
            "kept": {},
            "raised": {"origin": "raised", "reason": draw(_WORDS), "text": draw(_LINES)},
            "pointed": {"weight": draw(st.decimals("0.5", "99.5", places=1))},
            "dropped": {},
            "optional": {"mandatory": False, "weight": Decimal(5)},
        }
        if what != "dropped":
            found.append(Criterion.model_validate({**criterion.model_dump(), **changes[what]}))
    for number in range(draw(st.integers(0, 2))):
        value = draw(st.one_of(st.integers(1, 10**6), _MONEY))
        found.append(
            Criterion(
                id=f"new-{number}",
                text=draw(_LINES),
                attribute="poe_budget",
                operator="at-least",
                value=value,
                unit="W",
                origin="added",
                reason=draw(_WORDS),
            )
        )
    if draw(st.booleans()):
        found.append(Criterion(id="remark", text=draw(_WORDS)))
    return tuple(draw(st.permutations(found)) if draw(st.booleans()) else found)


@st.composite
def _specifications(draw: st.DrawFn) -> Specification:
    whole = specification()
    criteria = draw(_criteria()) or POINT.criteria
    baseline = draw(st.sampled_from((POINT.ref, POINT.ref, "", "ed-2500/gone")))
    item = {
        **whole.items[0].model_dump(),
        "criteria": criteria,
        "baseline": baseline,
        "th": draw(st.one_of(st.just(POINT.th), _WORDS)),
        "price": draw(_MONEY),
        "price_source": draw(st.one_of(st.just(""), _WORDS)),
    }
    changes = {
        "title": draw(_WORDS),
        "need": draw(_LINES),
        "budget": draw(_MONEY),
        "items": [Item.model_validate(item)],
        "accepted": draw(st.dictionaries(st.sampled_from(("few-models:a", "b")), _WORDS)),
        "award": {"rule": "price-performance", "price_weight": draw(st.integers(1, 99))},
    }
    return Specification.model_validate({**whole.model_dump(), **changes})


@given(_specifications())
def test_what_is_written_reads_back_with_the_same_hash(whole: Specification) -> None:
    text = specification_text(whole, BASELINES)
    again = read_specification_file("spec.yaml", text.encode(), BASELINES)
    assert again == whole
    assert again.sha256 == whole.sha256
    assert read_specification(whole.content) == whole


def test_a_plain_draft_is_short() -> None:
    text = specification_text(specification(), BASELINES)
    assert "baseline: ed-2568/access-point-2" in text
    assert "# wifi: รองรับมาตรฐาน IEEE 802.11ax" in text
    assert "criteria:" not in text


_BROKEN = """\
title: จัดซื้อ
budget: มาก
need: ""
items:
  - baseline: ed-2568/access-point-3
    quantity: 2
  - baseline: ed-2568/access-point-2
    quantity: 3
    places:
      - {site: a, quantity: 2}
    dropped: [wfi]
    raised:
      - {id: ports, value: 2 ports, reason: x}
    added:
      - {id: a, text: PoE, attribute: poe_port, operator: at-least, value: 3, reason: x}
      - {id: b, text: PoE, attribute: poe_ports, operator: at-lest, value: 3, reason: x, unit: prt}
      - {id: c, text: PoE, attribute: poe_ports, operator: at-least, value: 3, reason: x, unit: W}
  - quantity: 1
acepted: {}
"""


def problems(text: str) -> tuple[Problem, ...]:
    """What is wrong with this file."""
    with pytest.raises(InputError) as error:
        read_specification_file("spec.yaml", text.encode(), BASELINES)
    return error.value.problems


def test_every_mistake_has_its_place_and_the_nearest_word() -> None:
    assert [(p.line, p.column, p.suggestion) for p in problems(_BROKEN)] == [
        (2, 9, ""),
        (3, 7, ""),
        (5, 15, "ed-2568/access-point-2"),
        (8, 15, ""),
        (11, 15, "wifi"),
        (13, 28, ""),
        (15, 39, "poe_ports"),
        (16, 60, "at-least"),
        (16, 96, "port"),
        (17, 77, ""),
        (18, 5, ""),
        (19, 1, "accepted"),
    ]


_HEAD = "baseline: ed-2568/access-point-2, quantity: 1"
_OWN = "id: a, th: x, kind: switch, quantity: 1, price: 5"


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("{baseline: office-2569/poe-24, quantity: 1}", "give a price"),
        ("{baseline: ed-2568/access-point-2}", "quantity, or places, is missing"),
        ("{HEAD, points: {wfi: 5}}", "there is no “wfi”"),
        (
            "{HEAD, added: [{id: wifi, text: x, reason: y}]}",
            "used already",
        ),
        (
            "{HEAD, added: [{id: z, text: x, reason: y, mandatory: false}]}",
            "has a weight",
        ),
        (
            "{HEAD, criteria: [{id: z, text: x}], dropped: [wifi]}",
            "not used",
        ),
        (
            "{OWN, criteria: []}",
            "at least one criterion",
        ),
        (
            "{OWN, dropped: [a], criteria: [{id: z, text: x}]}",
            "with a baseline",
        ),
    ],
)
def test_what_is_wrong_with_one_item(item: str, told: str) -> None:
    whole = item.replace("HEAD", _HEAD).replace("OWN", _OWN)
    found = problems(f"title: x\nbudget: 1\nneed: x\nitems:\n  - {whole}\n")
    assert [told in problem.message.en for problem in found] == [True]
    assert found[0].line == 5


def test_an_empty_file_and_one_that_is_no_mapping_are_told() -> None:
    assert problems("")
    assert problems("- a\n")
