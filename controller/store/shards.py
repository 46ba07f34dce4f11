"""Which process polls which share of the devices: claims that end by themselves.

A share's number grows with each claim (its fence): whoever was frozen and thaws holds an old one
and is told so before it writes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, text, update

from controller.store.canonical import storable, time_text
from controller.store.health_tables import poll_shards, pollers

_TAKE = text(
    "INSERT INTO poll_shards (shard, holder, until, fence) VALUES (:shard, :holder, :until, 1) "
    "ON CONFLICT (shard) DO UPDATE SET holder = excluded.holder, until = excluded.until, "
    "fence = poll_shards.fence + 1 WHERE poll_shards.until <= :now RETURNING fence"
)
_RENEW = (
    update(poll_shards)
    .where(
        poll_shards.c.shard == bindparam("wanted"),
        poll_shards.c.holder == bindparam("me"),
        poll_shards.c.fence == bindparam("held"),
    )
    .values(until=bindparam("so_long"))
)
_HOLDS = select(poll_shards.c.shard).where(
    poll_shards.c.shard == bindparam("wanted"),
    poll_shards.c.holder == bindparam("me"),
    poll_shards.c.fence == bindparam("held"),
)
_LIVE = text(
    "INSERT INTO pollers (id, host, started, until, cycle) "
    "VALUES (:id, :host, :started, :until, '{}') "
    "ON CONFLICT (id) DO UPDATE SET until = excluded.until"
)
_REPORT = (
    update(pollers).where(pollers.c.id == bindparam("wanted")).values(cycle=bindparam("report"))
)


@dataclass(frozen=True, slots=True)
class Poller:
    """A process that polls: alive until `until`; `cycle` is what it says of its last cycle."""

    id: str
    host: str
    started: datetime
    until: datetime
    cycle: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """A share and who polls it, until when."""

    shard: int
    holder: str
    until: datetime
    fence: int


def live(conn: Connection, poller: str, host: str, started: datetime, until: datetime) -> None:
    """Say that this process polls and will be heard of again before `until`."""
    values = {
        "id": poller,
        "host": host,
        "started": time_text(started),
        "until": time_text(until),
    }
    conn.execute(_LIVE, values)


def report(conn: Connection, poller: str, cycle: Mapping[str, Any]) -> None:
    """Say how this process's last cycle went."""
    conn.execute(_REPORT, {"wanted": poller, "report": storable(json.dumps(cycle))})


def living(conn: Connection, now: datetime) -> tuple[Poller, ...]:
    """The processes that poll now, oldest first."""
    asked = select(pollers).where(pollers.c.until > now).order_by(pollers.c.started, pollers.c.id)
    return tuple(
        Poller(row.id, row.host, row.started, row.until, json.loads(row.cycle))
        for row in conn.execute(asked)
    )


def claims(conn: Connection) -> tuple[Claim, ...]:
    """Every share that was ever claimed, with its last holder."""
    asked = select(poll_shards).order_by(poll_shards.c.shard)
    return tuple(Claim(row.shard, row.holder, row.until, row.fence) for row in conn.execute(asked))


def take(conn: Connection, shard: int, holder: str, until: datetime, now: datetime) -> int | None:
    """Claim a share that is free: its fence; None when somebody holds it."""
    values = {
        "shard": shard,
        "holder": holder,
        "until": time_text(until),
        "now": time_text(now),
    }
    return conn.execute(_TAKE, values).scalar()


def renew(conn: Connection, shard: int, holder: str, fence: int, until: datetime) -> bool:
    """Hold a share longer; False when somebody else has taken it meanwhile."""
    values = {"wanted": shard, "me": holder, "held": fence, "so_long": until}
    return conn.execute(_RENEW, values).rowcount == 1


def holds(conn: Connection, shard: int, holder: str, fence: int) -> bool:
    """Whether the share is still this holder's."""
    return conn.execute(_HOLDS, {"wanted": shard, "me": holder, "held": fence}).first() is not None


def let_go(conn: Connection, shards: Collection[int], holder: str, now: datetime) -> None:
    """Give shares back, so that others need not wait for the claim to end."""
    mine = poll_shards.c.shard.in_(shards) & (poll_shards.c.holder == holder)
    conn.execute(update(poll_shards).where(mine).values(until=now))


def leave(conn: Connection, poller: str, now: datetime) -> None:
    """This process polls no more; long gone ones are forgotten."""
    conn.execute(delete(pollers).where((pollers.c.id == poller) | (pollers.c.until < now)))
