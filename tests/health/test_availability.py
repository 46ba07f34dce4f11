"""Up, down, unknown and maintenance are the whole period, however it is cut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.health.availability import (
    Availability,
    device_availability,
    first_device,
    together,
)
from controller.health.observed import Reached

START = datetime(2026, 11, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
END = START + 100 * HOUR


@dataclass(frozen=True)
class Piece:
    """A span."""

    status: Reached
    since: datetime
    until: datetime
    why: str = ""


def piece(status: Reached, since: float, until: float) -> Piece:
    """A span by hours from the start."""
    return Piece(status, START + since * HOUR, START + until * HOUR)


pieces = st.builds(
    lambda status, since, length: piece(status, since, since + length),
    st.sampled_from(["up", "down", "unknown"]),
    st.integers(-10, 110),
    st.integers(0, 40),
)
windows = st.builds(
    lambda since, length: (START + since * HOUR, START + (since + length) * HOUR),
    st.integers(-10, 110),
    st.integers(0, 20),
)


@given(st.lists(pieces, max_size=20), st.lists(windows, max_size=6), st.integers(0, 100))
def test_the_parts_are_the_whole_and_a_split_adds_up(
    spans: list[Piece], off: list[tuple[datetime, datetime]], cut: int
) -> None:
    """Whatever overlaps, reaches out of the period or is missing."""
    whole = device_availability("a", spans, off, START, END)
    assert whole.period == END - START
    middle = START + cut * HOUR
    first = device_availability("a", spans, off, START, middle)
    second = device_availability("a", spans, off, middle, END)
    split = first + second
    assert (split.up, split.down, split.unknown, split.maintenance) == (
        whole.up,
        whole.down,
        whole.unknown,
        whole.maintenance,
    )
    assert sum((d.length for d in whole.downtimes), timedelta()) == whole.down


def test_unknown_is_never_up() -> None:
    """It is left out of the measured time, and the coverage says so."""
    found = device_availability("a", [piece("up", 0, 40), piece("down", 40, 50)], [], START, END)
    assert found.percent == pytest.approx(80)
    assert found.coverage == pytest.approx(50)
    assert found.unknown == 50 * HOUR
    nothing = device_availability("a", [], [], START, END)
    assert nothing.percent is None
    assert nothing.coverage == 0


def test_approved_maintenance_is_left_out() -> None:
    """Down in a window is no downtime, and the rest of it is."""
    off = [(START + 10 * HOUR, START + 20 * HOUR)]
    found = device_availability("a", [piece("up", 0, 15), piece("down", 15, 25)], off, START, END)
    assert (found.up, found.down, found.maintenance) == (10 * HOUR, 5 * HOUR, 10 * HOUR)
    (downtime,) = found.downtimes
    assert (downtime.since, downtime.until) == (START + 20 * HOUR, START + 25 * HOUR)


def test_many_devices_are_added_by_time() -> None:
    """And their downtimes come longest first."""
    one = device_availability("a", [piece("down", 0, 1), piece("up", 1, 100)], [], START, END)
    other = device_availability("b", [piece("down", 0, 3)], [], START, END)
    both = together([one, other])
    assert both.percent == pytest.approx(100 * 99 / 103)
    assert [d.device for d in both.downtimes] == ["b", "a"]
    assert together([]) == Availability()


def test_the_first_device_of_a_site() -> None:
    """Everything hangs below it; where two have as much below them there is none."""
    assert first_device(["r", "c", "s"], {"r": None, "c": "r", "s": "c"}) == "r"
    assert first_device(["only"], {}) == "only"
    assert first_device(["a", "b"], {"a": None, "b": None}) is None
    assert first_device([], {}) is None
