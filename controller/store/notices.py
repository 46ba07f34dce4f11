"""The outbox: what is to be said to whom, how often it was tried, and whether it arrived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, bindparam, func, or_, select, true, update

from controller.errors import Text
from controller.store.canonical import storable
from controller.store.dialect import insert_new
from controller.store.paging import Key, paged
from controller.store.tables import cases, notices

# `void`: overtaken before it arrived, because the case went on or something else was said instead.
NoticeState = Literal["waiting", "sending", "delivered", "failed", "void"]
NoticeKind = Literal["notice", "reminder"]
# What may still be tried.
UNDELIVERED: tuple[NoticeState, ...] = ("waiting", "failed")
_ADD = insert_new(notices)
_LIST = select(notices).order_by(notices.c.id)
_ONE = select(notices).where(notices.c.id == bindparam("wanted"))
_CLAIM = (
    update(notices)
    .where(
        notices.c.id == bindparam("wanted"),
        notices.c.state == bindparam("seen_state"),
        notices.c.attempts == bindparam("seen_attempts"),
    )
    .values(state="sending", attempts=notices.c.attempts + 1, again=bindparam("until"))
)
_SETTLE = (
    update(notices)
    .where(notices.c.id == bindparam("wanted"))
    .values(
        state=bindparam("to_state"),
        error=bindparam("why"),
        again=bindparam("next"),
        delivered=bindparam("arrived"),
    )
)


@dataclass(frozen=True)
class Notice:
    """One message to one recipient.

    `once` is said one time only. `batch` is what was asked for together, `basis` how far the case
    was then. `address` is an e-mail address or empty, `channel` a name of the settings or `file`.
    `error` says why the last attempt failed, without any address or secret of the channel, Thai
    and English on a line each. While `sending`, `again` is when somebody else may take it over.
    """

    once: str
    kind: NoticeKind
    case: str
    basis: str
    batch: str
    asked_by: str
    recipient: str
    address: str
    channel: str
    subject: str
    body: str
    created: datetime
    again: datetime
    state: NoticeState = "waiting"
    attempts: int = 0
    error: str = ""
    delivered: datetime | None = None
    id: int = 0

    @property
    def why(self) -> Text:
        """Why the last attempt failed; empty when it did not, or there was none."""
        thai, _, english = self.error.partition("\n")
        return Text(th=thai, en=english)


def add_notices(conn: Connection, wanted: Iterable[Notice]) -> int:
    """Put notices into the outbox, but for those said already; how many are new."""
    return sum(conn.execute(_ADD(conn), _row(notice)).rowcount for notice in wanted)


def due_notices(conn: Connection, now: datetime, *, hurry: bool = False) -> tuple[Notice, ...]:
    """Those to be tried now, oldest first; with `hurry` also those whose waiting time goes on.

    One that is being sent is due again when its sender did not come back in time.
    """
    timely = notices.c.again <= now
    ready = and_(notices.c.state.in_(UNDELIVERED), true() if hurry else timely)
    lost = and_(notices.c.state == "sending", timely)
    return tuple(_notice(row) for row in conn.execute(_LIST.where(or_(ready, lost))))


def claim_notice(conn: Connection, seen: Notice, until: datetime) -> bool:
    """Take a notice to send it, until a time; False when somebody else was quicker."""
    values = {
        "wanted": seen.id,
        "seen_state": seen.state,
        "seen_attempts": seen.attempts,
        "until": until,
    }
    return conn.execute(_CLAIM, values).rowcount == 1


def settle_notice(
    conn: Connection, notice: int, error: Text | None, *, at: datetime, again: datetime
) -> Notice:
    """Record that a notice arrived, or with an `error` that it did not and may be tried `again`."""
    values = {
        "wanted": notice,
        "to_state": "delivered" if error is None else "failed",
        "why": storable(str(error or "")),
        "next": again,
        "arrived": at if error is None else None,
    }
    conn.execute(_SETTLE, values)
    return _notice(conn.execute(_ONE, {"wanted": notice}).one())


def void_notices(conn: Connection, case: str, keep: str = "") -> int:
    """Give up what was not delivered of a case, but for the batch `keep`; how many."""
    overtaken = (
        update(notices)
        .where(
            notices.c.case_number == case,
            notices.c.kind == "notice",
            notices.c.batch != keep,
            notices.c.state.in_(UNDELIVERED),
        )
        .values(state="void")
    )
    return conn.execute(overtaken).rowcount


def void_notice(conn: Connection, notice: int) -> None:
    """Give up one that was overtaken, unless it was delivered."""
    conn.execute(
        update(notices)
        .where(notices.c.id == notice, notices.c.state != "delivered")
        .values(state="void")
    )


def batch_notices(conn: Connection, batch: str) -> tuple[Notice, ...]:
    """What was asked for together, in order."""
    return tuple(_notice(row) for row in conn.execute(_LIST.where(notices.c.batch == batch)))


def arrived_batches(conn: Connection) -> tuple[str, ...]:
    """The batches of cases that are open, of which at least one notice was delivered."""
    query = (
        select(notices.c.batch)
        .join_from(notices, cases, notices.c.case_number == cases.c.number)
        .where(cases.c.state == "open", notices.c.kind == "notice", notices.c.state == "delivered")
        .group_by(notices.c.batch)
        .order_by(func.min(notices.c.id))
    )
    return tuple(conn.execute(query).scalars())


def list_notices(
    conn: Connection,
    *,
    case: str | None = None,
    state: str | None = None,
    after: Key | None = None,
    most: int | None = None,
) -> tuple[Notice, ...]:
    """Every notice, or those of a case, in a state; oldest first.

    With `most` only so many, that come `after` the id of the last seen.
    """
    query = _LIST
    if case is not None:
        query = query.where(notices.c.case_number == case)
    if state is not None:
        query = query.where(notices.c.state == state)
    if most is not None:
        query = paged(query, (notices.c.id,), after=after, most=most, rising=True)
    return tuple(_notice(row) for row in conn.execute(query))


def _row(notice: Notice) -> dict[str, Any]:
    return {
        "once": notice.once,
        "kind": notice.kind,
        "case_number": notice.case,
        "basis": notice.basis,
        "batch": notice.batch,
        "asked_by": notice.asked_by,
        "recipient": storable(notice.recipient),
        "address": notice.address,
        "channel": notice.channel,
        "subject": storable(notice.subject),
        "body": storable(notice.body),
        "state": notice.state,
        "attempts": notice.attempts,
        "error": notice.error,
        "created": notice.created,
        "again": notice.again,
        "delivered": notice.delivered,
    }


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        once=row.once,
        kind=row.kind,
        case=row.case_number,
        basis=row.basis,
        batch=row.batch,
        asked_by=row.asked_by,
        recipient=row.recipient,
        address=row.address,
        channel=row.channel,
        subject=row.subject,
        body=row.body,
        created=row.created,
        again=row.again,
        state=row.state,
        attempts=row.attempts,
        error=row.error,
        delivered=row.delivered,
    )
