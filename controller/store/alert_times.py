"""When alerts opened, were acknowledged and cleared: for the figures of a year, without words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

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
    query = (
        select(
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
        .where(alerts.c.opened >= since, alerts.c.opened < until)
        .order_by(alerts.c.opened, alerts.c.id)
    )
    return [AlertTimes(*row) for row in conn.execute(query)]
