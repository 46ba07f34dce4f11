"""What is on record of many devices at once: the configuration they run, and what brought it.

A handful of questions, however many devices: an audit asks about all of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from controller.compliance.brought import Carried, Running, brought_by
from controller.store.compliance_tables import configurations_seen as seen
from controller.store.health_tables import alerts
from controller.store.parts import in_parts
from controller.store.tables import run_devices, runs

# States of a device in a run that leave open whether it was changed.
_DOUBTFUL = ("intended", "pushed", "verified", "unknown")


@dataclass(frozen=True, slots=True)
class DevicePast:
    """What is on record of a device; see `compliance.evidence.Past`."""

    running: Running | None = None
    case: str | None = None
    unnoted: datetime | None = None


def device_pasts(conn: Connection, devices: Collection[str]) -> dict[str, DevicePast]:
    """Device -> its past, for each of these; empty where nothing is on record."""
    running = _running(conn, devices)
    proven, doubtful = _carried(conn, devices)
    unnoted = _unnoted(conn, devices)
    found: dict[str, DevicePast] = {}
    for name in devices:
        now = running.get(name)
        by = None if now is None else brought_by(now, proven.get(name), doubtful.get(name))
        found[name] = DevicePast(now, by, unnoted.get(name))
    return found


def _running(conn: Connection, devices: Collection[str]) -> dict[str, Running]:
    found: dict[str, Running] = {}
    for names in in_parts(devices):
        for row in conn.execute(select(seen).where(seen.c.device.in_(names))):
            found[row.device] = Running(
                row.device, row.fingerprint, row.blob, row.since, row.at, row.first
            )
    return found


def _carried(
    conn: Connection, devices: Collection[str]
) -> tuple[dict[str, Carried], dict[str, Carried]]:
    """The newest confirmed run of each device, and the newest that left it in doubt."""
    state = run_devices.c.state
    settled = case((state == "confirmed", 1), else_=0)
    proven: dict[str, Carried] = {}
    doubtful: dict[str, Carried] = {}
    for names in in_parts(devices):
        ranked = (
            select(
                run_devices.c.device,
                run_devices.c.after,
                runs.c.case_number,
                runs.c.started,
                settled.label("settled"),
                func.row_number()
                .over(
                    partition_by=(run_devices.c.device, settled),
                    order_by=(runs.c.started.desc(), runs.c.id.desc()),
                )
                .label("place"),
            )
            .join(runs, runs.c.id == run_devices.c.run)
            .where(run_devices.c.device.in_(names), state.in_(("confirmed", *_DOUBTFUL)))
            .subquery()
        )
        for row in conn.execute(select(ranked).where(ranked.c.place == 1)):
            kept = proven if row.settled else doubtful
            kept[row.device] = Carried(row.case_number, row.after, row.started)
    return proven, doubtful


def _unnoted(conn: Connection, devices: Collection[str]) -> dict[str, datetime]:
    """When the oldest open alert that nobody took note of was opened; shadows and muted not."""
    found: dict[str, datetime] = {}
    for names in in_parts(devices):
        query = (
            select(alerts.c.device, func.min(alerts.c.opened))
            .where(
                alerts.c.device.in_(names),
                alerts.c.cleared.is_(None),
                alerts.c.acknowledged.is_(None),
                alerts.c.shadow_of.is_(None),
                alerts.c.muted.is_(False),
            )
            .group_by(alerts.c.device)
        )
        found |= {row[0]: row[1] for row in conn.execute(query)}
    return found
