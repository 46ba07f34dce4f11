"""How much of a period devices, sites and services worked, with the downtimes behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.health.availability import (
    Availability,
    device_availability,
    first_device,
    together,
)
from controller.health.rules import rules_of
from controller.health.shadows import Tree
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.site import Site
from controller.operations.context import Context
from controller.operations.list_maintenance import require_moments
from controller.operations.show_device import visible_device
from controller.operations.show_site import visible_site
from controller.polling.surveyed import surveyed
from controller.store import health_spans, maintenance
from controller.store.health_spans import Span
from controller.store.maintenance import Window

LONGEST = timedelta(days=400)
USUAL = timedelta(days=30)


@dataclass(frozen=True)
class SiteAvailability:
    """A site: that of its `first` device decides (None where it has none), the mean stands beside.

    `reach` is None where there is no first device.
    """

    site: Site
    first: str | None
    reach: Availability | None
    mean: Availability


@dataclass(frozen=True)
class ServiceAvailability:
    """A service: the mean, by time, of the devices it needs."""

    service: str
    title: Text
    devices: int
    mean: Availability


@dataclass(frozen=True)
class AvailabilityView:
    """Everything asked about, over a period; devices by name, sites by name, services in order."""

    since: datetime
    until: datetime
    whole: Availability
    devices: tuple[tuple[Device, Availability], ...]
    sites: tuple[SiteAvailability, ...]
    services: tuple[ServiceAvailability, ...]


def show_availability(
    context: Context,
    actor: Actor,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    site: str = "",
    district: str = "",
    device: str = "",
) -> AvailabilityView:
    """The availability of the devices asked for; of the last 30 days where no period is given.

    What lies ahead is left out. Errors: `InputError` for a period that is none or too long;
    `NotFound` for a site or device, also another school's.
    """
    require(actor, "show_availability")
    require_moments(since, until)
    now = context.clock()
    end = min(until or now, now)
    begin = since or end - USUAL
    if end <= begin or end - begin > LONGEST:
        raise InputError(
            Text(
                th=f"ช่วงเวลาต้องสิ้นสุดหลังเริ่ม เริ่มก่อนเวลาปัจจุบัน และไม่เกิน {LONGEST.days} วัน",
                en=f"a period begins in the past, ends after that, within {LONGEST.days} days",
            )
        )
    inventory = context.inventory()
    chosen = _chosen(inventory, actor, site, district, device)
    with context.store.read() as conn:
        kept = health_spans.spans(conn, begin, end, [d.name for d in chosen])
        off = [w for w in maintenance.windows_between(conn, begin, end) if w.approved]
        tree = surveyed(conn, inventory, now).tree
    found = availability_of(chosen, kept, off, begin, end)
    sites = [inventory.site(name) for name in sorted({d.site for d in chosen})]
    return AvailabilityView(
        since=begin,
        until=end,
        whole=together(found.values()),
        devices=tuple((d, found[d.name]) for d in chosen),
        sites=tuple(_of_site(s, chosen, found, tree) for s in sites if s is not None)
        if not device
        else (),
        services=tuple(_of_services(inventory, chosen, found)) if not device else (),
    )


def availability_of(
    devices: Iterable[Device],
    spans: Iterable[Span],
    windows: Sequence[Window],
    since: datetime,
    until: datetime,
) -> dict[str, Availability]:
    """device -> its availability, from all spans and approved windows of the period."""
    by_device: dict[str, list[Span]] = {}
    for span in spans:
        by_device.setdefault(span.device, []).append(span)
    return {
        device.name: device_availability(
            device.name,
            by_device.get(device.name, ()),
            [(w.starts, w.ends) for w in windows if w.covers(device.name, device.site)],
            since,
            until,
        )
        for device in devices
    }


def _chosen(
    inventory: Inventory, actor: Actor, site: str, district: str, device: str
) -> tuple[Device, ...]:
    if device:
        return (visible_device(inventory, actor, device),)
    own = visible_site(inventory, actor, site).site if site else ""
    return tuple(
        d
        for d in inventory.devices
        if actor.sees(d.site)
        and (not own or d.site == own)
        and (not district or d.district == district)
    )


def _of_site(
    site: Site, chosen: Collection[Device], found: dict[str, Availability], tree: Tree
) -> SiteAvailability:
    names = [d.name for d in chosen if d.site == site.site]
    first = first_device(names, tree)
    return SiteAvailability(
        site,
        first,
        None if first is None else found[first],
        together(found[name] for name in names),
    )


def _of_services(
    inventory: Inventory, chosen: Collection[Device], found: dict[str, Availability]
) -> Iterable[ServiceAvailability]:
    for service in rules_of(inventory.watching).services:
        names = [d.name for d in chosen if d.role in service.roles]
        if names:
            yield ServiceAvailability(
                service.service,
                Text(th=service.th, en=service.en),
                len(names),
                together(found[name] for name in names),
            )
