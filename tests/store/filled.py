"""Rows in every table of a database, whatever its revision, and all of them again to compare."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    insert,
    select,
    text,
    update,
)

from controller.store import audit_log
from controller.store.canonical import time_text
from controller.store.engine import Connection, Store
from tests.store.clock import Clock

ROWS = 3
# Text that is more than text to somebody who reads it.
_JSON = {"plans": b'{"devices":[{"device":"kkn-a-sw01"}]}', "cases": "{}"}


def fill(store: Store, clock: Clock) -> None:
    """Some rows in every table, children after their parents, and a few entries of the log."""
    with store.begin() as conn:
        for number in range(ROWS):
            audit_log.append(
                conn,
                actor="director",
                action="decide_case",
                subject=f"2569-2.3-{number:04}",
                content={"ไทย": number},
                at=clock.forward(minutes=1),
            )
        for table in _tables(conn):
            if table.name != "audit_log":
                conn.execute(insert(table), [_row(table, n, clock) for n in range(ROWS)])
        alerts = _reflected(conn).tables.get("alerts")
        if alerts is not None:
            # The first is the shadow of one that came later.
            last = select(alerts.c.id).order_by(alerts.c.id.desc()).limit(1).scalar_subquery()
            conn.execute(update(alerts).where(alerts.c.id == 1).values(shadow_of=last))


def contents(store: Store, leave: Iterable[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Table -> its rows in the order of their keys, columns in the order of their names."""
    with store.read() as conn:
        return {
            table.name: sorted(
                (tuple(row) for row in conn.execute(select(*_columns(table)))), key=repr
            )
            for table in _tables(conn)
            if table.name not in {"alembic_version", *leave}
        }


def rows_before(store: Store, columns: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows now, with these columns only: those an earlier revision had."""
    with store.read() as conn:
        tables = _reflected(conn).tables
        return {
            name: sorted(
                (tuple(r) for r in conn.execute(select(*(tables[name].c[c] for c in names)))),
                key=repr,
            )
            for name, names in columns.items()
        }


def columns_now(store: Store) -> dict[str, list[str]]:
    """Table -> the names of its columns."""
    with store.read() as conn:
        return {t.name: [c.name for c in _columns(t)] for t in _tables(conn)}


def _columns(table: Table) -> list[Column[Any]]:
    return sorted(table.c, key=lambda column: column.name)


def _reflected(conn: Connection) -> MetaData:
    metadata = MetaData()
    metadata.reflect(conn)
    return metadata


def _tables(conn: Connection) -> list[Table]:
    return [t for t in _reflected(conn).sorted_tables if t.name != "alembic_version"]


def _row(table: Table, number: int, clock: Clock) -> dict[str, Any]:
    return {column.name: _value(table, column, number, clock) for column in table.c}


def _value(table: Table, column: Column[Any], number: int, clock: Clock) -> Any:
    """A value of the column: different in each row, the parent's where there is one."""
    if column.foreign_keys:
        parent = next(iter(column.foreign_keys)).column
        own = parent.table.name == table.name
        return None if own else _value(parent.table, parent, number, clock)
    if column.nullable and number == 1:
        return None
    if column.name == "content" and table.name in _JSON:
        return _JSON[table.name]
    kind = column.type
    if isinstance(kind, LargeBinary):
        return bytes([number, 0, 255]) + b"x" * 13
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, Integer):
        return number + 1
    if isinstance(kind, Float):
        return number + 0.1
    length = getattr(kind, "length", None)
    if length == len(time_text(clock())):
        return time_text(clock() + timedelta(seconds=number))
    return str(number) if length else f"{number} {table.name}.{column.name} ไทย\n\t\\"


def count(conn: Connection, table: str) -> int:
    """How many rows a table has."""
    return int(conn.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
