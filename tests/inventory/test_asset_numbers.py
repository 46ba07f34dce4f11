"""The next register numbers, by whatever pattern an office has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.inventory.asset_numbers import asset_number, countable, next_asset_numbers

PATTERN = "7440-009-{number:04}/{yy}"


def test_numbers_run_on_over_the_years() -> None:
    taken = ["7440-009-0007/67", "7440-009-0012/66", "7440-001-0099/67", "odd"]
    given_ = next_asset_numbers(PATTERN, 2569, taken, 2)
    assert given_ == ["7440-009-0013/69", "7440-009-0014/69"]


def test_or_begin_again_each_year() -> None:
    taken = ["7440-009-0012/68", "7440-009-0003/69"]
    assert next_asset_numbers(PATTERN, 2569, taken, 1, yearly=True) == ["7440-009-0004/69"]
    assert next_asset_numbers(PATTERN, 2570, taken, 1, yearly=True) == ["7440-009-0001/70"]


@pytest.mark.parametrize(
    ("pattern", "fine"),
    [
        (PATTERN, True),
        ("สพม.ขก {number}/{year}", True),
        ("7440/{yy}", False),
        ("{number}/{class}", False),
        ("{number}/{number}", False),
        ("{number", False),
        ("{}", False),
    ],
)
def test_patterns(pattern: str, fine: bool) -> None:
    assert countable(pattern) is fine


@given(st.sets(st.integers(1, 9999), max_size=20), st.integers(1, 30), st.integers(2540, 2640))
def test_what_is_given_is_free_and_without_gaps(taken: set[int], count: int, year: int) -> None:
    present = {asset_number(PATTERN, number, 2560 + number % 10) for number in taken}
    new = next_asset_numbers(PATTERN, year, present, count)
    assert not {*new} & present
    first = max(taken, default=0) + 1
    assert new == [asset_number(PATTERN, first + step, year) for step in range(count)]
