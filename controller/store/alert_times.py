"""When alerts opened, were acknowledged and cleared: for the figures of a year, without words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from controller.store.health_tables import alerts


@dataclass(frozen=True, slots=True)
class AlertTimes:
    """One alert, by what is counted. `shadow`: it is only the shadow of another one."""

    rule: str
    severity: str
    device: str
    site: str
    opened: datetime
    cleared: datetime | None
    acknowledged: datetime | None
    shadow: bool
    muted: bool


def alert_times(conn: Connection, since: datetime, until: datetime) -> list[AlertTimes]:
    """The alerts that opened from `since` until before `until`, oldest first."""
    query = _TIMES.where(alerts.c.opened >= since, alerts.c.opened < until)
    return _read(conn, query)


def own_alert_times(
    conn: Connection, since: datetime, until: datetime, rules: Collection[str]
) -> list[AlertTimes]:
    """The alerts of these rules that were open at some time in between, oldest first.

    Without those that are only the shadow of another one, or were quiet for maintenance.
    """
    query = _TIMES.where(
        alerts.c.rule.in_(sorted(rules)),
        alerts.c.shadow_of.is_(None),
        alerts.c.muted.is_(False),
        alerts.c.opened < until,
        or_(alerts.c.cleared.is_(None), alerts.c.cleared > since),
    )
    return _read(conn, query)


_TIMES = select(
    alerts.c.rule,
    alerts.c.severity,
    alerts.c.device,
    alerts.c.site,
    alerts.c.opened,
    alerts.c.cleared,
    alerts.c.acknowledged,
    alerts.c.shadow_of.is_not(None),
    alerts.c.muted,
)


def _read(conn: Connection, query: Select[Any]) -> list[AlertTimes]:
    ordered = query.order_by(alerts.c.opened, alerts.c.id)
    return [AlertTimes(*row) for row in conn.execute(ordered)]
