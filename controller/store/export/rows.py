"""Rows as lines of JSON and back, the same for both databases and for any revision of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    TableClause,
    Text,
    column,
    func,
    insert,
    inspect,
    select,
    table,
    text,
    update,
)
from sqlalchemy.types import TypeEngine

from controller.store.export.shape import LEFT_OUT, TableShape, Told

Row = dict[str, Any]
_BATCH = 1000
_TOLD_EACH = 50_000
# An integer may be wider in the file than in the column: the database narrows it itself.
_TYPES: dict[str, type[TypeEngine[Any]]] = {
    "text": Text,
    "integer": BigInteger,
    "float": Float,
    "boolean": Boolean,
    "binary": LargeBinary,
}


def shapes(conn: Connection) -> tuple[TableShape, ...]:
    """The tables the database has, parents before children, still without their rows counted."""
    looked = inspect(conn)
    order = [name for name, _ in looked.get_sorted_table_and_fkc_names() if name]
    return tuple(
        TableShape(name, {c["name"]: _kind(c["type"]) for c in looked.get_columns(name)}, 0)
        for name in order
        if name not in LEFT_OUT
    )


def revision(conn: Connection) -> str:
    """The revision of the tables."""
    return str(conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def filled_table(conn: Connection) -> str | None:
    """The name of a table that has rows, of those an export would hold; None when there is none."""
    names = (one.name for one in shapes(conn))
    return next(
        (n for n in names if conn.execute(select(func.count()).select_from(table(n))).scalar()),
        None,
    )


def dump(conn: Connection, shape: TableShape, out: IO[bytes], told: Told) -> int:
    """Write every row as a line of JSON, ordered by primary key; gives their number."""
    from_table = _plain(shape)
    keys = inspect(conn).get_pk_constraint(shape.name)["constrained_columns"]
    query = select(from_table).order_by(*(from_table.c[key] for key in keys))
    binary = [name for name, kind in shape.columns.items() if kind == "binary"]
    count = 0
    with conn.execute(query, execution_options={"yield_per": _BATCH}) as found:
        for row in found.mappings():
            values = dict(row)
            for name in binary:
                if values[name] is not None:
                    values[name] = base64.b64encode(values[name]).decode()
            out.write(json.dumps(values, separators=(",", ":")).encode() + b"\n")
            count += 1
            if count % _TOLD_EACH == 0:
                told(shape.name, count)
    told(shape.name, count)
    return count


def load(
    conn: Connection,
    shape: TableShape,
    lines: Iterable[bytes],
    told: Told,
    change: Callable[[Row], None] | None = None,
) -> None:
    """Insert the rows of such lines; `change` may alter each one first.

    Errors: `ValueError` or `KeyError` for a line that is no row of this table.
    """
    into, own = _plain(shape), _of_itself(conn, shape.name)
    later: list[tuple[Any, Any]] = []
    count = 0
    for batch in _batches(_parsed(shape, line) for line in lines):
        for row in batch:
            if change:
                change(row)
            if own and row[own[1]] is not None:
                later.append((row[own[0]], row[own[1]]))
                row[own[1]] = None
        conn.execute(insert(into), batch)
        count += len(batch)
        if count % _TOLD_EACH == 0:
            told(shape.name, count)
    if own:
        _join(conn, into, own, later)
    _count_on(conn, shape)
    told(shape.name, count)


def _kind(kind: TypeEngine[Any]) -> str:
    if isinstance(kind, LargeBinary):
        return "binary"
    if isinstance(kind, Boolean):
        return "boolean"
    if isinstance(kind, Integer):
        return "integer"
    return "float" if isinstance(kind, Float | Numeric) else "text"


def _plain(shape: TableShape) -> TableClause:
    """The table with columns of the five kinds only: times stay the text they are kept as."""
    return table(shape.name, *(column(n, _TYPES[k]()) for n, k in shape.columns.items()))


def _parsed(shape: TableShape, line: bytes) -> Row:
    row = json.loads(line)
    if not isinstance(row, dict) or set(row) != set(shape.columns):
        raise ValueError(f"no row of {shape.name}")
    for name, kind in shape.columns.items():
        if kind == "binary" and row[name] is not None:
            row[name] = base64.b64decode(row[name], validate=True)
    return row


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _of_itself(conn: Connection, name: str) -> tuple[str, str] | None:
    """Key and column where rows of a table name other rows of it, which may come later."""
    looked = inspect(conn)
    for key in looked.get_foreign_keys(name):
        if key["referred_table"] == name:
            return key["referred_columns"][0], key["constrained_columns"][0]
    return None


def _join(
    conn: Connection, into: TableClause, own: tuple[str, str], later: list[tuple[Any, Any]]
) -> None:
    key, names = own
    for row, named in later:
        conn.execute(update(into).where(into.c[key] == row).values({names: named}))


def _count_on(conn: Connection, shape: TableShape) -> None:
    """Have PostgreSQL number new rows after those that are there; SQLite does it by itself."""
    if conn.dialect.name != "postgresql":
        return
    keys = inspect(conn).get_pk_constraint(shape.name)["constrained_columns"]
    if len(keys) != 1 or shape.columns[keys[0]] != "integer":
        return
    sequence = conn.execute(select(func.pg_get_serial_sequence(shape.name, keys[0]))).scalar()
    highest = conn.execute(select(func.max(_plain(shape).c[keys[0]]))).scalar()
    if sequence and highest:
        conn.execute(select(func.setval(sequence, highest)))
