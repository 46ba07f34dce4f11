"""The audit log: an append-only chain of entries, each holding the hash of the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from controller.store.audit_entry import GENESIS, Entry, digest
from controller.store.canonical import canonical, storable, time_text, time_value
from controller.store.tables import audit_log

if TYPE_CHECKING:
    from controller.store.audit_keeper import AuditKeeper

_NEVER = datetime.min.replace(tzinfo=UTC)
_HEAD = select(audit_log.c.seq, audit_log.c.hash).order_by(audit_log.c.seq.desc()).limit(1)
_ONE = select(audit_log).where(audit_log.c.seq == bindparam("wanted"))
_AFTER = select(audit_log).where(audit_log.c.seq > bindparam("after")).order_by(audit_log.c.seq)
_ALL = select(audit_log).order_by(audit_log.c.seq)
_ABOUT = select(audit_log).where(audit_log.c.subject == bindparam("wanted"))
_ADD = insert(audit_log)


@dataclass
class Writing:
    """What a write transaction knows about the audit log: who seals, and the newest entry."""

    keeper: AuditKeeper | None
    audited: bool
    head: Entry | None = None


def append(
    conn: Connection,
    *,
    actor: str,
    action: str,
    subject: str,
    content: dict[str, Any],
    at: datetime,
) -> Entry:
    """Add one entry to the chain and give it back with its number and hash.

    `content` is anything JSON can say, and no secrets. It is for good once the transaction commits.
    Errors: `RuntimeError` outside `Store.begin()`, or when it was begun with `audited=False`.
    """
    writing = conn.info.get("writing")
    if not isinstance(writing, Writing) or not writing.audited:
        raise RuntimeError("append needs a write transaction begun for the audit log")
    seq, previous = _head(conn, writing)
    text = canonical(content)
    entry = Entry(
        seq=seq + 1,
        at=at.astimezone(UTC),
        actor=storable(actor),
        action=action,
        subject=storable(subject),
        content=json.loads(text),
        previous=previous,
        hash="",
    )
    fingerprint = digest(entry)
    seal = writing.keeper.seal(fingerprint) if writing.keeper else ""
    entry = entry.proved(fingerprint, seal)
    conn.execute(_ADD, _row(entry, text))
    writing.head = entry
    return entry


def _head(conn: Connection, writing: Writing) -> tuple[int, str]:
    if writing.head:
        return writing.head.seq, writing.head.hash
    row = conn.execute(_HEAD).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def _row(entry: Entry, content: str) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": time_text(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "content": content,
        "previous": entry.previous,
        "hash": entry.hash,
        "seal": entry.seal,
    }


def entries(conn: Connection, after: int = 0) -> Iterator[Entry]:
    """Entries with a number above `after`, in order, read as they are asked for."""
    return _each(conn, _AFTER, {"after": after})


def newest(
    conn: Connection,
    most: int,
    *,
    before: int | None = None,
    actor: str = "",
    action: str = "",
    subject: str = "",
) -> tuple[Entry, ...]:
    """The newest entries, newest first; with words only those with exactly this actor and so on.

    `before`: those with a lower number.
    """
    query = select(audit_log).order_by(audit_log.c.seq.desc()).limit(most)
    if before is not None:
        query = query.where(audit_log.c.seq < before)
    for column, wanted in (
        (audit_log.c.actor, actor),
        (audit_log.c.action, action),
        (audit_log.c.subject, subject),
    ):
        if wanted:
            query = query.where(column == wanted)
    return tuple(_entry(row) for row in conn.execute(query))


def every_entry(conn: Connection) -> Iterator[Entry]:
    """All there is, also what has an impossible number: for verification."""
    return _each(conn, _ALL, {})


def _each(conn: Connection, query: Any, parameters: dict[str, Any]) -> Iterator[Entry]:
    # Options of this statement, not of the connection, which would keep them.
    with conn.execute(query, parameters, execution_options={"yield_per": 2000}) as found:
        for row in found:
            yield _entry(row)


def entry(conn: Connection, seq: int) -> Entry | None:
    """The entry with this number."""
    row = conn.execute(_ONE, {"wanted": seq}).first()
    return _entry(row) if row else None


def about(conn: Connection, subject: str) -> tuple[Entry, ...]:
    """The entries about one subject, such as a case number, in order."""
    found = conn.execute(_ABOUT.order_by(audit_log.c.seq), {"wanted": subject})
    return tuple(_entry(row) for row in found)


def head(conn: Connection) -> tuple[int, str]:
    """Number and hash of the newest entry; 0 and the genesis hash when there is none."""
    row = conn.execute(_HEAD).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def _entry(row: Row[Any]) -> Entry:
    # A row somebody tampered with may hold anything; what cannot be read gives a value whose hash
    # cannot fit, so that verification names the entry instead of failing on it.
    try:
        content = json.loads(row.content)
    except (TypeError, ValueError):
        content = {"unreadable": str(row.content)}
    try:
        at = time_value(row.at)
    except (TypeError, ValueError):
        at = _NEVER
    return Entry(
        row.seq, at, row.actor, row.action, row.subject, content, row.previous, row.hash, row.seal
    )
