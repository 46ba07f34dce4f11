"""Figures for whoever watches the installation: how many of what, how old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from controller.store.tables import cases, run_devices, runs, snapshots

_CASES = select(cases.c.state, func.count()).group_by(cases.c.state)
_RUNS = select(runs.c.state, func.count()).group_by(runs.c.state)
_NEWEST = (
    select(run_devices.c.device, func.max(run_devices.c.changed).label("changed"))
    .group_by(run_devices.c.device)
    .subquery()
)
_DEVICES = (
    select(run_devices.c.state, func.count(func.distinct(run_devices.c.device)))
    .join(
        _NEWEST,
        and_(
            run_devices.c.device == _NEWEST.c.device,
            run_devices.c.changed == _NEWEST.c.changed,
        ),
    )
    .group_by(run_devices.c.state)
)
_BACKUPS = select(snapshots.c.device, func.max(snapshots.c.at)).group_by(snapshots.c.device)


@dataclass(frozen=True)
class Figures:
    """Counts by state, and when each device's configuration was last kept."""

    cases: Mapping[str, int]
    runs: Mapping[str, int]
    devices: Mapping[str, int]
    backups: Mapping[str, datetime]


def figures(conn: Connection) -> Figures:
    """All of them, of one moment. `devices`: by the outcome of the last run that touched each."""
    return Figures(
        cases=dict(conn.execute(_CASES).all()),
        runs=dict(conn.execute(_RUNS).all()),
        devices=dict(conn.execute(_DEVICES).all()),
        backups=dict(conn.execute(_BACKUPS).all()),
    )
