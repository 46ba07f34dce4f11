"""From two readings of counters to a rate, or to nothing: a rate is never guessed.

What `sysUpTime` says is held against our own clock, so that a restart, a clock that jumped (theirs
or ours) or a suspended machine is noticed before anything is divided (RFC 2863, section 3.1.6).
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from controller.facts.measured import Ports

# Counter of `facts.measured.COUNTERS` -> rate of `observed.RATES`, and what one count is worth.
RATE_OF: Final[dict[str, tuple[str, int]]] = {
    "in_octets": ("in_bps", 8),
    "out_octets": ("out_bps", 8),
    "in_errors": ("in_errors", 1),
    "out_errors": ("out_errors", 1),
    "in_discards": ("in_discards", 1),
    "out_discards": ("out_discards", 1),
}
_OCTETS = frozenset({"in_octets", "out_octets"})
_ROUND_32 = 2**32
_ROUND_64 = 2**64
_UPTIME_ROUND = _ROUND_32 / 100
"""Seconds after which sysUpTime, in hundredths and 32 bits wide, begins again: 497 days."""
_SLACK = 5.0
_SLACK_SHARE = 0.05
# No port is twice as fast as it says; one that says nothing is no faster than this, in bit/s.
_FASTER = 2.0
_FASTEST = 4e12


@dataclass(slots=True)
class _Column:
    at: float
    indices: tuple[str, ...]
    counts: array[int]


class Counted:
    """The counters of one device as last read, packed: thousands of devices are remembered.

    Times are seconds of a clock that is never set (monotonic).
    """

    __slots__ = ("_at", "_columns", "_uptime")

    def __init__(self) -> None:
        self._columns: dict[str, _Column] = {}
        self._at: float | None = None
        self._uptime: float | None = None

    def restarted(self, at: float, uptime: float | None) -> bool:
        """Whether the device began anew since it was last read, as far as can be told."""
        if uptime is None or self._uptime is None or self._at is None:
            return False
        expected = self._uptime + (at - self._at)
        return not _near(uptime, expected, at - self._at) and uptime < expected

    def rates(
        self,
        ports: Ports,
        at: float,
        uptime: float | None,
        *,
        longest: Mapping[str, float],
        speed: Mapping[str, int],
    ) -> dict[str, dict[str, float]]:
        """Rate column -> port -> a second, and remember this reading for the next one.

        `longest`: for each counter the seconds after which the reading before is too old, as a
        poll was missed. `speed` in bit/s by port, 0 or absent when not known.
        """
        trusted = self._steady(at, uptime)
        found: dict[str, dict[str, float]] = {}
        for name, counts in ports.counters.items():
            before = self._columns.get(name)
            if trusted and before is not None and 0 < at - before.at <= longest[name]:
                rate, worth = RATE_OF[name]
                bits = ports.octet_bits if name in _OCTETS else 32
                found[rate] = _divided(before, counts, at, worth, bits, speed, name in _OCTETS)
            self._columns[name] = _packed(at, counts, before)
        if not trusted:
            for name in set(self._columns) - set(ports.counters):
                del self._columns[name]
        self._at, self._uptime = at, uptime
        return found

    def forget(self) -> None:
        """Begin anew: the next reading has nothing to be compared with."""
        self._columns.clear()
        self._at = self._uptime = None

    def _steady(self, at: float, uptime: float | None) -> bool:
        """Whether the time passed here has passed on the device too."""
        if self._at is None:
            return False
        if uptime is None or self._uptime is None:
            # No uptime, no way to notice a restart: a counter that fell still tells.
            return uptime is self._uptime
        passed = at - self._at
        return _near(uptime, self._uptime + passed, passed)


def _near(uptime: float, expected: float, passed: float) -> bool:
    slack = _SLACK + _SLACK_SHARE * abs(passed)
    away = abs(uptime - expected)
    return min(away, abs(away - _UPTIME_ROUND)) <= slack


def _packed(at: float, counts: Mapping[str, int], before: _Column | None) -> _Column:
    indices = tuple(counts)
    known = before is not None and before.indices == indices
    indices = before.indices if before is not None and known else _once(indices)
    return _Column(at, indices, array("Q", [count % _ROUND_64 for count in counts.values()]))


@lru_cache(maxsize=4096)
def _once(indices: tuple[str, ...]) -> tuple[str, ...]:
    """The same tuple for equal ones: switches of a model number their ports alike."""
    return indices


def _divided(
    before: _Column,
    counts: Mapping[str, int],
    at: float,
    worth: int,
    bits: int,
    speed: Mapping[str, int],
    octets: bool,
) -> dict[str, float]:
    passed = at - before.at
    share = worth / passed
    found: dict[str, float] = {}
    for index, old in zip(before.indices, before.counts, strict=True):
        new = counts.get(index)
        if new is None:
            continue
        grown = new - old
        if octets:
            fastest = (speed.get(index) or 0) * _FASTER
            if bits == 32:
                # Where it may have gone round more than once nobody knows how often it did.
                if not 0 < fastest * passed / 8 < _ROUND_32:
                    continue
                grown %= _ROUND_32
            rate = grown * share
            if grown >= 0 and rate <= (fastest or _FASTEST):
                found[index] = rate
        elif grown >= 0:
            found[index] = grown * share
    return found
