"""Traps of known devices, the newest ones; and who else sent something, only counted."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from controller.store.engine import Connection
from controller.store.health_tables import trap_strangers, traps

MOST_TRAPS, MOST_STRANGERS = 50_000, 5_000


@dataclass(frozen=True)
class KeptTrap:
    """`values` are OIDs with what they held, bytes as text; `port` is the ifIndex, may be empty."""

    at: datetime
    device: str
    kind: str
    oid: str
    port: str
    port_name: str
    version: str
    authenticated: bool
    values: Mapping[str, str]
    id: int = 0


@dataclass(frozen=True)
class TrapStranger:
    """An address that is no device's, or came without the right community or user."""

    address: str
    count: int
    first: datetime
    last: datetime


def keep_traps(conn: Connection, new: Sequence[KeptTrap]) -> None:
    """Add them; the oldest beyond MOST_TRAPS go."""
    if not new:
        return
    rows = [
        {"at": trap.at, "device": trap.device, "kind": trap.kind, "content": _content(trap)}
        for trap in new
    ]
    conn.execute(insert(traps), rows)
    newest = conn.execute(select(func.max(traps.c.id))).scalar_one()
    conn.execute(delete(traps).where(traps.c.id <= newest - MOST_TRAPS))


def newest_traps(
    conn: Connection,
    limit: int,
    devices: Collection[str] | None = None,
    kind: str | None = None,
    since: datetime | None = None,
) -> tuple[KeptTrap, ...]:
    """The newest first, of all devices or of these only."""
    asked = select(traps).order_by(traps.c.id.desc()).limit(limit)
    if devices is not None:
        asked = asked.where(traps.c.device.in_(devices))
    if kind is not None:
        asked = asked.where(traps.c.kind == kind)
    if since is not None:
        asked = asked.where(traps.c.at >= since)
    return tuple(
        KeptTrap(row.at, row.device, row.kind, id=row.id, **json.loads(row.content))
        for row in conn.execute(asked)
    )


def count_strangers(conn: Connection, counts: Mapping[str, int], now: datetime) -> None:
    """Count messages by their sender's address; the longest silent beyond MOST_STRANGERS go."""
    table = trap_strangers
    for address, count in counts.items():
        known = conn.execute(
            update(table)
            .where(table.c.address == address)
            .values(count=table.c.count + count, last=now)
        )
        if not known.rowcount:
            row = {"address": address, "count": count, "first": now, "last": now}
            conn.execute(insert(table), [row])
    beyond = (
        select(table.c.address)
        .order_by(table.c.last.desc(), table.c.address)
        .offset(MOST_STRANGERS)
        .limit(MOST_STRANGERS)
    )
    old = conn.execute(beyond).scalars().all()
    if old:
        conn.execute(delete(table).where(table.c.address.in_(old)))


def trap_senders(conn: Connection, limit: int) -> tuple[TrapStranger, ...]:
    """The strangers, the most recent first."""
    table = trap_strangers
    asked = select(table).order_by(table.c.last.desc(), table.c.address).limit(limit)
    return tuple(TrapStranger(**row) for row in conn.execute(asked).mappings())


def _content(trap: KeptTrap) -> str:
    return json.dumps(
        {
            "oid": trap.oid,
            "port": trap.port,
            "port_name": trap.port_name,
            "version": trap.version,
            "authenticated": trap.authenticated,
            "values": dict(trap.values),
        },
        ensure_ascii=False,
    )
