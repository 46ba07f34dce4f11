"""What requests with a key were answered, so that the same request again does nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from controller.store.dialect import insert_new
from controller.store.tables import answered_requests as answers

_CLAIM = insert_new(answers)
_OWN = (answers.c.username == bindparam("of")) & (answers.c.key == bindparam("named"))
_LOAD = select(answers).where(_OWN)
_KEEP = update(answers).where(_OWN)
_FREE = delete(answers).where(_OWN)
_FORGET = delete(answers).where(answers.c.at < bindparam("before"))


@dataclass(frozen=True)
class Answered:
    """A request by its fingerprint, and its answer; `status` is None until it was answered."""

    request: str
    status: int | None
    headers: str
    body: bytes


def claim_key(
    conn: Connection, username: str, key: str, request: str, at: datetime
) -> Answered | None:
    """Take a person's key for a request; None when it is theirs now, else what it stands for."""
    row = {"username": username, "key": key, "request": request, "at": at, "headers": ""}
    if conn.execute(_CLAIM(conn), row).rowcount == 1:
        return None
    known = conn.execute(_LOAD, {"of": username, "named": key}).one()
    return Answered(known.request, known.status, known.headers, bytes(known.body or b""))


def keep_answer(
    conn: Connection, username: str, key: str, *, status: int, headers: str, body: bytes
) -> None:
    """Keep what the request that took the key was answered."""
    values = {"status": status, "headers": headers, "body": body}
    conn.execute(_KEEP.values(values), {"of": username, "named": key})


def free_key(conn: Connection, username: str, key: str) -> None:
    """Let a key go: its request did nothing."""
    conn.execute(_FREE, {"of": username, "named": key})


def forget_answers(conn: Connection, before: datetime) -> int:
    """Forget what was asked before a time; how many there were."""
    return conn.execute(_FORGET, {"before": before}).rowcount
