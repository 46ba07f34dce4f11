"""How the devices are, over HTTP: counted, by site, one whole; and a poll by hand."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.operations import poll_devices, show_health
from controller.operations.show_health import Status
from controller.store.device_health import DeviceHealth

router = make_router("/health", "health")
devices = make_router("/devices", "health")


class StatusShown(BaseModel):
    """A device and how it is. Times are null for one that was never asked."""

    device: str
    status: Status
    since: datetime | None
    at: datetime | None = Field(description="When it was last asked")


class SiteShown(BaseModel):
    """A site's devices, counted by status and listed, those in trouble first."""

    site: str
    counts: dict[Status, int]
    devices: list[StatusShown]


class PollerShown(BaseModel):
    """A process that polls, and what it says of the last share it polled."""

    id: str
    host: str
    cycle: dict[str, Any]


class HealthShown(BaseModel):
    """How everything is now. `unknown` is never counted as up; `unwatched` has no SNMP access."""

    at: datetime
    counts: dict[Status, int]
    sites: list[SiteShown]
    pollers: list[PollerShown]


class DeviceHealthShown(BaseModel):
    """All that is known of one device: identity, what was measured, its ports.

    `measured` and `ports` are of the last answer (`answered`); rates are bits and events a second,
    a port without a trustworthy rate is absent from them.
    """

    device: str
    status: str
    since: datetime
    at: datetime
    answered: datetime | None
    missed: int = Field(description="Polls in a row without an answer")
    why: str
    identity: dict[str, str]
    measured: dict[str, Any]
    ports: dict[str, Any]


class PolledShown(BaseModel):
    """A poll by hand. `kept`: false while a worker polls on schedule, then this was only a look."""

    seconds: float
    kept: bool
    without_access: list[str]
    devices: list[DeviceHealthShown]


class PollWanted(BaseModel):
    """Which devices to ask."""

    select: str = Field(default="all", max_length=500, description="A selector, see docs")


@router.get("", operation_id="show_health")
def read_health(
    asked: Asked, site: Annotated[str | None, Query(max_length=100)] = None
) -> HealthShown:
    """How the devices are, of all sites or one; a school sees its own."""
    found = asked.ask(show_health.show_health, site)
    return HealthShown(
        at=found.at,
        counts=dict(found.counts),
        sites=[
            SiteShown(
                site=one.site.site,
                counts=dict(one.counts),
                devices=[
                    StatusShown(device=d.device.name, status=d.status, since=d.since, at=d.at)
                    for d in one.devices
                ],
            )
            for one in found.sites
        ],
        pollers=[PollerShown(id=p.id, host=p.host, cycle=dict(p.cycle)) for p in found.pollers],
    )


@devices.get("/{name}/health", operation_id="show_device_health")
def read_device_health(asked: Asked, name: str) -> DeviceHealthShown | None:
    """All that is known of one device now; null when it was never asked."""
    row = asked.ask(show_health.show_device_health, name)
    return None if row is None else _shown(row)


@router.post("/polls", operation_id="poll_devices")
def poll(asked: Asked, wanted: PollWanted) -> PolledShown:
    """Ask devices over SNMP once, now; answers when every device has answered or kept silent."""
    found = asked.ask(poll_devices.poll_devices, wanted.select)
    return PolledShown(
        seconds=found.seconds,
        kept=found.kept,
        without_access=[device.name for device in found.without],
        devices=[_shown(row) for _, row in sorted(found.health.items())],
    )


def _shown(row: DeviceHealth) -> DeviceHealthShown:
    measured = asdict(row.measured)
    measured.pop("ports")
    return DeviceHealthShown(
        device=row.device,
        status=row.status,
        since=row.since,
        at=row.at,
        answered=row.answered,
        missed=row.missed,
        why=row.why,
        identity=asdict(row.identity),
        measured=measured,
        ports=asdict(row.ports),
    )
