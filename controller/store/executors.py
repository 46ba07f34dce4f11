"""The processes that carry runs out, and whether they are still alive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, func, select, update

from controller.errors import Refused, Text
from controller.store.dialect import insert_new
from controller.store.tables import executors

_ADD = insert_new(executors)
_ALIVE = executors.c.retired.is_(None)
_BEAT = (
    update(executors)
    .where(executors.c.id == bindparam("wanted"), _ALIVE)
    .values(heartbeat=bindparam("now"))
)
_SERVE = update(executors).where(executors.c.id == bindparam("wanted"), _ALIVE)
_RETIRE = (
    update(executors)
    .where(executors.c.id == bindparam("wanted"), _ALIVE)
    .values(retired=bindparam("now"))
)
_SERVER_TIME = select(func.clock_timestamp())
_LIVING = select(executors).where(_ALIVE).order_by(executors.c.started, executors.c.id)


@dataclass(frozen=True)
class Executor:
    """One process that carries work out. `id` is its own alone, and never used again.

    `queues` are what it takes work from by itself: nothing for somebody's own command.
    `draining` is since when it only finishes what it has in hand.
    """

    id: str
    host: str
    pid: int
    started: datetime
    heartbeat: datetime
    queues: tuple[str, ...] = ()
    draining: datetime | None = None


def register(conn: Connection, executor: Executor) -> None:
    """Make an executor known. Errors: `Refused` when its id was ever used before."""
    values = {
        "id": executor.id,
        "host": executor.host,
        "pid": executor.pid,
        "started": executor.started,
        "heartbeat": executor.heartbeat,
        "queues": ",".join(executor.queues) or None,
    }
    if conn.execute(_ADD(conn), values).rowcount != 1:
        raise Refused(
            Text(
                th=f"รหัสตัวดำเนินการ {executor.id} ถูกใช้แล้ว",
                en=f"the executor id {executor.id} is taken",
            ),
            hint=Text(
                th="สองโปรเซสใช้รหัสเดียวกันไม่ได้ ให้เริ่มใหม่ด้วยรหัสอื่น",
                en="two processes cannot share an id; start again with another",
            ),
        )


def beat(conn: Connection, executor: str, at: datetime) -> bool:
    """Say that the executor is alive; False when it was retired meanwhile and must stop."""
    return conn.execute(_BEAT, {"wanted": executor, "now": at}).rowcount == 1


def serve(conn: Connection, executor: str, queues: tuple[str, ...]) -> None:
    """Note the queues an executor takes work from."""
    conn.execute(_SERVE.values(queues=",".join(queues) or None), {"wanted": executor})


def drain(conn: Connection, executor: str, at: datetime) -> None:
    """Note that an executor begins nothing more."""
    conn.execute(_SERVE.values(draining=at), {"wanted": executor})


def retire(conn: Connection, executor: str, at: datetime) -> bool:
    """Declare an executor ended; False when it was already, or never was."""
    return conn.execute(_RETIRE, {"wanted": executor, "now": at}).rowcount == 1


def living(conn: Connection) -> tuple[Executor, ...]:
    """Executors not retired, oldest first."""
    return tuple(
        Executor(
            row.id,
            row.host,
            row.pid,
            row.started,
            row.heartbeat,
            tuple(row.queues.split(",")) if row.queues else (),
            row.draining,
        )
        for row in conn.execute(_LIVING)
    )


def clock_of(conn: Connection, clock: Callable[[], datetime]) -> datetime:
    """Now: by the server's clock on PostgreSQL, as those of several machines differ; else ours."""
    if conn.dialect.name != "postgresql":
        return clock()
    now: datetime = conn.execute(_SERVER_TIME).scalar_one()
    return now.astimezone(UTC)
