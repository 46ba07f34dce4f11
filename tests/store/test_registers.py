"""Running numbers: no gap, no number twice, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from controller.store import cases, registers
from controller.store.engine import Store, open_store
from tests.store.clock import Clock
from tests.store.samples import a_case


def test_numbers_run_by_register_and_year(store: Store) -> None:
    """Each from 1."""
    with store.begin() as conn:
        given = [
            registers.next_number(conn, register, year)
            for register, year in [("2.3", 2569), ("2.3", 2569), ("2.2", 2569), ("2.3", 2570)]
        ]
    assert given == [1, 2, 1, 1]


@pytest.mark.parametrize(
    ("firsts", "given"),
    [
        ([113, 113, 113], [113, 114, 115]),
        ([1, 1, 50, 50, 1], [1, 2, 50, 51, 52]),
        ([0, -3], [1, 2]),
    ],
)
def test_a_register_goes_on_from_paper(store: Store, firsts: list[int], given: list[int]) -> None:
    """The first number the office names is kept to, and never goes back."""
    with store.begin() as conn:
        assert [registers.next_number(conn, "memo", 2569, first) for first in firsts] == given


def test_holding_a_register_takes_no_number(store: Store) -> None:
    """Neither of a new register nor of one that has begun."""
    with store.begin() as conn:
        registers.hold_register(conn, "memo", 2569)
        assert registers.next_number(conn, "memo", 2569, 7) == 7
        registers.hold_register(conn, "memo", 2569)
        assert registers.next_number(conn, "memo", 2569, 7) == 8


@pytest.mark.parametrize("first", [1, 113])
def test_numbers_have_no_gap_when_some_fail(
    store: Store, database_url: str, clock: Clock, first: int
) -> None:
    """Many at once, every third rolled back: what is kept is 1, 2, 3 ..."""
    other = open_store(database_url)

    def take(n: int) -> int:
        with (store if n % 2 else other).begin(audited=False) as conn:
            number = registers.next_number(conn, "2.3", 2569, first)
            cases.insert_case(conn, a_case(clock(), f"{number:04}"))
            if n % 3 == 0:
                raise ZeroDivisionError
            return number

    with ThreadPoolExecutor(12) as pool:
        waited = [pool.submit(take, n) for n in range(90)]
        kept = [w.result() for w in waited if not w.exception()]
    other.close()
    numbers = list(range(first, first + 60))
    assert sorted(kept) == numbers
    with store.read() as conn:
        assert [c.number for c in cases.list_cases(conn)] == [f"{n:04}" for n in numbers]
