"""Devices of which nothing was learnt for a while: then it is the polling that is not well."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, or_, select

from controller.store.health_tables import device_health


def unpolled(conn: Connection, now: datetime, minutes: float) -> tuple[str, ...]:
    """Devices that were polled once and are neither known to be up nor down for so long, by name.

    A device that is down is asked more and more seldom, so its last poll may be old.
    """
    before = now - timedelta(minutes=minutes)
    unknown = and_(device_health.c.status == "unknown", device_health.c.since < before)
    late = and_(device_health.c.status != "down", device_health.c.at < before)
    query = select(device_health.c.device).where(or_(unknown, late))
    return tuple(conn.execute(query.order_by(device_health.c.device)).scalars())
