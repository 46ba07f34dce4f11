"""Availability and maintenance windows over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.given import Given, Line, Name
from controller.api.routing import make_router
from controller.api.words import Both
from controller.health.availability import Availability
from controller.operations import (
    cancel_maintenance,
    list_maintenance,
    plan_maintenance,
    show_availability,
)
from controller.store.maintenance import Window

router = make_router("/availability", "availability")
windows = make_router("/maintenance", "availability")


class Figures(BaseModel):
    """Seconds by what was known; together they are the period, times the devices."""

    percent: float | None = Field(description="Up, of the time measured; null when nothing was")
    coverage: float | None = Field(description="Percent of the time outside maintenance measured")
    up: float
    down: float
    unknown: float
    maintenance: float


class DowntimeShown(BaseModel):
    """One stretch a device was down, outside approved maintenance."""

    device: str
    since: datetime
    until: datetime
    why: str


class ServiceShown(Figures):
    """A service: the mean, by time, of the devices it needs."""

    service: str
    title: Both
    devices: int


class SiteShown(BaseModel):
    """A site: that of its first device, below which everything hangs, and the mean beside it."""

    site: str
    first: str | None
    reach: Figures | None
    mean: Figures


class DeviceShown(Figures):
    """One device."""

    device: str


class AvailabilityShown(BaseModel):
    """Everything asked about, over a period."""

    since: datetime
    until: datetime
    whole: Figures
    downtimes: list[DowntimeShown] = Field(description="Longest first")
    services: list[ServiceShown]
    sites: list[SiteShown]
    devices: list[DeviceShown]


class WindowShown(BaseModel):
    """A maintenance window; `id` is null and `run` set for one that a run is by itself."""

    id: int | None
    run: str | None
    site: str
    devices: list[str] = Field(description="Empty: the whole site")
    starts: datetime
    ends: datetime
    reason: str
    approved: str = Field(description="Case or order; only then availability leaves it out")
    made_by: str
    cancelled_by: str | None


class Planning(Given):
    """A window to plan."""

    starts: Annotated[datetime, Field(examples=["2026-11-28T11:00:00Z"])]
    ends: Annotated[datetime, Field(examples=["2026-11-28T13:00:00Z"])]
    reason: Line
    site: Name = ""
    devices: Annotated[list[Name], Field(max_length=2000, default_factory=list)]
    approved: Line = ""


@router.get("", operation_id="show_availability")
def read(
    asked: Asked,
    since: Annotated[datetime | None, Query(description="30 days before the end")] = None,
    until: Annotated[datetime | None, Query(description="Now when left out")] = None,
    site: Annotated[str, Query(max_length=64)] = "",
    district: Annotated[str, Query(max_length=64)] = "",
    device: Annotated[str, Query(max_length=64)] = "",
) -> AvailabilityShown:
    """How much of a period services, sites and devices worked, with the downtimes behind it."""
    found = asked.ask(
        show_availability.show_availability,
        since=since,
        until=until,
        site=site,
        district=district,
        device=device,
    )
    return AvailabilityShown(
        since=found.since,
        until=found.until,
        whole=_figures(found.whole),
        downtimes=[
            DowntimeShown(device=d.device, since=d.since, until=d.until, why=d.why)
            for d in found.whole.downtimes
        ],
        services=[
            ServiceShown(
                **_figures(s.mean).model_dump(),
                service=s.service,
                title=Both.of(s.title),
                devices=s.devices,
            )
            for s in found.services
        ],
        sites=[
            SiteShown(
                site=s.site.site,
                first=s.first,
                reach=_figures(s.reach) if s.reach else None,
                mean=_figures(s.mean),
            )
            for s in found.sites
        ],
        devices=[DeviceShown(**_figures(a).model_dump(), device=d.name) for d, a in found.devices],
    )


@windows.get("", operation_id="list_maintenance")
def listing(
    asked: Asked,
    since: Annotated[datetime | None, Query(description="Now when left out")] = None,
    until: Annotated[datetime | None, Query(description="A year ahead when left out")] = None,
) -> list[WindowShown]:
    """Windows that touch the period, by start: planned ones, and runs, which are one each."""
    found = asked.ask(list_maintenance.list_maintenance, since=since, until=until)
    return [_window(window) for window in found]


@windows.post("", operation_id="plan_maintenance", status_code=201)
def plan(asked: Asked, given: Planning) -> WindowShown:
    """Plan a window about devices, or about a whole site."""
    made = asked.ask(
        plan_maintenance.plan_maintenance,
        starts=given.starts,
        ends=given.ends,
        reason=given.reason,
        site=given.site,
        devices=given.devices,
        approved=given.approved,
    )
    return _window(made)


@windows.post("/{number}/cancellation", operation_id="cancel_maintenance")
def cancel(asked: Asked, number: str) -> WindowShown:
    """End a window now; one that has not begun never will."""
    return _window(asked.ask(cancel_maintenance.cancel_maintenance, number))


def _figures(one: Availability) -> Figures:
    return Figures(
        percent=one.percent,
        coverage=one.coverage,
        up=one.up.total_seconds(),
        down=one.down.total_seconds(),
        unknown=one.unknown.total_seconds(),
        maintenance=one.maintenance.total_seconds(),
    )


def _window(window: Window) -> WindowShown:
    kept = {n: getattr(window, n) for n in WindowShown.model_fields if n not in ("id", "devices")}
    return WindowShown(**kept, id=window.id or None, devices=list(window.devices))
