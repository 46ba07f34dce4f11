"""How long devices were up, down and unknown in a period, month by month, maintenance apart."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Protocol

from controller.health.evaluation.period import Period

# Below this share of the time a figure is marked: it says little about the whole.
LITTLE = 0.5


class Stretch(Protocol):
    """A device in one status from `since` to `until`; another status than up or down is unknown."""

    @property
    def device(self) -> str: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def since(self) -> datetime: ...  # noqa: D102
    @property
    def until(self) -> datetime: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Share:
    """Seconds of one or many devices: up, down, unknown, and in approved maintenance."""

    up: float = 0.0
    down: float = 0.0
    unknown: float = 0.0
    excluded: float = 0.0

    @property
    def measured(self) -> float:
        """Seconds in which somebody knows what it was."""
        return self.up + self.down

    @property
    def availability(self) -> float | None:
        """The share of the measured time it was up, 0 to 1; None when nothing was measured."""
        return self.up / self.measured if self.measured > 0 else None

    @property
    def coverage(self) -> float | None:
        """The share of the time outside maintenance that was measured; None without such time."""
        counted = self.measured + self.unknown
        return self.measured / counted if counted > 0 else None

    @property
    def little(self) -> bool:
        """Whether too little of the time was measured for the figure to stand for all of it."""
        return (self.coverage or 0.0) < LITTLE

    def __add__(self, other: Share) -> Share:
        """Both together."""
        return Share(
            self.up + other.up,
            self.down + other.down,
            self.unknown + other.unknown,
            self.excluded + other.excluded,
        )


NOTHING = Share()


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a device stands and what it does: what figures are added up by."""

    device: str
    site: str
    district: str
    role: str


@dataclass(frozen=True, slots=True)
class Portion:
    """The figures of one site, district or role: how many devices, of them never seen."""

    key: str
    devices: int
    never: int
    share: Share


@dataclass(frozen=True)
class Uptime:
    """The whole, by month of the period, and by site, district and role, each by its key.

    `devices` holds every device of the inventory, also those never seen (all unknown). `strangers`
    counts devices with measurements that are not in the inventory any more; they are left out.
    """

    whole: Portion
    months: tuple[Share, ...]
    sites: tuple[Portion, ...]
    districts: tuple[Portion, ...]
    roles: tuple[Portion, ...]
    devices: Mapping[str, Share]
    strangers: int

    @property
    def measured(self) -> bool:
        """Whether anything was measured at all."""
        return self.whole.share.measured > 0


def uptime(
    placed: Sequence[Placed],
    stretches: Iterable[Stretch],
    quiet: Mapping[str, Sequence[tuple[datetime, datetime]]],
    period: Period,
) -> Uptime:
    """Add the stretches up.

    `quiet` holds the approved maintenance of each device. Time in no stretch is unknown. Stretches
    of a device must not overlap; what lies outside the period is not counted.
    """
    edges = [month.since.timestamp() for month in period.months()] + [period.until.timestamp()]
    known = {one.device for one in placed}
    pauses = {
        name: _joined([(a.timestamp(), b.timestamp()) for a, b in windows])
        for name, windows in quiet.items()
    }
    sums: dict[str, list[list[float]]] = {}
    strangers: set[str] = set()
    for one in stretches:
        if one.device not in known:
            strangers.add(one.device)
            continue
        if one.status not in {"up", "down"}:
            continue
        months = sums.setdefault(one.device, [[0.0, 0.0] for _ in edges[1:]])
        column = 0 if one.status == "up" else 1
        begins, ends = one.since.timestamp(), one.until.timestamp()
        for start, end in _outside(begins, ends, pauses.get(one.device, ())):
            _spread(start, end, edges, months, column)
    by_month = {
        one.device: _shares(sums.get(one.device), edges, pauses.get(one.device, ()))
        for one in placed
    }
    return _added(placed, by_month, len(edges) - 1, len(strangers))


def _added(
    placed: Sequence[Placed], by_month: Mapping[str, Sequence[Share]], months: int, strangers: int
) -> Uptime:
    devices = {name: _sum(shares) for name, shares in by_month.items()}

    def by(key: Callable[[Placed], str]) -> tuple[Portion, ...]:
        groups: dict[str, list[str]] = defaultdict(list)
        for one in placed:
            groups[key(one)].append(one.device)
        return tuple(_portion(k, names, devices) for k, names in sorted(groups.items()))

    return Uptime(
        whole=_portion("", list(devices), devices),
        months=tuple(_sum([shares[m] for shares in by_month.values()]) for m in range(months)),
        sites=by(lambda one: one.site),
        districts=by(lambda one: one.district),
        roles=by(lambda one: one.role),
        devices=devices,
        strangers=strangers,
    )


def _portion(key: str, names: Sequence[str], devices: Mapping[str, Share]) -> Portion:
    shares = [devices[name] for name in names]
    return Portion(key, len(names), sum(s.measured == 0 for s in shares), _sum(shares))


def _sum(shares: Sequence[Share]) -> Share:
    return Share(
        sum(s.up for s in shares),
        sum(s.down for s in shares),
        sum(s.unknown for s in shares),
        sum(s.excluded for s in shares),
    )


def _shares(
    sums: Sequence[Sequence[float]] | None,
    edges: Sequence[float],
    pauses: Sequence[tuple[float, float]],
) -> list[Share]:
    found = []
    for month, (start, end) in enumerate(pairwise(edges)):
        up, down = sums[month] if sums else (0.0, 0.0)
        excluded = sum(max(0.0, min(end, b) - max(start, a)) for a, b in pauses)
        found.append(Share(up, down, max(0.0, end - start - excluded - up - down), excluded))
    return found


def _spread(
    start: float, end: float, edges: Sequence[float], months: Sequence[list[float]], column: int
) -> None:
    """Give each month its part of a stretch."""
    start, end = max(start, edges[0]), min(end, edges[-1])
    month = max(0, bisect_right(edges, start) - 1)
    while start < end:
        stop = min(end, edges[month + 1])
        months[month][column] += stop - start
        start, month = stop, month + 1


def _outside(
    start: float, end: float, pauses: Sequence[tuple[float, float]]
) -> Iterable[tuple[float, float]]:
    """The parts of a stretch that lie in no pause; `pauses` are sorted and apart."""
    for begins, ends in pauses:
        if ends <= start or begins >= end:
            continue
        if begins > start:
            yield start, begins
        start = max(start, ends)
    if start < end:
        yield start, end


def _joined(windows: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Windows in order, those that touch made one."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(window for window in windows if window[0] < window[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
