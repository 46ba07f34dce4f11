"""Which configuration a device had when: fingerprint and the blob in the repository of backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, case, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from controller.backups.searching import Searchable
from controller.store.compliance_tables import configurations_seen as seen
from controller.store.line_index import index_lines
from controller.store.tables import snapshots

_ADD = insert(snapshots)
_OF_DEVICE = (
    select(
        snapshots.c.device,
        snapshots.c.fingerprint,
        snapshots.c.blob,
        snapshots.c.at,
        snapshots.c.why,
    )
    .where(snapshots.c.device == bindparam("wanted"))
    .order_by(snapshots.c.at.desc(), snapshots.c.id.desc())
)
_MATCHING = _OF_DEVICE.where(snapshots.c.fingerprint == bindparam("print")).limit(1)
_LATEST = _OF_DEVICE.limit(1)
_HISTORY = _OF_DEVICE.limit(bindparam("most"))


@dataclass(frozen=True)
class Snapshot:
    """One sight of a device's configuration. `why`: `backup`, `before`, `after` ..."""

    device: str
    fingerprint: str
    blob: str
    at: datetime
    why: str


def save_snapshot(
    conn: Connection,
    device: str,
    fingerprint: str,
    blob: str,
    at: datetime,
    why: str,
    found: Searchable | None = None,
) -> None:
    """Remember that the device had the configuration in `blob` at this time.

    `found` is what can be searched of it. Without that, nothing of the device can be searched until
    its index is made anew.
    """
    index_lines(conn, device, found, at)
    conn.execute(
        _ADD, {"device": device, "fingerprint": fingerprint, "blob": blob, "at": at, "why": why}
    )
    dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
    added = dialect.insert(seen)
    same = seen.c.fingerprint == added.excluded.fingerprint
    conn.execute(
        added.on_conflict_do_update(
            index_elements=[seen.c.device],
            set_={
                "fingerprint": added.excluded.fingerprint,
                # The text first kept is the one named: later ones differ in what does not count.
                "blob": case((same, seen.c.blob), else_=added.excluded.blob),
                "since": case((same, seen.c.since), else_=added.excluded.since),
                "at": added.excluded.at,
                "first": and_(seen.c.first, same),
            },
        ),
        {
            "device": device, "fingerprint": fingerprint, "blob": blob, "since": at, "at": at,
            "first": True,
        },
    )  # fmt: skip


def confirm_seen(conn: Connection, device: str, fingerprint: str, at: datetime) -> bool:
    """Remember that the device still ran this configuration at that time.

    False when it is not the one it was last seen to run: then save a snapshot.
    """
    still = update(seen).where(seen.c.device == device, seen.c.fingerprint == fingerprint)
    return conn.execute(still.values(at=at)).rowcount == 1


def snapshot(conn: Connection, device: str, fingerprint: str) -> Snapshot | None:
    """The newest snapshot of the device with this fingerprint."""
    row = conn.execute(_MATCHING, {"wanted": device, "print": fingerprint}).first()
    return Snapshot(*row) if row else None


def latest(conn: Connection, device: str) -> Snapshot | None:
    """The newest snapshot of the device."""
    row = conn.execute(_LATEST, {"wanted": device}).first()
    return Snapshot(*row) if row else None


def history(conn: Connection, device: str, most: int = 100) -> tuple[Snapshot, ...]:
    """The newest snapshots of the device, newest first."""
    return tuple(Snapshot(*row) for row in conn.execute(_HISTORY, {"wanted": device, "most": most}))


def standing(
    conn: Connection, device: str, at: datetime | None = None, *, before: bool = False
) -> Snapshot | None:
    """The newest snapshot of the device, or the newest at that time, or `before` it."""
    if at is None:
        return latest(conn, device)
    then = snapshots.c.at < at if before else snapshots.c.at <= at
    row = conn.execute(_OF_DEVICE.where(then).limit(1), {"wanted": device}).first()
    return Snapshot(*row) if row else None


def sights(conn: Connection, device: str) -> list[tuple[datetime, str]]:
    """Every snapshot of the device as time and blob, oldest first."""
    asked = (
        select(snapshots.c.at, snapshots.c.blob)
        .where(snapshots.c.device == device)
        .order_by(snapshots.c.at, snapshots.c.id)
    )
    return [(at, blob) for at, blob in conn.execute(asked)]


def devices_kept(conn: Connection) -> frozenset[str]:
    """The devices of which a configuration was ever kept."""
    return frozenset(conn.execute(select(seen.c.device)).scalars())
