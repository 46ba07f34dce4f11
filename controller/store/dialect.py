"""What both databases spell alike but SQLAlchemy does not: insert unless there, insert over."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(table: Table) -> Callable[[Connection], Insert]:
    """`INSERT ... ON CONFLICT DO NOTHING` for the connection's database; `rowcount` tells."""
    statements: dict[str, Insert] = {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
    }
    # Without this the count of an insert is gone on PostgreSQL before one can ask for it.
    kept = {
        name: statement.execution_options(preserve_rowcount=True)
        for name, statement in statements.items()
    }
    return lambda conn: kept[conn.dialect.name]


def insert_over(table: Table) -> Callable[[Connection], Insert]:
    """`INSERT ... ON CONFLICT DO UPDATE` of every column, by the table's primary key."""
    keys = [column.name for column in table.primary_key]
    others = [column.name for column in table.c if column.name not in keys]
    statements: dict[str, Insert] = {}
    for name, inserting in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert)):
        added = inserting(table)
        statements[name] = added.on_conflict_do_update(
            index_elements=keys, set_={other: added.excluded[other] for other in others}
        )
    return lambda conn: statements[conn.dialect.name]
