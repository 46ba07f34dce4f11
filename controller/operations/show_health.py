"""Read how the devices are: all of them counted, by site, and those that are not well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.inventory.device import Device
from controller.inventory.site import Site
from controller.operations.context import Context
from controller.operations.show_device import visible_device
from controller.operations.show_site import visible_site
from controller.store import shards
from controller.store.device_health import DeviceHealth, read_health, statuses
from controller.store.shards import Poller

Status = Literal["up", "down", "unknown", "unwatched"]
STATUSES: tuple[Status, ...] = ("down", "unknown", "up", "unwatched")


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """How a device is. `since` and `at` (when it was last asked) are None for one never asked.

    `unwatched`: it has no SNMP access, so nobody asks. `unknown` also when the last poll is too
    long ago to say anything of now.
    """

    device: Device
    status: Status
    since: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """A site: its devices by status, those that are down or unknown first."""

    site: Site
    counts: Mapping[Status, int]
    devices: tuple[DeviceStatus, ...]


@dataclass(frozen=True, slots=True)
class HealthView:
    """How everything is at `at`: counted, by site (troubled ones first), and who polls now."""

    at: datetime
    counts: Mapping[Status, int]
    sites: tuple[SiteHealth, ...]
    pollers: tuple[Poller, ...]


def show_health(context: Context, actor: Actor, site: str | None = None) -> HealthView:
    """How the devices are, of one site or all; a school sees its own.

    Errors: `NotFound` for a site that is not there or not theirs.
    """
    require(actor, "show_health")
    inventory = context.inventory()
    sites: Iterable[Site] = inventory.sites
    if site is not None:
        sites = (visible_site(inventory, actor, site),)
    now = context.clock()
    with context.store.read() as conn:
        known = statuses(conn)
        pollers = shards.living(conn, now)
    seen = [
        _site(context, one, known, now) for one in sites if actor.sees(one.site) and one.devices
    ]
    seen.sort(key=lambda s: (-s.counts["down"], -s.counts["unknown"], s.site.site))
    counts: Counter[Status] = Counter(dict.fromkeys(STATUSES, 0))
    for one in seen:
        counts.update(one.counts)
    return HealthView(now, dict(counts), tuple(seen), pollers)


def show_device_health(context: Context, actor: Actor, name: str) -> DeviceHealth | None:
    """All that is known of one device now; None when it was never asked.

    Errors: `NotFound`, also for a school that asks for another one's.
    """
    require(actor, "show_health")
    device = visible_device(context.inventory(), actor, name)
    with context.store.read() as conn:
        return read_health(conn, [device.name]).get(device.name)


def _site(
    context: Context,
    site: Site,
    known: Mapping[str, tuple[str, datetime, datetime]],
    now: datetime,
) -> SiteHealth:
    devices = [_status(context, device, known.get(device.name), now) for device in site.devices]
    devices.sort(key=lambda one: (STATUSES.index(one.status), one.device.name))
    counts = Counter(one.status for one in devices)
    return SiteHealth(site, {status: counts[status] for status in STATUSES}, tuple(devices))


def _status(
    context: Context, device: Device, row: tuple[str, datetime, datetime] | None, now: datetime
) -> DeviceStatus:
    if not context.watches(device):
        return DeviceStatus(device, "unwatched")
    if row is None:
        return DeviceStatus(device, "unknown")
    status, since, at = row
    # A silent device is let alone for up to three polls; after that nobody has asked.
    stale = now - at > timedelta(seconds=4.5 * context.settings.health.poll_seconds)
    if stale or status == "unknown":
        return DeviceStatus(device, "unknown", at if stale else since, at)
    return DeviceStatus(device, "up" if status == "up" else "down", since, at)
