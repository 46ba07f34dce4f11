"""Maintenance windows: planned by hand, and those that runs of cases are by themselves.

A run writes nothing for it: its row says when it began and ended, its devices whom it touches.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, or_, select, update

from controller.errors import NotFound, Text
from controller.store.canonical import canonical, storable
from controller.store.health_tables import maintenance_windows as windows
from controller.store.tables import run_devices, runs

LONGEST_RUN = timedelta(hours=12)
"""However long a run stays open, after this its devices are watched again."""
AFTERWARDS = timedelta(minutes=10)
"""After a run its devices are given this time to come back."""
_ONE = select(windows).where(windows.c.id == bindparam("wanted"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From `starts` until `ends` nobody minds about `devices`, or about the whole `site` if empty.

    `approved` names the case or order; without it the time counts for availability all the same.
    `run` is the run that is this window; then `id` is 0.
    """

    site: str
    devices: tuple[str, ...]
    starts: datetime
    ends: datetime
    reason: str
    approved: str
    made_by: str
    made: datetime
    cancelled_by: str | None = None
    run: str | None = None
    id: int = 0

    def covers(self, device: str, site: str) -> bool:
        """Whether it is about this device."""
        return device in self.devices if self.devices else self.site == site


def add_window(conn: Connection, window: Window) -> int:
    """Keep a planned window; its number."""
    values = {
        "site": window.site,
        "devices": canonical(sorted(window.devices)),
        "starts": window.starts,
        "ends": window.ends,
        "reason": storable(window.reason),
        "approved": storable(window.approved),
        "made_by": window.made_by,
        "made": window.made,
    }
    number: int = conn.execute(insert(windows).returning(windows.c.id), values).scalar_one()
    return number


def load_window(conn: Connection, number: int) -> Window:
    """The planned window with this number. Errors: `NotFound`."""
    row = conn.execute(_ONE, {"wanted": number}).first()
    if row is None:
        raise no_window(number)
    return _window(row)


def no_window(number: int | str) -> NotFound:
    """What is said where there is none."""
    return NotFound(
        Text(th=f"ไม่พบช่วงบำรุงรักษา {number}", en=f"there is no maintenance window {number}"),
        hint=Text(th="ดูทั้งหมด: khaen maintenance list", en="see all: khaen maintenance list"),
    )


def cancel_window(conn: Connection, number: int, by: str, at: datetime) -> bool:
    """End a window now, before it began at its start; False when it was over or cancelled."""
    seen = load_window(conn, number)
    ended = (
        update(windows)
        .where(windows.c.id == number, windows.c.cancelled_by.is_(None), windows.c.ends > at)
        .values(ends=max(at, seen.starts), cancelled_by=by)
    )
    return conn.execute(ended).rowcount == 1


def planned_windows(
    conn: Connection, since: datetime, until: datetime | None = None
) -> tuple[Window, ...]:
    """Planned windows that reach beyond `since` (and begin before `until`), by start."""
    query = select(windows).where(windows.c.ends > since)
    if until is not None:
        query = query.where(windows.c.starts < until)
    found = conn.execute(query.order_by(windows.c.starts, windows.c.id))
    return tuple(_window(row) for row in found)


def run_windows(conn: Connection, since: datetime, until: datetime) -> tuple[Window, ...]:
    """The windows that runs of cases are, as far as they touch the period, by start."""
    going_on = and_(runs.c.ended.is_(None), runs.c.started > since - LONGEST_RUN)
    query = (
        select(runs)
        .where(runs.c.started < until, or_(runs.c.ended > since - AFTERWARDS, going_on))
        .order_by(runs.c.started, runs.c.id)
    )
    found = []
    for row in conn.execute(query).all():
        ends = min(row.ended or until, row.started + LONGEST_RUN) + AFTERWARDS
        touched = select(run_devices.c.device).where(run_devices.c.run == row.id)
        devices = tuple(sorted(conn.execute(touched).scalars()))
        if devices and ends > since:
            found.append(
                Window(
                    site="",
                    devices=devices,
                    starts=row.started,
                    ends=ends,
                    reason=row.kind,
                    approved=row.case_number,
                    made_by=row.started_by,
                    made=row.started,
                    run=row.id,
                )
            )
    return tuple(found)


def windows_between(conn: Connection, since: datetime, until: datetime) -> tuple[Window, ...]:
    """Planned ones and runs together, as far as they touch the period, by start."""
    both = (*planned_windows(conn, since, until), *run_windows(conn, since, until))
    return tuple(sorted(both, key=lambda w: (w.starts, w.id)))


def active_windows(conn: Connection, at: datetime) -> tuple[Window, ...]:
    """Those that are on at a moment."""
    found = windows_between(conn, at, at + timedelta(microseconds=1))
    return tuple(w for w in found if w.starts <= at < w.ends)


def _window(row: Row[Any]) -> Window:
    return Window(
        id=row.id,
        site=row.site,
        devices=tuple(json.loads(row.devices)),
        starts=row.starts,
        ends=row.ends,
        reason=row.reason,
        approved=row.approved,
        made_by=row.made_by,
        made=row.made,
        cancelled_by=row.cancelled_by,
    )
