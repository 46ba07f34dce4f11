"""The one statement the two databases spell alike but SQLAlchemy does not: insert unless there."""

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
