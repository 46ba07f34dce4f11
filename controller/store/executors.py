"""The processes that carry runs out, and whether they are still alive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

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
_RETIRE = (
    update(executors)
    .where(executors.c.id == bindparam("wanted"), _ALIVE)
    .values(retired=bindparam("now"))
)
_LIVING = select(executors).where(_ALIVE).order_by(executors.c.started, executors.c.id)


@dataclass(frozen=True)
class Executor:
    """One process that carries runs out. `id` is its own alone, and never used again."""

    id: str
    host: str
    pid: int
    started: datetime
    heartbeat: datetime


def register(conn: Connection, executor: Executor) -> None:
    """Make an executor known. Errors: `Refused` when its id was ever used before."""
    values = {
        "id": executor.id,
        "host": executor.host,
        "pid": executor.pid,
        "started": executor.started,
        "heartbeat": executor.heartbeat,
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


def retire(conn: Connection, executor: str, at: datetime) -> bool:
    """Declare an executor ended; False when it was already, or never was."""
    return conn.execute(_RETIRE, {"wanted": executor, "now": at}).rowcount == 1


def living(conn: Connection) -> tuple[Executor, ...]:
    """Executors not retired, oldest first."""
    return tuple(
        Executor(row.id, row.host, row.pid, row.started, row.heartbeat)
        for row in conn.execute(_LIVING)
    )
