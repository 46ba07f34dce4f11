"""How much may be in work at one time: counted in rows, so that it holds across workers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from controller.store.tables import locks

_MINUTE = timedelta(minutes=1)
_AT_WORK = select(func.count()).select_from(locks).where(locks.c.run.is_not(None))


@dataclass(frozen=True)
class Limits:
    """What no more than so many devices may be: in work, in work at one site, begun in a minute.

    None is no limit.
    """

    at_once: int | None = None
    per_minute: int | None = None
    site_at_once: int | None = None

    def any(self) -> bool:
        """Whether there is anything to count."""
        return not (self.at_once is self.per_minute is self.site_at_once is None)


def has_room(conn: Connection, device: str, site: str, limits: Limits, at: datetime) -> bool:
    """Whether one more device, this one, may be begun now.

    Certain only in an audited write transaction, as those come one after the other.
    """
    others = _AT_WORK.where(locks.c.device != device)
    if limits.at_once is not None and conn.execute(others).scalar_one() >= limits.at_once:
        return False
    if limits.site_at_once is not None and site:
        here = others.where(locks.c.site == site)
        if conn.execute(here).scalar_one() >= limits.site_at_once:
            return False
    return limits.per_minute is None or begun_since(conn, at - _MINUTE) < limits.per_minute


def begun_since(conn: Connection, since: datetime) -> int:
    """How many devices were begun after this moment."""
    asked = select(func.count()).select_from(locks).where(locks.c.begun > since)
    return conn.execute(asked).scalar_one()
