"""What devices told of being configured, and the backups that are wanted because of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from controller.store.canonical import storable
from controller.store.compliance_tables import told_changes, wanted_backups
from controller.store.dialect import insert_new

MOST_TOLD = 100_000
SETTLING, LONGEST = timedelta(seconds=15), timedelta(seconds=45)
"""A device is asked so long after its last word, but no later than this after its first."""
_LONGEST_WORD = 255
_WANT = insert_new(wanted_backups)


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A device said at `at` (UTC) that it was configured: by `who`, from `where_from`.

    Both are empty where it did not say. `how` tells how we heard it, for example `syslog`.
    """

    device: str
    at: datetime
    who: str
    where_from: str
    how: str


@dataclass(frozen=True, slots=True)
class WantedBackup:
    """A device whose configuration is to be fetched; `due` moves on while somebody is at it."""

    device: str
    since: datetime
    last: datetime
    due: datetime
    tries: int
    why: str


def tell_changes(conn: Connection, told: Iterable[ToldChange]) -> None:
    """Keep what devices told, the oldest beyond MOST_TOLD go; their backups are wanted now."""
    rows: list[dict[str, Any]] = [
        {
            "device": one.device,
            "at": one.at,
            "who": storable(one.who[:_LONGEST_WORD]),
            "where_from": storable(one.where_from[:_LONGEST_WORD]),
            "how": storable(one.how[:_LONGEST_WORD]),
        }
        for one in told
    ]
    if not rows:
        return
    conn.execute(insert(told_changes), rows)
    newest = conn.execute(select(func.max(told_changes.c.id))).scalar_one()
    conn.execute(delete(told_changes).where(told_changes.c.id <= newest - MOST_TOLD))
    for row in rows:
        want_backup(conn, row["device"], row["how"], row["at"])


def told_of(
    conn: Connection, device: str, *, since: datetime | None = None, most: int = 50
) -> tuple[ToldChange, ...]:
    """What a device told, the newest first."""
    table = told_changes
    asked = select(table.c.device, table.c.at, table.c.who, table.c.where_from, table.c.how)
    asked = asked.where(table.c.device == device).order_by(table.c.at.desc(), table.c.id.desc())
    if since is not None:
        asked = asked.where(table.c.at >= since)
    return tuple(ToldChange(*row) for row in conn.execute(asked.limit(most)))


def want_backup(conn: Connection, device: str, why: str, now: datetime) -> None:
    """A device was configured: fetch its configuration soon. While it goes on telling it settles.

    One that is being tried again after a failure is not hurried.
    """
    row: dict[str, Any] = {"device": device, "since": now, "last": now, "why": why}
    if conn.execute(_WANT(conn), row | {"due": now + SETTLING, "tries": 0}).rowcount == 1:
        return
    table = wanted_backups
    before = conn.execute(select(table).where(table.c.device == device)).first()
    if before is None:
        return
    mine = update(table).where(table.c.device == device)
    conn.execute(mine.values(last=now, why=why))
    if before.tries == 0:
        conn.execute(mine.values(due=min(now + SETTLING, before.since + LONGEST)))


def wanted(conn: Connection) -> tuple[WantedBackup, ...]:
    """Every backup that is wanted, the longest due first."""
    found = conn.execute(select(wanted_backups).order_by(wanted_backups.c.due))
    return tuple(WantedBackup(*row) for row in found)


def due_backups(conn: Connection, now: datetime, most: int) -> tuple[WantedBackup, ...]:
    """Those that are due, the longest first."""
    table = wanted_backups
    asked = select(table).where(table.c.due <= now).order_by(table.c.due).limit(most)
    return tuple(WantedBackup(*row) for row in conn.execute(asked))


def claim_backup(conn: Connection, one: WantedBackup, until: datetime) -> bool:
    """Be the one who fetches it, until then at most; False when another process was quicker."""
    table = wanted_backups
    mine = update(table).where(table.c.device == one.device, table.c.due == one.due)
    return conn.execute(mine.values(due=until, tries=one.tries + 1)).rowcount == 1


def have_backup(conn: Connection, one: WantedBackup, now: datetime) -> None:
    """Its configuration was fetched; told again meanwhile, it is wanted again."""
    table = wanted_backups
    conn.execute(delete(table).where(table.c.device == one.device, table.c.last <= one.last))
    again = {"since": now, "due": now + SETTLING, "tries": 0}
    conn.execute(update(table).where(table.c.device == one.device).values(**again))


def try_again(conn: Connection, one: WantedBackup, due: datetime) -> None:
    """It could not be fetched: not before `due` again."""
    table = wanted_backups
    conn.execute(update(table).where(table.c.device == one.device).values(due=due))


def give_up(conn: Connection, devices: Collection[str]) -> None:
    """Want them no more: the next backup on schedule has to do."""
    conn.execute(delete(wanted_backups).where(wanted_backups.c.device.in_(devices)))
