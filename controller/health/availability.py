"""How much of a period something worked, counted from spans of what was known.

* Of a **device**: the time it was up, of the time it was known to be up or down, outside approved
  maintenance. Time of which nothing is known is neither; how much was known is the coverage.
* Of a **site**: that of its first device, the one everything else there hangs below: while it is
  down the site is cut off. Beside it stands the mean of its devices, by time.
* Of a **service**: the mean, by time, of the devices in the roles it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Protocol

from controller.health.observed import Reached

_NONE = timedelta()


class Spanned(Protocol):
    """A device was in one status from a moment until another."""

    @property
    def status(self) -> Reached: ...  # noqa: D102
    @property
    def since(self) -> datetime: ...  # noqa: D102
    @property
    def until(self) -> datetime: ...  # noqa: D102
    @property
    def why(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Downtime:
    """One stretch a device was down, within the period and outside approved maintenance."""

    device: str
    since: datetime
    until: datetime
    why: str = ""

    @property
    def length(self) -> timedelta:
        """How long it was."""
        return self.until - self.since


@dataclass(frozen=True, slots=True)
class Availability:
    """Time by what was known; together they are the whole period (times the devices, of many)."""

    up: timedelta = _NONE
    down: timedelta = _NONE
    unknown: timedelta = _NONE
    maintenance: timedelta = _NONE
    downtimes: tuple[Downtime, ...] = field(default=())

    def __add__(self, other: Availability) -> Availability:
        """Both together: another device, or the period after this one."""
        return Availability(
            self.up + other.up,
            self.down + other.down,
            self.unknown + other.unknown,
            self.maintenance + other.maintenance,
            self.downtimes + other.downtimes,
        )

    @property
    def period(self) -> timedelta:
        """All of it."""
        return self.up + self.down + self.unknown + self.maintenance

    @property
    def percent(self) -> float | None:
        """Up, of the time that was measured; None when nothing was: never taken for well."""
        measured = self.up + self.down
        return 100 * (self.up / measured) if measured else None

    @property
    def coverage(self) -> float | None:
        """How much of the time outside maintenance was measured, in percent."""
        wanted = self.up + self.down + self.unknown
        return 100 * ((self.up + self.down) / wanted) if wanted else None


Window = tuple[datetime, datetime]


def device_availability(
    device: str,
    spans: Iterable[Spanned],
    windows: Iterable[Window],
    since: datetime,
    until: datetime,
) -> Availability:
    """One device over a period, from its own spans and the approved windows about it.

    Where spans overlap, down counts before up and both before unknown.
    """
    if until <= since:
        return Availability()
    inside = [s for s in spans if s.until > since and s.since < until]
    excluded = _merged(windows, since, until)
    cuts = {since, until}
    for one in inside:
        cuts |= {max(one.since, since), min(one.until, until)}
    for begin, end in excluded:
        cuts |= {begin, end}
    times = {"up": _NONE, "down": _NONE, "unknown": _NONE, "maintenance": _NONE}
    downtimes: list[Downtime] = []
    ordered = sorted(inside, key=lambda s: s.since)
    sweep = _Sweep(ordered)
    off = iter(excluded)
    current = next(off, None)
    for begin, end in pairwise(sorted(cuts)):
        while current is not None and current[1] <= begin:
            current = next(off, None)
        at = sweep.at(begin)
        if current is not None and current[0] <= begin:
            times["maintenance"] += end - begin
            continue
        status = at.status if at else "unknown"
        times[status] += end - begin
        if at is not None and status == "down":
            _extend(downtimes, Downtime(device, begin, end, at.why))
    return Availability(
        times["up"], times["down"], times["unknown"], times["maintenance"], tuple(downtimes)
    )


def together(found: Iterable[Availability]) -> Availability:
    """The mean of many devices, by time; longest downtimes first."""
    up = down = unknown = maintenance = _NONE
    downtimes: list[Downtime] = []
    for one in found:
        up, down = up + one.up, down + one.down
        unknown, maintenance = unknown + one.unknown, maintenance + one.maintenance
        downtimes += one.downtimes
    ordered = sorted(downtimes, key=lambda d: (-d.length, d.since, d.device))
    return Availability(up, down, unknown, maintenance, tuple(ordered))


def first_device(names: Sequence[str], tree: Mapping[str, str | None]) -> str | None:
    """Of the devices of a site the one the most of them hang below; None where none is first.

    Where several have nobody above them the one with the most below it counts, if it is one alone
    and has any.
    """
    here = set(names)
    below: dict[str, int] = dict.fromkeys(names, 0)
    for name in names:
        seen = {name}
        above = tree.get(name)
        while above in here and above is not None and above not in seen:
            below[above] += 1
            seen.add(above)
            above = tree.get(above)
    if len(names) == 1:
        return names[0]
    ranked = sorted(below.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] == 0 or ranked[0][1] == ranked[1][1]:
        return None
    return ranked[0][0]


_WORST = {"down": 0, "up": 1, "unknown": 2}


class _Sweep:
    """Spans in order of their start, asked for moments that only move forward."""

    def __init__(self, ordered: Sequence[Spanned]) -> None:
        self._left = list(reversed(ordered))
        self._running: list[Spanned] = []

    def at(self, moment: datetime) -> Spanned | None:
        while self._left and self._left[-1].since <= moment:
            self._running.append(self._left.pop())
        self._running = [s for s in self._running if s.until > moment]
        return min(self._running, key=lambda s: _WORST[s.status], default=None)


def _merged(windows: Iterable[Window], since: datetime, until: datetime) -> list[Window]:
    """Windows cut to the period, overlapping ones as one, in order."""
    merged: list[Window] = []
    for begin, end in sorted((max(b, since), min(e, until)) for b, e in windows):
        if end <= begin:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _extend(downtimes: list[Downtime], added: Downtime) -> None:
    last = downtimes[-1] if downtimes else None
    if last is not None and last.until == added.since:
        downtimes[-1] = Downtime(last.device, last.since, added.until, last.why or added.why)
    else:
        downtimes.append(added)
