"""When a school's first device is down, one alert is told and the rest are its shadow."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from controller.health.shadows import Open, cast, way_up

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
TREE = {"router": None, "core": "router", "sw1": "core", "sw2": "core", "ap1": "sw1"}
GRACE = timedelta(minutes=4)


def down(number: int, device: str, shadow_of: int | None = None) -> Open:
    """An open alert that a device is down."""
    return Open(number, "down", device, shadow_of, GRACE)


def test_one_alert_for_a_school() -> None:
    """Everything below is its shadow, whichever was found first."""
    alerts = [down(1, "ap1"), down(2, "sw1"), down(3, "core"), down(4, "sw2")]
    assert cast(alerts, TREE, NOW).shadows == {1: 3, 2: 3, 4: 3}


@given(st.permutations(["router", "core", "sw1", "sw2", "ap1"]), st.integers(0, 5))
def test_the_order_of_polls_does_not_matter(order: list[str], settled_after: int) -> None:
    """Settled once at the end or after each: one alert is left, that of the first device."""
    ids = {device: n for n, device in enumerate(sorted(TREE), 1)}
    alerts: list[Open] = []
    for n, device in enumerate(order):
        alerts.append(down(ids[device], device))
        if n >= settled_after:
            found = cast(alerts, TREE, NOW)
            alerts = [replace(a, shadow_of=found.shadows.get(a.id)) for a in alerts]
    found = cast(alerts, TREE, NOW)
    assert found.shadows == {ids[d]: ids["router"] for d in TREE if d != "router"}


def test_a_cause_found_later_absorbs() -> None:
    """What was told for itself becomes a shadow."""
    first = [down(1, "sw1")]
    assert cast(first, TREE, NOW).shadows == {}
    assert cast([*first, down(2, "router")], TREE, NOW).shadows == {1: 2}


def test_a_device_still_down_when_the_cause_is_over() -> None:
    """It stays a shadow for the grace of its own rule, then it is told for itself."""
    left = [down(1, "sw1", shadow_of=9)]
    ended = {9: NOW - timedelta(minutes=3)}
    assert cast(left, TREE, NOW, cleared=ended).shadows == {1: 9}
    assert cast(left, TREE, NOW + timedelta(minutes=2), cleared=ended).shadows == {}


def test_nobody_is_told_while_something_above_is_suspected() -> None:
    """The first device does not answer, its grace runs: the others wait to be absorbed."""
    found = cast([down(1, "sw1")], TREE, NOW, suspected=("core",))
    assert found.shadows == {}
    assert found.waiting == {1}
    assert cast([down(1, "core")], TREE, NOW, suspected=("sw1",)).waiting == frozenset()


def test_what_does_not_come_of_being_cut_off_is_no_shadow() -> None:
    """A hot switch is hot whatever happens above it."""
    hot = Open(1, "high_temperature", "sw1", None, GRACE, may_hide=False)
    assert cast([hot, down(2, "router")], TREE, NOW).shadows == {}


def test_a_circle_of_cables_ends() -> None:
    """Damaged or looping sightings do not hang the program."""
    circle = {"a": "b", "b": "c", "c": "a"}
    assert way_up("a", circle) == ("a", "b", "c")
    assert len(cast([down(1, "a"), down(2, "b")], circle, NOW).shadows) <= 2
