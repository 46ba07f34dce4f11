"""Which configuration a device had when: fingerprint and the blob in the repository of backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from controller.store.compliance_tables import configurations_seen
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
    conn: Connection, device: str, fingerprint: str, blob: str, at: datetime, why: str
) -> None:
    """Remember that the device had the configuration in `blob` at this time."""
    conn.execute(
        _ADD, {"device": device, "fingerprint": fingerprint, "blob": blob, "at": at, "why": why}
    )
    confirm_seen(conn, device, fingerprint, at)


def confirm_seen(conn: Connection, device: str, fingerprint: str, at: datetime) -> None:
    """Remember that the device was seen to run this configuration, whether it changed or not."""
    dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
    added = dialect.insert(configurations_seen)
    conn.execute(
        added.on_conflict_do_update(
            index_elements=[configurations_seen.c.device],
            set_={"fingerprint": added.excluded.fingerprint, "at": added.excluded.at},
        ),
        {"device": device, "fingerprint": fingerprint, "at": at},
    )


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
