"""Somebody who can write to the database, or to the files, but has no key."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from controller.store.audit_entry import Entry, digest
from controller.store.canonical import canonical, time_text, time_value

PROOF = ("audit_log", "decisions", "form_revisions", "answers", "documents")
COLUMNS = "seq, at, actor, action, subject, content, previous, hash, seal"


class Intruder:
    """Runs SQL with the triggers out of the way. `?` stands for a value on both databases."""

    def __init__(self, database_url: str) -> None:
        self._url = make_url(database_url)

    def run(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """One statement, committed; gives the rows."""
        if self._url.get_backend_name() == "sqlite":
            with closing(sqlite3.connect(str(self._url.database))) as lite, lite:
                for verb in ("update", "delete"):
                    for table in PROOF:
                        lite.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
                return lite.execute(statement, values).fetchall()
        with psycopg.connect(self._url.render_as_string(hide_password=False)) as server:
            server.execute("SET session_replication_role = replica")  # no triggers
            found = server.execute(statement.replace("?", "%s").encode(), values)
            return found.fetchall() if found.description else []

    def entries(self) -> list[Entry]:
        """The log as it lies there."""
        rows = self.run(f"SELECT {COLUMNS} FROM audit_log ORDER BY seq")
        return [
            Entry(r[0], time_value(r[1]), r[2], r[3], r[4], json.loads(r[5]), r[6], r[7], r[8])
            for r in rows
        ]

    def put(self, entries: Sequence[Entry]) -> None:
        """Make this the whole log."""
        self.run("DELETE FROM audit_log")
        for e in entries:
            row = (e.seq, time_text(e.at), e.actor, e.action, e.subject, canonical(e.content))
            marks = ", ".join("?" * 9)
            self.run(
                f"INSERT INTO audit_log ({COLUMNS}) VALUES ({marks})",
                (*row, e.previous, e.hash, e.seal),
            )

    def update(self, seq: int, **columns: object) -> None:
        """Overwrite columns of one entry."""
        assignments = ", ".join(f"{name} = ?" for name in columns)
        self.run(f"UPDATE audit_log SET {assignments} WHERE seq = ?", (*columns.values(), seq))


def chained(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with numbers, links and hashes made right again; their seals stay as they are."""
    made: list[Entry] = []
    for seq, entry in enumerate(entries, entries[0].seq):
        previous = made[-1].hash if made else entry.previous
        linked = replace(entry, seq=seq, previous=previous)
        made.append(replace(linked, hash=digest(linked)))
    return made


def rewrite(path: Path, keep: slice, last: bytes = b"") -> None:
    """Keep some lines of a file, and put something at its end."""
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[keep]) + last)
