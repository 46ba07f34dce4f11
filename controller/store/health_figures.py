"""Figures of health for whoever watches the installation: how many are how, how old, how quick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from controller.health.summary import REACHED, device_figures
from controller.store.alerts import count_open
from controller.store.device_health import count_by_status, read_measured
from controller.store.health_tables import device_health
from controller.store.shards import living


@dataclass(frozen=True)
class HealthFigures:
    """Devices by status as last polled, open alerts by severity, when anything was last polled.

    `shares`: poller -> seconds its last share took. `devices`: device -> figure -> value, what is
    unknown left out; empty unless asked for.
    """

    statuses: Mapping[str, int]
    alerts: Mapping[str, int]
    last: datetime | None
    shares: Mapping[str, float]
    devices: Mapping[str, Mapping[str, float]]


def health_figures(conn: Connection, now: datetime, *, each: bool) -> HealthFigures:
    """All of them; `each`: with the figures of every device, which takes longer."""
    said = {poller.id: poller.cycle.get("seconds") for poller in living(conn, now)}
    return HealthFigures(
        statuses=count_by_status(conn),
        alerts=count_open(conn),
        last=conn.execute(select(func.max(device_health.c.at))).scalar(),
        shares={name: float(seconds) for name, seconds in said.items() if seconds is not None},
        devices=_devices(conn) if each else {},
    )


def _devices(conn: Connection) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for device, (status, round_trip, measured) in read_measured(conn).items():
        figures: dict[str, float | None] = {"up": REACHED.get(status)}
        if status == "up":  # what a silent device said last is not how it is now
            figures |= {**device_figures(measured), "round_trip": round_trip}
        found[device] = {name: value for name, value in figures.items() if value is not None}
    return found
