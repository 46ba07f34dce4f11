"""Who may write to a device now: one run, with a fence number that only ever grows.

The row of a device stays when its lock is let go, so that a fence number is never given twice. An
executor that was frozen and thaws after its run was taken over holds an old number and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, text, update

from controller.errors import DeviceBusy
from controller.store.canonical import time_text
from controller.store.tables import locks

_TAKE = text(
    "INSERT INTO locks (device, fence, run, executor, taken, site, begun) "
    "VALUES (:device, 1, :run, :executor, :at, :site, :at) "
    "ON CONFLICT (device) DO UPDATE SET fence = locks.fence + 1, run = excluded.run, "
    "executor = excluded.executor, taken = excluded.taken, site = excluded.site, "
    # Who takes the same work over begins nothing: it is counted once.
    "begun = CASE WHEN locks.run = excluded.run THEN locks.begun ELSE excluded.begun END "
    "WHERE locks.run IS NULL OR locks.run = excluded.run RETURNING fence"
)
_HELD = locks.c.run.is_not(None)
_HOLDS = select(locks.c.fence).where(
    locks.c.device == bindparam("wanted"), locks.c.fence == bindparam("held"), _HELD
)
_HOLDER = select(locks).where(locks.c.device == bindparam("wanted"), _HELD)
_LET_GO = (
    update(locks)
    .where(locks.c.device == bindparam("wanted"), locks.c.fence == bindparam("held"), _HELD)
    .values(run=None, executor=None, taken=None)
)


class Fenced(DeviceBusy):
    """The lock of the device was taken over; whoever gets this must not touch the device."""


@dataclass(frozen=True)
class Lock:
    """Who holds a device: which run, in which executor, since when."""

    device: str
    fence: int
    run: str
    executor: str
    taken: datetime


def take(
    conn: Connection, device: str, run: str, executor: str, at: datetime, site: str = ""
) -> int | None:
    """Take the device's lock for a run: the fence number, or None when another run holds it.

    The run that holds it gets a new, higher number, and whoever had the old one is fenced off.
    `site` is where the device stands, for the limit of a site.
    """
    values = {
        "device": device,
        "run": run,
        "executor": executor,
        "at": time_text(at),
        "site": site or None,
    }
    return conn.execute(_TAKE, values).scalar()


def holds(conn: Connection, device: str, fence: int) -> bool:
    """Whether this fence number still holds the device."""
    return conn.execute(_HOLDS, {"wanted": device, "held": fence}).first() is not None


def let_go(conn: Connection, device: str, fence: int) -> bool:
    """Let the lock go; False when this number does not hold it any more."""
    return conn.execute(_LET_GO, {"wanted": device, "held": fence}).rowcount == 1


def holder(conn: Connection, device: str) -> Lock | None:
    """Who holds the device now."""
    row = conn.execute(_HOLDER, {"wanted": device}).first()
    return Lock(row.device, row.fence, row.run, row.executor, row.taken) if row else None
