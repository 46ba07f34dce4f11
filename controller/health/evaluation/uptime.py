"""How long devices were up, down and unknown in a period, month by month, maintenance apart.

The figure of one device is that of `health.availability`; here they are added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from controller.health.availability import Availability, Spanned, Window, device_availability
from controller.health.evaluation.period import Month, Period

# Below this share of the time a figure is marked: it says little about the whole.
LITTLE = 0.5


class Stretch(Spanned, Protocol):
    """A span that says of which device it is."""

    @property
    def device(self) -> str: ...  # noqa: D102


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


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a device stands and what it does: by this its figures are added up."""

    device: str
    site: str
    district: str
    role: str


@dataclass(frozen=True, slots=True)
class Portion:
    """The figures of one site, district or service: how many devices, of them never seen.

    `cut_off`, of a site only: its first device, while which is down the whole site is; None where
    nobody knows which device that is.
    """

    key: str
    devices: int
    never: int
    share: Share
    cut_off: Share | None = None


@dataclass(frozen=True)
class Uptime:
    """The whole, by month of the period, and by site, district and service, each by its key.

    `devices` holds every device of the inventory, also those never seen (all unknown). `strangers`
    counts devices with measurements that are not in the inventory any more; they are left out.
    """

    whole: Portion
    months: tuple[Share, ...]
    sites: tuple[Portion, ...]
    districts: tuple[Portion, ...]
    services: tuple[Portion, ...]
    devices: Mapping[str, Share]
    strangers: int

    @property
    def measured(self) -> bool:
        """Whether anything was measured at all."""
        return self.whole.share.measured > 0


@dataclass(frozen=True)
class Grouping:
    """How figures are added up besides by site and district.

    `services` are the roles each service needs, `first` is the device of a site that everything
    else there hangs below.
    """

    services: Mapping[str, Collection[str]] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)


def uptime(
    placed: Sequence[Placed],
    stretches: Iterable[Stretch],
    quiet: Mapping[str, Sequence[Window]],
    period: Period,
    grouping: Grouping,
) -> Uptime:
    """Add up the spans, those of one device one after the other in order of time.

    `quiet` holds the approved maintenance of each device. Time in no span is unknown.
    """
    known = {one.device for one in placed}
    spans: dict[str, list[Stretch]] = defaultdict(list)
    strangers: set[str] = set()
    for one in stretches:
        if one.device in known:
            spans[one.device].append(one)
        else:
            strangers.add(one.device)
    months = period.months()
    by_month = {
        name: _by_month(name, spans.get(name, []), quiet.get(name, ()), months)
        for name in (one.device for one in placed)
    }
    return _added(placed, by_month, grouping, len(months), len(strangers))


def _added(
    placed: Sequence[Placed],
    by_month: Mapping[str, Sequence[Share]],
    grouping: Grouping,
    months: int,
    strangers: int,
) -> Uptime:
    devices = {name: _sum(shares) for name, shares in by_month.items()}

    def by(key: Callable[[Placed], str], first: Mapping[str, str]) -> tuple[Portion, ...]:
        groups: dict[str, list[str]] = defaultdict(list)
        for one in placed:
            groups[key(one)].append(one.device)
        return tuple(
            _portion(k, names, devices, first.get(k)) for k, names in sorted(groups.items())
        )

    services = (
        (service, [one.device for one in placed if one.role in roles])
        for service, roles in grouping.services.items()
    )
    return Uptime(
        whole=_portion("", list(devices), devices),
        months=tuple(_sum([shares[n] for shares in by_month.values()]) for n in range(months)),
        sites=by(lambda one: one.site, grouping.first),
        districts=by(lambda one: one.district, {}),
        services=tuple(_portion(key, names, devices) for key, names in services if names),
        devices=devices,
        strangers=strangers,
    )


def _portion(
    key: str, names: Sequence[str], devices: Mapping[str, Share], first: str | None = None
) -> Portion:
    shares = [devices[name] for name in names]
    cut_off = devices[first] if first in names and first is not None else None
    return Portion(key, len(names), sum(s.measured == 0 for s in shares), _sum(shares), cut_off)


def _sum(shares: Sequence[Share]) -> Share:
    return Share(
        sum(s.up for s in shares),
        sum(s.down for s in shares),
        sum(s.unknown for s in shares),
        sum(s.excluded for s in shares),
    )


def _by_month(
    device: str, spans: Sequence[Stretch], windows: Sequence[Window], months: Sequence[Month]
) -> list[Share]:
    """The shares of a device in every month; each span is looked at only where it reaches."""
    found, begin = [], 0
    for month in months:
        while begin < len(spans) and spans[begin].until <= month.since:
            begin += 1
        end = begin
        while end < len(spans) and spans[end].since < month.until:
            end += 1
        within = device_availability(device, spans[begin:end], windows, month.since, month.until)
        found.append(_share(within))
    return found


def _share(found: Availability) -> Share:
    return Share(
        found.up.total_seconds(),
        found.down.total_seconds(),
        found.unknown.total_seconds(),
        found.maintenance.total_seconds(),
    )
