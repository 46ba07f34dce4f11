"""Reads what a yearly evaluation is made of and has it added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from controller.health.availability import first_device
from controller.health.evaluation.ages import ages
from controller.health.evaluation.capacity import (
    Capacity,
    Clients,
    Ports,
    Power,
    Uplink,
    Use,
    capacity,
)
from controller.health.evaluation.evaluation import Evaluation
from controller.health.evaluation.incidents import Incident, Incidents, incidents
from controller.health.evaluation.period import Period
from controller.health.evaluation.uptime import Grouping, Placed, uptime
from controller.health.rules import rules_of
from controller.health.topology import same_port
from controller.health.uplinks import uplink_tree
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.operations.context import Context
from controller.store import device_health, health_spans, maintenance, neighbours
from controller.store.alert_times import alert_times
from controller.store.archive.totals import Total
from controller.store.engine import Connection
from controller.store.maintenance import Window

_WAYS = ("in_bps", "out_bps")
# A percentile stands for the period when at least this share of its measured hours is still kept.
_ENOUGH = 0.5
_HOUR = 3600


@dataclass(frozen=True)
class Matter:
    """What stays the same for this period and the year before it."""

    inventory: Inventory
    placed: tuple[Placed, ...]
    above: Mapping[str, str | None]
    grouping: Grouping


def evaluation_matter(conn: Connection, inventory: Inventory) -> Matter:
    """The devices where they stand now, and what hangs below what as last seen."""
    above = uplink_tree(
        inventory, {name: one.seen for name, one in neighbours.load_neighbours(conn).items()}
    )
    found = {
        site.site: first_device([device.name for device in site.devices], above)
        for site in inventory.sites
    }
    return Matter(
        inventory=inventory,
        placed=tuple(
            Placed(one.name, one.site, one.district, one.role) for one in inventory.devices
        ),
        above=above,
        grouping=Grouping(
            services={s.service: s.roles for s in rules_of(inventory.watching).services},
            first={site: name for site, name in found.items() if name is not None},
        ),
    )


def evaluated(
    context: Context, conn: Connection, matter: Matter, asked: Period, day: date
) -> Evaluation:
    """The evaluation of what has passed of `asked`; ages as of its end, at most `day`."""
    period = asked.so_far(context.clock())
    inventory = matter.inventory
    until = min(period.until, context.clock())
    windows = maintenance.windows_between(conn, period.since, period.until)
    watched = uptime(
        matter.placed,
        health_spans.spans(conn, period.since, until),
        _quiet(inventory, windows),
        period,
        matter.grouping,
    )
    return Evaluation(
        asked=asked,
        period=period,
        uptime=watched,
        incidents=_incidents(conn, period) if watched.measured or watched.strangers else None,
        capacity=_capacity(context, matter, period),
        ages=ages(
            inventory.devices,
            inventory.assets,
            device_health.identities(conn),
            min(period.last, day),
        ),
    )


def _quiet(
    inventory: Inventory, windows: Iterable[Window]
) -> dict[str, list[tuple[datetime, datetime]]]:
    """device -> its approved maintenance; what nobody approved counts as any other time."""
    found: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for window in windows:
        if not window.approved:
            continue
        site = inventory.site(window.site)
        names = window.devices or tuple(device.name for device in (site.devices if site else ()))
        for name in names:
            found[name].append((window.starts, window.ends))
    return found


def _incidents(conn: Connection, period: Period) -> Incidents:
    return incidents(
        (
            Incident(
                rule=one.rule,
                severity=one.severity,
                device=one.device,
                site=one.site,
                opened=one.opened,
                cleared=one.cleared,
                acknowledged=one.acknowledged,
                shadow=one.shadow,
                quiet=one.muted,
            )
            for one in alert_times(conn, period.since, period.until)
        ),
        period,
    )


def _capacity(context: Context, matter: Matter, period: Period) -> Capacity:
    archive = context.archive()
    span = (period.since, period.until)
    sites = {one.device: one.site for one in matter.placed}
    linked = [t for t in archive.totals("up", *span, ports=True) if t.device in sites]
    ports = [
        Ports(sites[one.device], 1, int((one.mean or 0.0) > 0))
        for one in linked
        if one.mean is not None
    ]
    clients: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in archive.totals("clients", *span):
        if one.device in sites and one.mean is not None:
            sums = clients[sites[one.device]]
            sums[0] += one.mean
            sums[1] = max(sums[1], one.peak or 0.0)
    budgets = {one.device: one.peak for one in archive.totals("poe_budget", *span)}
    return capacity(
        _uplinks(context, matter, period),
        ports,
        [Clients(site, *sums) for site, sums in clients.items()],
        [
            Power(sites[one.device], one.device, budgets[one.device] or 0.0, one.peak)
            for one in archive.totals("poe", *span)
            if one.device in sites and one.peak is not None and budgets.get(one.device)
        ],
    )


def _uplinks(context: Context, matter: Matter, period: Period) -> list[Uplink]:
    """The declared uplink of every device above which there is nothing of its own site."""
    heads = {one.name: one for one in matter.inventory.devices if _leads_out(one, matter)}
    if not heads:
        return []
    archive, span = context.archive(), (period.since, period.until)
    polls = (period.until - period.since).total_seconds() / context.settings.health.poll_seconds
    speeds: dict[tuple[str, str], float] = {}
    uses: dict[tuple[str, str], dict[str, Use]] = defaultdict(dict)
    for way in _WAYS:
        found = [
            one
            for one in archive.totals(way, *span, ports=True, devices=heads)
            if one.port and same_port(heads[one.device].uplink or "", one.port)
        ]
        ports = {one.port for one in found if one.port}
        asked = archive.percentiles(way, *span, devices=heads, ports=ports)
        high = {(one.device, one.port): one for one in asked}
        for one in found:
            if one.port is None or not one.speed or one.mean is None or one.peak is None:
                continue
            key = (one.device, one.port)
            p95 = high.get(key)
            told = p95 and p95.hours >= _ENOUGH * _hours(context, one)
            speeds[key] = float(one.speed)
            uses[key][way] = Use(
                one.mean / one.speed,
                p95.value / one.speed if p95 and told else None,
                one.peak / one.speed,
                min(1.0, one.samples / polls),
            )
    return [
        Uplink(
            heads[device].site, device, port, speeds[device, port], *(use.get(way) for way in _WAYS)
        )
        for (device, port), use in uses.items()
    ]


def _leads_out(device: Device, matter: Matter) -> bool:
    if not device.uplink:
        return False
    above = matter.inventory.device(matter.above.get(device.name) or "")
    return above is None or above.site != device.site


def _hours(context: Context, one: Total) -> float:
    """How many hours a port was measured."""
    return one.samples * context.settings.health.poll_seconds / _HOUR
