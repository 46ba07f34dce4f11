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
    inspect,
    update,
)

from controller.store import audit_log
from controller.store.canonical import time_text
from controller.store.engine import Connection, Store
from tests.store.clock import Clock

ROWS = 3
Rows = dict[str, list[tuple[Any, ...]]]
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
            if table.name == "alerts":
                # The first is the shadow of one that came later.
                shadow = update(table).where(table.c.id == 1).values(shadow_of=ROWS)
                conn.execute(shadow)


def contents(store: Store, leave: Iterable[str] = ()) -> Rows:
    """Table -> its rows in the order of their content, columns in the order of their names."""
    columns = columns_now(store)
    return rows_of(store, {name: columns[name] for name in columns.keys() - set(leave)})


def rows_of(store: Store, columns: dict[str, list[str]]) -> Rows:
    """The same with these tables and columns only: those an earlier revision had, say."""
    with store.read() as conn:
        return {name: _rows(conn, name, names) for name, names in columns.items()}


def columns_now(store: Store) -> dict[str, list[str]]:
    """Table -> the names of its columns, sorted."""
    with store.read() as conn:
        looked = inspect(conn)
        return {
            name: sorted(column["name"] for column in looked.get_columns(name))
            for name in looked.get_table_names()
            if name != "alembic_version"
        }


def _rows(conn: Connection, table: str, columns: list[str]) -> list[tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in columns)
    found = conn.exec_driver_sql(f'SELECT {names} FROM "{table}"')
    return sorted((tuple(row) for row in found), key=repr)


def _tables(conn: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(conn)
    return [t for t in metadata.sorted_tables if t.name != "alembic_version"]


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
