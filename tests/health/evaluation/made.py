"""A year of made-up measurements, the same in every run: how it goes in offices like this one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from controller.facts.identity import Identity
from controller.health.evaluation.ages import ages
from controller.health.evaluation.capacity import (
    Clients,
    Ports,
    Power,
    Uplink,
    Use,
    capacity,
)
from controller.health.evaluation.evaluation import Evaluation
from controller.health.evaluation.incidents import Incident, incidents
from controller.health.evaluation.period import Period, fiscal_period
from controller.health.evaluation.uptime import Grouping, Placed, uptime
from controller.health.observed import Reached
from controller.inventory.asset import Asset
from controller.inventory.device import Device

DISTRICTS = ("mueang", "ban-phai", "nam-phong", "phon", "chum-phae")
SERVICES = {
    "internet": ("router", "firewall"),
    "switching": ("core", "distribution", "access"),
    "wifi": ("wireless",),
}
RULES = ("down", "high_cpu", "port_errors", "temperature", "link_saturated")
SEVERITIES = {"down": "critical", "temperature": "critical"}


@dataclass(frozen=True, slots=True)
class MadeSpan:
    """A span as the store gives it."""

    device: str
    status: Reached
    since: datetime
    until: datetime
    why: str = ""


@dataclass(frozen=True)
class Year:
    """Everything an evaluation is made of."""

    devices: tuple[Device, ...]
    placed: tuple[Placed, ...]
    spans: tuple[MadeSpan, ...]
    quiet: Mapping[str, tuple[tuple[datetime, datetime], ...]]
    alerts: tuple[Incident, ...]
    assets: tuple[Asset, ...]
    identities: Mapping[str, Identity] = field(default_factory=dict)


def made_year(period: Period, *, sites: int, each: int, seed: int = 1) -> Year:
    """`sites` sites with `each` devices: the first a router, one in four wireless."""
    chance = Random(seed)
    devices, placed, assets = [], [], []
    for number in range(sites):
        site = f"school-{number + 1:02}"
        for position in range(each):
            role = "router" if not position else "wireless" if position % 4 == 3 else "access"
            name = f"{site}-{role[:2]}{position + 1:02}"
            asset = f"7440-{number:03}-{position:04}/{2558 + chance.randrange(11)}"
            devices.append(
                Device(
                    name=name,
                    platform="cisco_ios",
                    role=role,
                    address=f"10.{number}.0.{position + 1}",
                    model="WS-C2960" if role == "access" else "C1111",
                    asset=asset if chance.random() < 0.9 else None,
                    site=site,
                )
            )
            placed.append(Placed(name, site, DISTRICTS[number % len(DISTRICTS)], role))
            if chance.random() < 0.7:
                bought = date(2015 + chance.randrange(11), 1 + chance.randrange(12), 5)
                assets.append(_asset(asset, site, bought))
    spans = tuple(s for one in placed for s in _spans(one, period, chance))
    return Year(
        devices=tuple(devices),
        placed=tuple(placed),
        spans=spans,
        quiet={one.device: (_window(period),) for one in placed[:1]},
        alerts=tuple(_alerts(spans, {one.device: one.site for one in placed}, chance)),
        assets=tuple(assets),
        identities={
            one.name: Identity(
                platform=one.platform,
                model=one.model or "",
                version=chance.choice(("15.2(7)E4", "15.2(7)E10", "15.0(2)SE11")),
            )
            for one in devices
            if chance.random() < 0.9
        },
    )


def evaluated(year: Year, asked: Period, period: Period | None = None) -> Evaluation:
    """The evaluation of it, with uplinks, ports, clients and power that fit."""
    chance = Random(3)
    within = period or asked
    sites = sorted({one.site for one in year.placed})
    first = {one.site: one.device for one in reversed(year.placed)}
    watched = any(True for _ in year.spans)
    return Evaluation(
        asked=asked,
        period=within,
        uptime=uptime(year.placed, year.spans, year.quiet, within, Grouping(SERVICES, first)),
        incidents=incidents(year.alerts, within) if watched else None,
        capacity=capacity(
            [_uplink(site, first[site], chance) for site in sites] if watched else [],
            [Ports(site, 96, 30 + chance.randrange(50)) for site in sites] if watched else [],
            [Clients(site, 80 * chance.random(), 120) for site in sites] if watched else [],
            [Power(sites[0], first[sites[0]], 370, 320)] if watched else [],
        ),
        ages=ages(year.devices, year.assets, year.identities, within.last),
    )


def fiscal(year: int, *, sites: int = 6, each: int = 8, seed: int = 1) -> Evaluation:
    """A whole fiscal year in one call."""
    period = fiscal_period(year)
    return evaluated(made_year(period, sites=sites, each=each, seed=seed), period)


def _spans(one: Placed, period: Period, chance: Random) -> Iterator[MadeSpan]:
    """Up for days, down for minutes to hours, now and then unknown; some never seen."""
    if chance.random() < 0.02:
        return
    at = period.since + timedelta(days=chance.randrange(20))
    worse = 3 if one.site.endswith("3") else 1
    while at < period.until:
        for status, hours in (
            ("up", chance.expovariate(1 / (400 / worse))),
            ("down" if chance.random() < 0.8 else "unknown", chance.expovariate(1 / (4 * worse))),
        ):
            until = min(at + timedelta(hours=hours), period.until)
            if until > at:
                yield MadeSpan(one.device, status, at, until)  # type: ignore[arg-type]
            at = until


def _window(period: Period) -> tuple[datetime, datetime]:
    begins = period.since + timedelta(days=40)
    return begins, begins + timedelta(hours=6)


def _alerts(
    spans: tuple[MadeSpan, ...], sites: Mapping[str, str], chance: Random
) -> Iterator[Incident]:
    for span in spans:
        if span.status != "down":
            continue
        rule = "down" if chance.random() < 0.7 else chance.choice(RULES[1:])
        answered = span.since + timedelta(minutes=chance.expovariate(1 / 30))
        yield Incident(
            rule=rule,
            severity=SEVERITIES.get(rule, "warning"),
            device=span.device,
            site=sites[span.device],
            opened=span.since,
            cleared=span.until if chance.random() < 0.98 else None,
            acknowledged=answered if answered < span.until else None,
            shadow=chance.random() < 0.2,
            quiet=chance.random() < 0.05,
        )


def _uplink(site: str, device: str, chance: Random) -> Uplink:
    mean = chance.random() * 0.4
    use = Use(mean, min(1.0, mean * 2.4), min(1.0, mean * 3), 0.9 + chance.random() / 10)
    out = Use(mean / 4, mean / 2, mean, use.coverage)
    return Uplink(site, device, "Gi0/1", chance.choice((1e8, 1e9)), use, out)


def _asset(number: str, site: str, acquired: date) -> Asset:
    return Asset(number, site, "switch", "", "", "", acquired, 0, "", "in-use", "")
