"""A rate comes only from two readings that can be trusted; everything else is unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.facts.measured import Ports
from controller.health.rates import RATE_OF, Counted

GIGABIT = {"1": 10**9}
LONGEST = dict.fromkeys(RATE_OF, 750.0)
ROUND = 2**32


def reading(bits: int = 64, **counts: int) -> Ports:
    """A reading of port 1."""
    return Ports(counters={name: {"1": count} for name, count in counts.items()}, octet_bits=bits)


def rates(
    first: Ports,
    second: Ports,
    *,
    passed: float = 300.0,
    uptime: float | None = 1000.0,
    uptime_after: float | None = 1300.0,
    speed: dict[str, int] | None = None,
) -> dict[str, dict[str, float]]:
    """The rates between two readings."""
    counted = Counted()
    known = GIGABIT if speed is None else speed
    counted.rates(first, 50.0, uptime, longest=LONGEST, speed=known)
    return counted.rates(second, 50.0 + passed, uptime_after, longest=LONGEST, speed=known)


def test_the_first_reading_gives_no_rate() -> None:
    """There is nothing to compare it with."""
    counted = Counted()
    assert counted.rates(reading(in_octets=5), 1.0, 9.0, longest=LONGEST, speed={}) == {}


def test_octets_become_bits_a_second_and_errors_errors_a_second() -> None:
    """Over the time that really passed."""
    found = rates(reading(in_octets=1000, in_errors=3), reading(in_octets=38500, in_errors=6))
    assert found == {
        "in_bps": {"1": pytest.approx(1000.0)},
        "in_errors": {"1": pytest.approx(0.01)},
    }


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("a restart", {"uptime_after": 20.0}),
        ("our clock jumped or the machine slept", {"uptime_after": 4900.0}),
        ("a missed poll", {"passed": 900.0, "uptime_after": 1900.0}),
        ("no uptime any more", {"uptime_after": None}),
    ],
)
def test_what_cannot_be_trusted_is_unknown(what: str, changed: dict[str, float]) -> None:
    """No column at all, rather than a zero."""
    first, second = reading(in_octets=10, in_errors=1), reading(in_octets=10**6, in_errors=2)
    assert rates(first, second, **changed) == {}, what  # type: ignore[arg-type]


def test_a_64_bit_counter_that_fell_was_reset() -> None:
    """It cannot have gone round in five minutes."""
    assert rates(reading(in_octets=10**9), reading(in_octets=5))["in_bps"] == {}


def test_a_narrow_counter_may_go_round_once() -> None:
    """On a slow port it can only have gone round once; on a fast one nobody knows."""
    first, second = reading(32, in_octets=ROUND - 100), reading(32, in_octets=3650)
    slow = rates(first, second, speed={"1": 10**7})
    assert slow["in_bps"]["1"] == pytest.approx(100.0)
    assert rates(first, second, speed=GIGABIT)["in_bps"] == {}
    assert rates(first, second, speed={})["in_bps"] == {}


def test_more_than_the_port_can_carry_is_no_rate() -> None:
    """A counter that jumped is a fault of the device, not traffic."""
    assert rates(reading(in_octets=0), reading(in_octets=10**12))["in_bps"] == {}


def test_uptime_going_round_is_no_restart() -> None:
    """sysUpTime has 32 bits of hundredths."""
    end = ROUND / 100
    found = rates(
        reading(in_octets=0), reading(in_octets=37500), uptime=end - 100, uptime_after=200.0
    )
    assert found["in_bps"]["1"] == pytest.approx(1000.0)
    counted = Counted()
    counted.rates(reading(in_octets=0), 0.0, end - 100, longest=LONGEST, speed={})
    assert not counted.restarted(300.0, 200.0)
    assert counted.restarted(300.0, 20.0)


def test_a_port_that_appeared_or_went_has_no_rate() -> None:
    """Only ports in both readings do."""
    first = Ports(counters={"in_errors": {"1": 1, "2": 1}})
    second = Ports(counters={"in_errors": {"2": 4, "3": 9}})
    assert rates(first, second) == {"in_errors": {"2": 0.01}}


def test_a_column_asked_for_seldom_is_compared_with_its_own_reading() -> None:
    """Fifteen minutes ago, although other columns were read since."""
    counted = Counted()
    longest = {**LONGEST, "out_errors": 1350.0}
    for step in range(4):
        at = 300.0 * step
        ports = reading(in_octets=37500 * step, **({"out_errors": step} if step % 3 == 0 else {}))
        found = counted.rates(ports, at, 1000.0 + at, longest=longest, speed=GIGABIT)
    assert found["out_errors"]["1"] == pytest.approx(3 / 900)
    assert found["in_bps"]["1"] == pytest.approx(1000.0)


def test_after_a_restart_an_old_reading_of_a_seldom_column_is_not_used() -> None:
    """Between the two readings the device began anew."""
    counted = Counted()
    longest = {**LONGEST, "out_errors": 1350.0}
    counted.rates(reading(out_errors=1), 0.0, 5000.0, longest=longest, speed={})
    counted.rates(reading(in_errors=0), 300.0, 10.0, longest=longest, speed={})
    found = counted.rates(reading(out_errors=9), 600.0, 310.0, longest=longest, speed={})
    assert found == {}


@given(
    st.integers(0, 2**64 - 1),
    st.integers(0, 2**64 - 1),
    st.floats(1.0, 749.0),
    st.floats(-100.0, 2000.0),
)
def test_a_rate_is_never_negative_and_never_faster_than_the_port(
    old: int, new: int, passed: float, uptime_passed: float
) -> None:
    """Whatever the device counts."""
    found = rates(
        reading(in_octets=old, in_errors=old),
        reading(in_octets=new, in_errors=new),
        passed=passed,
        uptime_after=1000.0 + uptime_passed,
    )
    assert all(rate >= 0 for column in found.values() for rate in column.values())
    assert found.get("in_bps", {}).get("1", 0) <= 2 * 10**9
