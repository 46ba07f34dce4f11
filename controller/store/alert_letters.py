"""The outbox of what people are told about alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from controller.errors import Text
from controller.store.canonical import storable
from controller.store.health_tables import alert_letters as letters


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to a channel. `again` is when it may be tried, or its sender is given up."""

    id: int
    created: datetime
    channel: str
    subject: str
    body: str
    state: str
    attempts: int
    again: datetime
    error: str
    delivered: datetime | None


def add_letter(conn: Connection, channel: str, subject: str, body: str, at: datetime) -> None:
    """Put a message into the outbox."""
    values = {
        "created": at,
        "channel": channel,
        "subject": storable(subject),
        "body": storable(body),
        "state": "waiting",
        "attempts": 0,
        "again": at,
        "error": "",
    }
    conn.execute(insert(letters), values)


def last_written(conn: Connection) -> datetime | None:
    """When the newest message was put there; None when there is none."""
    newest = select(letters.c.created).order_by(letters.c.id.desc()).limit(1)
    found: datetime | None = conn.execute(newest).scalar()
    return found


def due_letters(conn: Connection, now: datetime) -> tuple[Letter, ...]:
    """Those to be tried now, oldest first; also those whose sender did not come back."""
    query = (
        select(letters)
        .where(letters.c.state.in_(("waiting", "failed", "sending")), letters.c.again <= now)
        .order_by(letters.c.id)
    )
    return tuple(_letter(row) for row in conn.execute(query))


def claim_letter(conn: Connection, seen: Letter, until: datetime) -> bool:
    """Take a message to send it; False when somebody else was quicker."""
    taken = (
        update(letters)
        .where(
            letters.c.id == seen.id,
            letters.c.state == seen.state,
            letters.c.attempts == seen.attempts,
        )
        .values(state="sending", attempts=letters.c.attempts + 1, again=until)
    )
    return conn.execute(taken).rowcount == 1


def settle_letter(
    conn: Connection, number: int, error: Text | None, *, at: datetime, again: datetime
) -> None:
    """Record that a message arrived, or with an `error` that it did not."""
    conn.execute(
        update(letters)
        .where(letters.c.id == number)
        .values(
            state="delivered" if error is None else "failed",
            error=storable(str(error or "")),
            again=again,
            delivered=at if error is None else None,
        )
    )


def _letter(row: Row[Any]) -> Letter:
    return Letter(**row._mapping)
