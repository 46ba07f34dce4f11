"""What offers state, read: one row per way of writing, and what holds for every one of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.specs.answers import (
    Answer,
    Level,
    Members,
    UnreadableError,
    Words,
    YesNo,
    is_unstated,
    read_answer,
)
from controller.specs.attribute import Attribute, attributes
from controller.specs.criterion import Operator
from controller.specs.units import UNITS, Amount, compare
from controller.thai import thai_digits

PORTS = Attribute(
    id="ports", th="ช่อง", en="ports", kind="amount", unit="port", spelled=("10G SFP+",)
)
SPEED = Attribute(id="speed", th="ความเร็ว", en="speed", kind="amount", unit="Gbps")
MEMORY = Attribute(id="memory", th="หน่วยความจำ", en="memory", kind="amount", unit="GB")
YEARS = Attribute(id="years", th="ประกัน", en="warranty", kind="amount", unit="year")
MACS = Attribute(id="macs", th="MAC", en="MAC", kind="amount", unit="address")
WIFI, LAYER, POE, WPA = (attributes()[id_] for id_ in ("wifi", "layer", "poe_standard", "wpa"))
WEB = Attribute(id="web", th="เว็บ", en="web", kind="yes-no")
FREE = Attribute(id="free", th="อื่น ๆ", en="other", kind="words")


def amount(number: str, unit: str) -> Amount:
    return Amount(Decimal(number), unit)


READ: list[tuple[Attribute, str, Answer, str]] = [
    # what is written, what it is, and what the note says where one is due
    (PORTS, "24 ports", amount("24", "port"), ""),
    (PORTS, "๒๔ ช่อง", amount("24", "port"), ""),
    (PORTS, "24-Port", amount("24", "port"), ""),
    (PORTS, "มีจำนวน 24 พอร์ต", amount("24", "port"), ""),
    (PORTS, "24", amount("24", "port"), "read as 24 port"),
    (PORTS, "≥ 24", amount("24", "port"), "read as 24 port"),
    (PORTS, "24+", amount("24", "port"), "read as 24 port"),
    (PORTS, "ไม่น้อยกว่า ๒๔ ช่อง", amount("24", "port"), "read as 24 port"),
    (PORTS, "At least 24 ports or more", amount("24", "port"), "read as 24 port"),
    (PORTS, "24 ช่องขึ้นไป", amount("24", "port"), "read as 24 port"),
    (PORTS, "2x10G SFP+", amount("2", "port"), "read as 2 port"),
    (PORTS, "10G SFP+ 2 ช่อง", amount("2", "port"), ""),
    (MACS, "16,384", amount("16384", "address"), "read as 16,384 address"),
    (MACS, "16K", amount("16000", "address"), "read as 16,000 address"),
    (SPEED, "1 Gb", amount("1", "Gbps"), "read as 1 Gbps"),
    (SPEED, "100M", amount("100", "Mbps"), "read as 100 Mbps"),
    (SPEED, "2.5 Gb/s", amount("2.5", "Gbps"), ""),
    (SPEED, "1,000 Mbps", amount("1000", "Mbps"), ""),
    (MEMORY, "16 GB", amount("16", "GB"), ""),
    (MEMORY, "16 GiB", amount("16", "GiB"), ""),
    (YEARS, "36 เดือน", amount("36", "month"), ""),
    (WIFI, "Wi-Fi 6", Level(5, "IEEE 802.11ax"), ""),
    (WIFI, "IEEE 802.11b/g/n/ac/ax", Level(5, "IEEE 802.11ax"), "read as IEEE 802.11ax"),
    (WIFI, "802.11ax (Wi-Fi 6)", Level(5, "IEEE 802.11ax"), "read as IEEE 802.11ax"),
    (LAYER, "Layer 2/3", Level(3, "Layer 3"), "read as Layer 3"),
    (LAYER, "L2 หรือดีกว่า", Level(0, "Layer 2"), "read as Layer 2"),
    (POE, "802.3af/at", Level(1, "IEEE 802.3at"), "read as IEEE 802.3at"),
    (POE, "PoE+", Level(1, "IEEE 802.3at"), ""),
    (WPA, "WPA2, WPA3", Members(frozenset({"WPA2", "WPA3"})), ""),
    (WPA, "รองรับ WPA2/3", Members(frozenset({"WPA2", "WPA3"})), "read as WPA2, WPA3"),
    (WPA, "WPA2 + TKIP", Members(frozenset({"WPA2"})), "read as WPA2; TKIP is not in"),
    (WPA, "ไม่มี", Members(frozenset()), "none of them"),
    (WEB, "มี", YesNo(yes=True), ""),
    (WEB, "Yes, supported", YesNo(yes=True), ""),
    (WEB, "ไม่รองรับ", YesNo(yes=False), ""),
    (FREE, " ตาม  แบบ ", Words("ตาม แบบ"), ""),
]  # fmt: skip

REFUSED: list[tuple[Attribute, str, str]] = [
    (PORTS, "", "nothing is stated"),
    (PORTS, "ไม่ระบุ", "nothing is stated"),
    (PORTS, "ตรงตามข้อกำหนด", "it complies, not what"),
    (PORTS, "มี", "no number"),
    (PORTS, "24-48 ช่อง", "several numbers"),
    (PORTS, "24 หรือ 48", "several numbers"),
    (PORTS, "10/100/1000", "several numbers"),
    (PORTS, "ไม่เกิน 24", "at most so much"),
    (PORTS, "ไม่น้อยกว่า 24 แต่ไม่เกิน 48", "not understood"),
    (PORTS, "ประมาณ 24", "about"),
    (PORTS, "1.000,5", "not clear"),
    (PORTS, "24.000", "not clear"),
    (PORTS, "2.5 ports", "whole number"),
    (PORTS, "24 แกน", "does not compare"),
    (PORTS, "24 x 10/100", "not understood"),
    (PORTS, "24 ช่อง (ต้องซื้อเพิ่ม)", "not understood"),
    (PORTS, "9" * 19, "too long"),
    (SPEED, "1", "no unit"),
    (SPEED, "1 GB", "does not compare"),
    (SPEED, "7 MB/s", "not understood"),
    (SPEED, "2,4 Gbps", "not clear"),
    (SPEED, "up to 10 Gbps", "at most"),
    (MEMORY, "1 Gb", "bits or bytes"),
    (MEMORY, "16 gb", "bits or bytes"),
    (MEMORY, "16G", "bits or bytes"),
    (YEARS, "3", "no unit"),
    (WIFI, "802.11zz", "not known"),
    (LAYER, "ไม่มี", "not known"),
    (WPA, "ไม่รองรับ WPA3", "not known"),
    (WPA, "WPA2 หรือ WPA3", "not known"),
    (WPA, "WPA2 except WPA3", "not known"),
    (WEB, "รองรับ แต่ต้องซื้อเพิ่ม", "yes or no"),
    (FREE, "ก" * 1001, "longer than"),
]


@pytest.mark.parametrize(("attribute", "text", "answer", "note"), READ, ids=[r[1] for r in READ])
def test_what_is_understood(attribute: Attribute, text: str, answer: Answer, note: str) -> None:
    read = read_answer(attribute, text)
    assert read.answer == answer
    assert bool(read.note) == bool(note)
    assert not read.note or note in read.note.en


@pytest.mark.parametrize(
    ("attribute", "text", "why"), REFUSED, ids=[f"{r[0].id} {r[1][:20]}" for r in REFUSED]
)
def test_what_may_mean_two_things_is_refused(attribute: Attribute, text: str, why: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_answer(attribute, text)
    assert why in refused.value.text.en


@pytest.mark.parametrize(
    ("operator", "text", "understood"),
    [
        ("at-least", "≥ 24", True),
        ("at-least", "≤ 24", False),
        ("at-most", "≤ 24", True),
        ("at-most", "≥ 24", False),
        ("at-most", "16K", False),
        ("equals", "≥ 24", False),
        ("equals", "24", True),
    ],
)
def test_a_bound_says_enough_for_one_side_alone(
    operator: Operator, text: str, understood: bool
) -> None:
    if understood:
        assert read_answer(PORTS, text, operator).answer is not None
    else:
        with pytest.raises(UnreadableError):
            read_answer(PORTS, text, operator)


@pytest.mark.parametrize(
    "text", ["", " ", "-", "—", "...", "ไม่ระบุ", "N/A", "n.a.", "(ไม่ระบุ)", "?", "TBD"]
)
def test_words_that_state_nothing(text: str) -> None:
    assert is_unstated(text)


@pytest.mark.parametrize("text", ["0", "ไม่มี", "no", "24", "ตรงตามข้อกำหนด", "+"])
def test_words_that_state_something(text: str) -> None:
    assert not is_unstated(text)


AMOUNTS = [a for a in attributes().values() if a.kind == "amount"]
LEVELS = [a for a in attributes().values() if a.kind == "level"]
SETS = [a for a in attributes().values() if a.kind == "set"]
NUMBERS = st.integers(0, 10**12)


@given(st.sampled_from(AMOUNTS), NUMBERS, st.booleans(), st.booleans(), st.sampled_from(["", " "]))
def test_a_number_with_a_spelling_of_its_unit_is_that_amount(
    attribute: Attribute, number: int, commas: bool, thai: bool, blank: str
) -> None:
    for spelling in (attribute.unit, UNITS[attribute.unit].th, *UNITS[attribute.unit].spelled):
        written = f"{number:,}" if commas else str(number)
        text = (thai_digits(written) if thai else written) + blank + spelling
        read = read_answer(attribute, text)
        assert isinstance(read.answer, Amount)
        assert compare(read.answer, Amount(Decimal(number), attribute.unit)) == 0


@given(st.sampled_from(sorted(attributes())), st.text(max_size=40))
def test_anything_is_read_or_refused_in_two_languages(id_: str, text: str) -> None:
    words = _read_or_refused(attributes()[id_], text)
    assert all(all(word) for word in words)


def _read_or_refused(attribute: Attribute, text: str) -> list[tuple[str, str]]:
    """The note or the reason, none where the words were plain."""
    try:
        read = read_answer(attribute, text)
    except UnreadableError as refused:
        return [refused.text.both]
    return [read.note.both] if read.note else []


@given(NUMBERS, NUMBERS, st.sampled_from(["-", " - ", "–", " ถึง ", "~", "/", " to ", " "]))
def test_two_numbers_are_never_one_answer(one: int, other: int, between: str) -> None:
    with pytest.raises(UnreadableError):
        read_answer(PORTS, f"{one}{between}{other} ช่อง")


@pytest.mark.parametrize("attribute", LEVELS, ids=lambda a: a.id)
def test_every_spelling_of_a_level_is_that_level_alone(attribute: Attribute) -> None:
    for rank, spellings in enumerate(attribute.levels):
        for spelling in spellings:
            for text in (spelling, spelling.upper(), spelling.lower()):
                assert read_answer(attribute, text).answer == Level(rank, spellings[0])


@pytest.mark.parametrize("attribute", SETS, ids=lambda a: a.id)
def test_every_spelling_of_a_member_is_that_member_in_any_order(attribute: Attribute) -> None:
    for member, spellings in attribute.members.items():
        for spelling in (member, *spellings):
            assert read_answer(attribute, spelling).answer == Members(frozenset({member}))
    names = [*attribute.members]
    everything = Members(frozenset(names))
    for between in (", ", "/", " + ", " และ ", "; "):
        assert read_answer(attribute, between.join(names)).answer == everything
        assert read_answer(attribute, between.join(reversed(names))).answer == everything
