"""Entries of the schedule somebody has paused: they are not done until somebody resumes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from controller.store.canonical import storable
from controller.store.dialect import insert_new
from controller.store.playbook_tables import paused_entries

_ADD = insert_new(paused_entries)


@dataclass(frozen=True, slots=True)
class Pause:
    """Who paused the entry `name`, when (UTC), and why."""

    name: str
    by: str
    at: datetime
    why: str


def pause(conn: Connection, wanted: Pause) -> bool:
    """Pause an entry; False when it is paused already."""
    values = {
        "name": wanted.name,
        "by": wanted.by,
        "at": wanted.at,
        "why": storable(wanted.why),
    }
    return conn.execute(_ADD(conn), values).rowcount == 1


def resume(conn: Connection, name: str) -> bool:
    """Let an entry go on; False when it was not paused."""
    table = paused_entries
    return conn.execute(delete(table).where(table.c.name == name)).rowcount == 1


def pauses(conn: Connection) -> dict[str, Pause]:
    """Every pause by the name of its entry, also of entries that left the file."""
    found = conn.execute(select(paused_entries))
    return {row.name: Pause(row.name, row.by, row.at, row.why) for row in found}
