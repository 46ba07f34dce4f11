"""How often signing in failed of late, by address and by the name that was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from controller.store.dialect import insert_new
from controller.store.tables import failed_sign_ins as table

_ADD = insert_new(table)
_COUNTS = select(table.c.subject, table.c.count).where(
    table.c.subject.in_(bindparam("wanted", expanding=True)), table.c.since > bindparam("begin")
)
_FORGET = delete(table).where(table.c.since <= bindparam("begin"))
_FORGIVE = delete(table).where(table.c.subject == bindparam("wanted"))


def failures(conn: Connection, subjects: Iterable[str], begin: datetime) -> Mapping[str, int]:
    """How often each of the subjects failed in a stretch that began after `begin`."""
    rows = conn.execute(_COUNTS, {"wanted": list(subjects), "begin": begin})
    return dict(rows.all())


def add_failure(conn: Connection, subjects: Iterable[str], at: datetime, begin: datetime) -> None:
    """Count one failure of each; stretches that began before `begin` are forgotten."""
    conn.execute(_FORGET, {"begin": begin})
    for subject in subjects:
        conn.execute(_ADD(conn), {"subject": subject, "since": at, "count": 0})
        conn.execute(
            update(table).where(table.c.subject == subject).values(count=table.c.count + 1)
        )


def forgive(conn: Connection, subject: str) -> None:
    """Forget the failures of a subject."""
    conn.execute(_FORGIVE, {"wanted": subject})
