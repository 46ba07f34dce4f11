"""Whether an answer meets a criterion: tables of what is asked, and what holds for all of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.specs.answer import Answer, Level, Members, Words, YesNo
from controller.specs.attribute import Attribute, AttributeKind
from controller.specs.criterion import Criterion, Operator
from controller.specs.meeting import FITTING, UnfitError, fault_of, standing
from controller.specs.units import Amount, convert

PORTS = Attribute(id="ports", th="ช่อง", en="Ports", kind="amount", unit="port")
SPEED = Attribute(id="speed", th="ความเร็ว", en="Speed", kind="amount", unit="Gbps")
LAYER = Attribute(
    id="layer", th="ระดับ", en="Layer", kind="level", levels=(("L2",), ("L2+",), ("Layer 3", "L3"))
)
WPA = Attribute(
    id="wpa", th="การเข้ารหัส", en="Security", kind="set", members={"WPA": (), "WPA2": (), "WPA3": ()}
)
WEB = Attribute(id="web", th="จัดการผ่านเว็บ", en="Web", kind="yes-no")
OTHER = Attribute(id="other", th="อื่น ๆ", en="Other", kind="words")
EXAMPLE: dict[AttributeKind, Attribute] = {
    "amount": SPEED, "level": LAYER, "set": WPA, "yes-no": WEB, "words": OTHER,
}  # fmt: skip

numbers = st.decimals(min_value=0, max_value=10**6, places=3)
ranks = st.integers(0, 2)
sets = st.frozensets(st.sampled_from([*WPA.members]))
WORTH = {"fails": 0, "equal": 1, "better": 2}


def asks(attribute: Attribute, operator: Operator, value: Any, unit: str = "") -> Criterion:
    return Criterion(
        id="c", text="ข้อ", attribute=attribute.id, operator=operator, value=value, unit=unit
    )


def ports(number: int) -> Amount:
    return Amount(Decimal(number), "port")


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "unit", "answer", "wanted"),
    [
        (PORTS, "at-least", 24, "port", ports(24), "equal"),
        (PORTS, "at-least", 24, "", ports(48), "better"),
        (PORTS, "at-least", "24", "", ports(16), "fails"),
        (PORTS, "at-most", 24, "", ports(16), "better"),
        (PORTS, "at-most", 24, "", ports(25), "fails"),
        (PORTS, "equals", 24, "", ports(48), "fails"),
        (PORTS, "one-of", ["24", "48"], "", ports(48), "equal"),
        (PORTS, "one-of", ["24", "48"], "", ports(32), "fails"),
        (SPEED, "at-least", 1000, "Mbps", Amount(Decimal(1), "Gbps"), "equal"),
        (SPEED, "at-least", Decimal("0.5"), "Gbps", Amount(Decimal(499), "Mbps"), "fails"),
        (LAYER, "at-least", "L2", "", Level(0, "L2"), "equal"),
        (LAYER, "at-least", "l 2", "", Level(2, "Layer 3"), "better"),
        (LAYER, "at-least", "L3", "", Level(1, "L2+"), "fails"),
        (LAYER, "at-most", "L2+", "", Level(0, "L2"), "better"),
        (LAYER, "one-of", ["L2", "L3"], "", Level(1, "L2+"), "fails"),
        (WPA, "includes", ["WPA2"], "", Members(frozenset({"WPA2", "WPA3"})), "better"),
        (WPA, "includes", ["WPA2", "WPA3"], "", Members(frozenset({"WPA3"})), "fails"),
        (WPA, "includes", "wpa3", "", Members(frozenset({"WPA3"})), "equal"),
        (WPA, "one-of", ["WPA2", "WPA3"], "", Members(frozenset({"WPA3"})), "equal"),
        (WPA, "one-of", ["WPA2", "WPA3"], "", Members(frozenset({"WPA"})), "fails"),
        (WPA, "equals", ["WPA2"], "", Members(frozenset({"WPA2", "WPA3"})), "fails"),
        (WEB, "is", True, "", YesNo(yes=True), "equal"),
        (WEB, "is", True, "", YesNo(yes=False), "fails"),
        (WEB, "is", False, "", YesNo(yes=True), "fails"),
        (OTHER, "equals", "IEEE 802.3af", "", Words("ieee 802.3 AF"), "equal"),
        (OTHER, "one-of", ["ดำ", "ขาว"], "", Words("เทา"), "fails"),
    ],
)
def test_how_answers_stand(
    attribute: Attribute, operator: Operator, value: Any, unit: str, answer: Answer, wanted: str
) -> None:
    criterion = asks(attribute, operator, value, unit)
    assert fault_of(criterion, attribute) is None
    assert standing(criterion, attribute, answer) == wanted
    again = Criterion.model_validate_json(criterion.model_dump_json())
    assert standing(again, attribute, answer) == wanted


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "unit", "told"),
    [
        (WEB, "at-least", True, "", "cannot be asked"),
        (OTHER, "includes", "IPv6", "", "cannot be asked"),
        (WEB, "is", "true", "", "true or false"),
        (PORTS, "at-least", 24, "W", "measured in port"),
        (PORTS, "at-least", 24, "prt", "no unit"),
        (PORTS, "at-least", "many", "", "a number"),
        (PORTS, "at-least", "Infinity", "", "a number"),
        (PORTS, "at-least", ["24", "48"], "", "one value"),
        (PORTS, "one-of", [], "", "a number"),
        (PORTS, "equals", True, "", "a number"),
        (LAYER, "at-least", "L4", "", "has no “L4”"),
        (LAYER, "at-least", "L2", "port", "has no unit"),
        (WPA, "includes", ["WPA2", "WEP"], "", "WEP"),
        (WPA, "includes", [], "", "has no"),
        (OTHER, "equals", " ", "", "words"),
    ],
)
def test_what_no_answer_could_meet(
    attribute: Attribute, operator: Operator, value: Any, unit: str, told: str
) -> None:
    criterion = asks(attribute, operator, value, unit)
    fault = fault_of(criterion, attribute)
    assert fault is not None
    assert told in fault.en
    with pytest.raises(UnfitError):
        standing(criterion, attribute, _any_answer(attribute))


def test_an_unknown_attribute_is_a_fault_and_people_judge_the_rest() -> None:
    fault = fault_of(asks(PORTS, "at-least", 24), None)
    assert fault is not None
    assert "no attribute “ports”" in fault.en
    judged = Criterion(id="c", text="ข้อ")
    assert fault_of(judged, None) is None
    with pytest.raises(UnfitError, match="judged by people"):
        standing(judged, WEB, YesNo(yes=True))


def test_an_answer_of_another_kind_is_no_answer() -> None:
    with pytest.raises(UnfitError, match="another kind"):
        standing(asks(PORTS, "at-least", 24), PORTS, YesNo(yes=True))


@given(asked=numbers, offered=numbers)
@settings(max_examples=60)
def test_amounts_are_the_same_in_every_unit(asked: Decimal, offered: Decimal) -> None:
    answer = Amount(offered, "Gbps")
    for operator in FITTING["amount"]:
        value = [f"{asked:f}"] if operator == "one-of" else asked
        criterion = asks(SPEED, operator, value, "Gbps")
        there = standing(criterion, SPEED, answer)
        for unit in ("Mbps", "kbps", "bps", "Tbps"):
            assert standing(criterion, SPEED, convert(answer, unit)) == there
            moved = convert(Amount(asked, "Gbps"), unit).number
            value = [f"{moved:f}"] if operator == "one-of" else moved
            assert standing(asks(SPEED, operator, value, unit), SPEED, answer) == there


@given(asked=numbers, one=numbers, other=numbers)
@settings(max_examples=60)
def test_more_is_never_worse_for_at_least_nor_less_for_at_most(
    asked: Decimal, one: Decimal, other: Decimal
) -> None:
    low, high = sorted([one, other])
    at_least, at_most = asks(SPEED, "at-least", asked), asks(SPEED, "at-most", asked)
    assert _worth(at_least, SPEED, Amount(low, "Gbps")) <= _worth(
        at_least, SPEED, Amount(high, "Gbps")
    )
    assert _worth(at_most, SPEED, Amount(high, "Gbps")) <= _worth(
        at_most, SPEED, Amount(low, "Gbps")
    )
    # What is exactly as asked is equal, and only that is neither better nor failing.
    found = standing(at_least, SPEED, Amount(one, "Gbps"))
    assert (found == "equal") == (one == asked)
    mirrored = {"better": "fails", "fails": "better", "equal": "equal"}
    assert standing(at_most, SPEED, Amount(one, "Gbps")) == mirrored[found]


@given(asked=ranks, one=ranks, other=ranks)
def test_a_higher_level_is_never_worse(asked: int, one: int, other: int) -> None:
    low, high = sorted([one, other])
    criterion = asks(LAYER, "at-least", LAYER.levels[asked][0])
    assert _worth(criterion, LAYER, Level(low, "")) <= _worth(criterion, LAYER, Level(high, ""))
    assert (standing(criterion, LAYER, Level(one, "")) == "fails") == (one < asked)


@given(asked=sets.filter(bool), has=sets, more=sets)
def test_more_members_are_never_worse_where_they_are_included(
    asked: frozenset[str], has: frozenset[str], more: frozenset[str]
) -> None:
    for operator in ("includes", "one-of"):
        criterion = asks(WPA, operator, sorted(asked))
        assert _worth(criterion, WPA, Members(has)) <= _worth(criterion, WPA, Members(has | more))
    included = standing(asks(WPA, "includes", sorted(asked)), WPA, Members(has))
    assert (included != "fails") == (asked <= has)
    assert (included == "equal") == (asked == has)
    exact = standing(asks(WPA, "equals", sorted(asked)), WPA, Members(has))
    assert (exact == "equal") == (asked == has)


@given(data=st.data(), kind=st.sampled_from([*FITTING]))
def test_every_kind_stands_one_way_under_each_of_its_operators(
    data: st.DataObject, kind: AttributeKind
) -> None:
    attribute = EXAMPLE[kind]
    operator = data.draw(st.sampled_from(FITTING[kind]))
    value, answer = data.draw(_pairs(kind))
    if operator in {"one-of", "includes"} and not isinstance(value, list):
        value = [str(value)]
    elif operator in {"at-least", "at-most"} and isinstance(value, list):
        value = value[0]
    criterion = asks(attribute, operator, value)
    assert fault_of(criterion, attribute) is None
    found = standing(criterion, attribute, answer)
    assert found in WORTH
    if operator in {"equals", "is", "one-of"}:
        assert found != "better"


def _pairs(kind: AttributeKind) -> st.SearchStrategy[tuple[Any, Answer]]:
    words = st.text("กขabc12 ", min_size=1, max_size=5).filter(lambda text: bool(text.strip()))
    pairs: dict[AttributeKind, st.SearchStrategy[Any]] = {
        "amount": st.tuples(numbers, numbers.map(lambda n: Amount(n, "Mbps"))),
        "level": st.tuples(
            st.sampled_from([s[0] for s in LAYER.levels]), ranks.map(lambda r: Level(r, ""))
        ),
        "set": st.tuples(sets.filter(bool).map(sorted), sets.map(Members)),
        "yes-no": st.tuples(st.booleans(), st.booleans().map(lambda yes: YesNo(yes=yes))),
        "words": st.tuples(words, words.map(Words)),
    }
    return pairs[kind]


def _any_answer(attribute: Attribute) -> Answer:
    answers: dict[AttributeKind, Answer] = {
        "amount": ports(24),
        "level": Level(0, ""),
        "set": Members(frozenset({"WPA2"})),
        "yes-no": YesNo(yes=True),
        "words": Words("ก"),
    }
    return answers[attribute.kind]


def _worth(criterion: Criterion, attribute: Attribute, answer: Answer) -> int:
    return WORTH[standing(criterion, attribute, answer)]
