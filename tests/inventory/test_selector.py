"""The selector language: what it selects, its canonical spelling, what it says when misspelt."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.errors import InputError
from controller.inventory.device import Device, Role
from controller.inventory.selector import KEYS, parse_selector

VALUES = st.text("abcdefgh0123456789-*?", min_size=1, max_size=12)
WORDS = st.builds(
    lambda key, sign, values: f"{key}{sign}{','.join(values)}",
    st.sampled_from(KEYS),
    st.sampled_from(("=", "!=")),
    st.lists(VALUES, min_size=1, max_size=3),
)
SELECTORS = st.lists(WORDS, min_size=1, max_size=5)
NAMES = st.text("ab0-", min_size=1, max_size=6).filter(lambda t: not t.startswith("-"))
DEVICES = st.lists(
    st.builds(
        Device,
        name=NAMES,
        platform=st.sampled_from(("cisco_ios", "arista_eos")),
        role=st.sampled_from(get_args(Role)),
        address=st.just("10.0.0.1"),
        model=st.none() | st.sampled_from(("c2960", "7050")),
        tags=st.lists(st.sampled_from(("lab", "old")), max_size=2).map(tuple),
        site=st.sampled_from(("kkn-school-a", "kkn-school-b")),
        district=st.sampled_from(("phon", "ban-phai")),
    ),
    max_size=8,
    unique_by=lambda d: d.name,
)


def _device(name: str, *, role: Role = "access", tags: tuple[str, ...] = ()) -> Device:
    return Device(
        name=name,
        platform="cisco_ios",
        role=role,
        address="10.0.0.1",
        tags=tags,
        site=f"kkn-{name[0]}",
        district="phon",
    )


FOUR = (
    _device("b-sw02", tags=("old",)),
    _device("a-sw01"),
    _device("a-core", role="core", tags=("lab", "old")),
    _device("b-sw01", role="distribution"),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("all", ["a-core", "a-sw01", "b-sw01", "b-sw02"]),
        ("role=access", ["a-sw01", "b-sw02"]),
        ("role=access,core", ["a-core", "a-sw01", "b-sw02"]),
        ("role=access site=kkn-a", ["a-sw01"]),
        ("name=*-sw0?", ["a-sw01", "b-sw01", "b-sw02"]),
        ("role!=access", ["a-core", "b-sw01"]),
        ("tag=old", ["a-core", "b-sw02"]),
        ("tag!=old", ["a-sw01", "b-sw01"]),
        ("tag=old tag=lab", ["a-core"]),
        ("model=*", ["a-core", "a-sw01", "b-sw01", "b-sw02"]),
        ("model=c2960", []),
        ("name=A-SW01", []),
    ],
)
def test_a_selector_selects(text: str, names: list[str]) -> None:
    """Conditions by *and*, values by *or*, `!=` excludes; sorted by name."""
    assert [d.name for d in parse_selector(text).select(FOUR)] == names


@given(SELECTORS)
def test_the_canonical_spelling_is_its_own(words: list[str]) -> None:
    """Reading the canonical spelling again changes nothing: plans with it keep their id."""
    once = parse_selector(" ".join(words))
    assert parse_selector(once.text) == once


@given(SELECTORS, st.randoms(use_true_random=False))
def test_order_blanks_and_repetition_mean_nothing(words: list[str], random: object) -> None:
    """The same wish has one spelling, whoever types it."""
    shuffled = [*words, words[0]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    turned = [_turned(word) for word in shuffled]
    assert parse_selector("  ".join(turned)) == parse_selector(" ".join(words))


@pytest.mark.parametrize("text", ["role=core role!=core", "role!=core role=core"])
def test_a_condition_and_its_opposite_have_one_order(text: str) -> None:
    """Even a contradiction has one spelling."""
    assert parse_selector(text).text == "role=core role!=core"


@given(SELECTORS, DEVICES)
def test_more_conditions_never_select_more(words: list[str], devices: list[Device]) -> None:
    """A further word narrows: nobody widens a push by adding one."""
    whole, one = (parse_selector(t).select(devices) for t in (" ".join(words), words[0]))
    assert {d.name for d in whole} <= {d.name for d in one}


@given(WORDS, DEVICES)
def test_excluding_is_the_opposite_of_including(word: str, devices: list[Device]) -> None:
    """Every device meets a condition or its opposite, never both."""
    opposite = word.replace("!=", "=") if "!=" in word else word.replace("=", "!=")
    one, other = (parse_selector(text).select(devices) for text in (word, opposite))
    assert sorted(d.name for d in (*one, *other)) == sorted(d.name for d in devices)


@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_an_empty_selector_selects_nothing(text: str) -> None:
    """Forgetting the words must never mean every device."""
    with pytest.raises(InputError, match="the selector is empty") as refusal:
        parse_selector(text)
    assert refusal.value.hint is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sight=a", "did you mean site"),
        ("Role=access", "did you mean role"),
        ("role", "“role” is not a condition"),
        ("colour=red", "“colour=red” is not a condition"),
        ("role=", "has no value"),
        ("role=,", "has no value"),
        ("role!=", "has no value"),
        ("all role=access", "“all” is not a condition"),
        ("=x", "“=x” is not a condition"),
    ],
)
def test_a_wrong_condition_is_named(text: str, words: str) -> None:
    """With the nearest key where one is near."""
    with pytest.raises(InputError, match=words):
        parse_selector(text)


def _turned(word: str) -> str:
    """The same condition with its values in the opposite order, the first one twice."""
    key, sign, right = word.partition("!=") if "!=" in word else word.partition("=")
    values = right.split(",")[::-1]
    return f"{key}{sign}{','.join([*values, values[0]])}"
