"""How much may be in work at one time: counted in rows, so that it holds across workers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from controller.store.playbook_tables import playbook_devices, playbook_runs
from controller.store.tables import locks

_MINUTE = timedelta(minutes=1)
_AT_WORK = select(func.count()).select_from(locks).where(locks.c.run.is_not(None))
_OF_PLAYBOOKS = (
    select(func.count())
    .select_from(playbook_devices.join(playbook_runs, playbook_runs.c.id == playbook_devices.c.run))
    .where(playbook_runs.c.state == "running", playbook_devices.c.state == "running")
)


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
    if limits.at_once is not None:
        read = conn.execute(_OF_PLAYBOOKS).scalar_one()
        if conn.execute(others).scalar_one() + read >= limits.at_once:
            return False
    if limits.site_at_once is not None and site:
        here = others.where(locks.c.site == site)
        if conn.execute(here).scalar_one() >= limits.site_at_once:
            return False
    return limits.per_minute is None or begun_since(conn, at - _MINUTE) < limits.per_minute


def room_for(conn: Connection, most: int, limits: Limits, at: datetime) -> int:
    """How many devices, `most` or fewer, a playbook that reads may begin now; never below 0.

    The limit of a site is for changes alone. Certain only in an audited write transaction.
    """
    if limits.at_once is not None:
        at_work = conn.execute(_AT_WORK).scalar_one() + conn.execute(_OF_PLAYBOOKS).scalar_one()
        most = min(most, limits.at_once - at_work)
    if limits.per_minute is not None:
        most = min(most, limits.per_minute - begun_since(conn, at - _MINUTE))
    return max(most, 0)


def begun_since(conn: Connection, since: datetime) -> int:
    """How many devices were begun after this moment.

    Of a playbook that reads, one that ended after it counts too: rather too many than too few.
    """
    asked = select(func.count()).select_from(locks).where(locks.c.begun > since)
    read = (
        select(func.count())
        .select_from(playbook_devices)
        .where(
            playbook_devices.c.changed > since,
            playbook_devices.c.state.not_in(("waiting", "not-run")),
        )
    )
    return int(conn.execute(asked).scalar_one() + conn.execute(read).scalar_one())
