"""How full the network is: uplinks, ports, wireless, power over Ethernet, school by school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# From which share of its speed, at the 95th percentile, an uplink is called busy and full.
BUSY, FULL = 0.6, 0.8


@dataclass(frozen=True, slots=True)
class Use:
    """One direction of a link, as a share of its speed: mean, 95th percentile and peak.

    `p95` is None where only days' means are kept. `coverage` is the share of polls that knew it.
    """

    mean: float
    p95: float | None
    peak: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Uplink:
    """The link of a site to the outside; `speed` in bit/s. A direction not measured is None."""

    site: str
    device: str
    port: str
    speed: float
    incoming: Use | None
    outgoing: Use | None

    @property
    def busiest(self) -> Use | None:
        """The fuller direction: at the 95th percentile, or in the mean where that is not known."""
        both = [use for use in (self.incoming, self.outgoing) if use is not None]
        return max(both, key=_fullness, default=None)

    @property
    def p95(self) -> float | None:
        """The 95th percentile of the fuller direction."""
        return self.busiest.p95 if self.busiest else None


@dataclass(frozen=True, slots=True)
class Ports:
    """Ports of a site's devices: how many were polled, how many ever had a link in the period."""

    site: str
    ports: int
    used: int


@dataclass(frozen=True, slots=True)
class Clients:
    """Wireless clients of a site: in the mean at once, and the most at one device at once."""

    site: str
    mean: float
    peak: float


@dataclass(frozen=True, slots=True)
class Power:
    """PoE of a device in watts: its budget, and the most it gave in the period."""

    site: str
    device: str
    budget: float
    peak: float


@dataclass(frozen=True)
class Capacity:
    """What was measured of it; a site that is absent from a part was not measured there.

    `uplinks` stand with the fullest first.
    """

    uplinks: tuple[Uplink, ...] = ()
    ports: tuple[Ports, ...] = ()
    clients: tuple[Clients, ...] = ()
    power: tuple[Power, ...] = ()

    @property
    def full(self) -> tuple[Uplink, ...]:
        """The uplinks too full to wait with."""
        return tuple(one for one in self.uplinks if (one.p95 or 0.0) >= FULL)

    @property
    def busy(self) -> tuple[Uplink, ...]:
        """The uplinks to keep an eye on, without the full ones."""
        return tuple(one for one in self.uplinks if BUSY <= (one.p95 or 0.0) < FULL)


def capacity(
    uplinks: Iterable[Uplink],
    ports: Iterable[Ports] = (),
    clients: Iterable[Clients] = (),
    power: Iterable[Power] = (),
) -> Capacity:
    """Order and join: several switches of a site are one line of ports, its fullest uplink first.

    Uplinks without a measurement or a speed are left out.
    """
    measured = [one for one in uplinks if one.busiest is not None and one.speed > 0]
    measured.sort(key=lambda one: (-_fullness(one.busiest) if one.busiest else 0.0, one.site))
    return Capacity(
        uplinks=tuple(measured),
        ports=_joined(ports),
        clients=tuple(sorted(clients, key=lambda one: (-one.mean, one.site))),
        power=tuple(sorted(power, key=lambda one: (-_share(one), one.device))),
    )


def main_uplinks(uplinks: Sequence[Uplink]) -> dict[str, Uplink]:
    """The fullest uplink of each site, of uplinks in the order `capacity` gives."""
    found: dict[str, Uplink] = {}
    for one in uplinks:
        found.setdefault(one.site, one)
    return found


def _joined(ports: Iterable[Ports]) -> tuple[Ports, ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in ports:
        sums[one.site][0] += one.ports
        sums[one.site][1] += one.used
    return tuple(Ports(site, *counts) for site, counts in sorted(sums.items()))


def _fullness(use: Use) -> float:
    return use.mean if use.p95 is None else use.p95


def _share(one: Power) -> float:
    return one.peak / one.budget if one.budget > 0 else 0.0
