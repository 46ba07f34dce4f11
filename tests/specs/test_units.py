"""Amounts compare through their units, and what is counted compares with itself alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from controller.specs.units import (
    UNITS,
    Amount,
    UnlikeUnitsError,
    alike,
    compare,
    convert,
    unit_spelled,
)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        (("1", "Gbps"), ("1000", "Mbps"), 0),
        (("1", "GiB"), ("1", "GB"), 1),
        (("16", "GB"), ("16000", "MB"), 0),
        (("0.4", "kW"), ("370", "W"), 1),
        (("1", "hour"), ("60", "minute"), 0),
        (("0.1", "GHz"), ("100", "MHz"), 0),
        (("23", "inch"), ("58.42", "cm"), 0),
    ],
)
def test_amounts_of_other_units(one: tuple[str, str], other: tuple[str, str], order: int) -> None:
    left, right = (Amount(Decimal(number), unit) for number, unit in (one, other))
    assert compare(left, right) == order
    assert compare(right, left) == -order


@pytest.mark.parametrize(
    ("one", "other"), [("port", "core"), ("port", "W"), ("W", "VA"), ("GB", "Gbps"), ("eps", "pps")]
)
def test_unlike_amounts_are_not_compared(one: str, other: str) -> None:
    assert not alike(one, other)
    with pytest.raises(UnlikeUnitsError):
        compare(Amount(Decimal(1), one), Amount(Decimal(1), other))


def test_every_unit_is_one_of_the_registry() -> None:
    for unit in UNITS:
        assert convert(Amount(Decimal(3), unit), unit) == Amount(Decimal(3), unit)
        assert alike(unit, unit)


def test_spellings() -> None:
    told = [unit_spelled(word) for word in ("ช่อง", "Ports", "gbps", "Mb/s", "GB", "%", "นาที")]
    assert told == ["port", "port", "Gbps", "Mbps", "GB", "percent", "minute"]


@pytest.mark.parametrize("word", ["gb", "Gb", "mb", "kb", "parsec", ""])
def test_bits_or_bytes_is_no_unit(word: str) -> None:
    assert unit_spelled(word) is None
