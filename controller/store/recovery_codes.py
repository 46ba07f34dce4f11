"""Recovery codes of the second step in signing in: by hash, each good once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from controller.store.tables import recovery_codes as table

_ADD = insert(table)
_CLEAR = delete(table).where(table.c.username == bindparam("wanted"))
_USE = delete(table).where(
    table.c.username == bindparam("wanted"), table.c.code_hash == bindparam("code")
)
_LEFT = select(func.count()).select_from(table).where(table.c.username == bindparam("wanted"))


def replace_codes(conn: Connection, username: str, hashes: Iterable[str]) -> None:
    """These codes and no others; none at all when `hashes` is empty."""
    conn.execute(_CLEAR, {"wanted": username})
    for code_hash in hashes:
        conn.execute(_ADD, {"username": username, "code_hash": code_hash})


def use_code(conn: Connection, username: str, code_hash: str) -> bool:
    """Spend a code; False when the person has no such code, or has spent it."""
    return conn.execute(_USE, {"wanted": username, "code": code_hash}).rowcount == 1


def codes_left(conn: Connection, username: str) -> int:
    """How many codes are left."""
    return conn.execute(_LEFT, {"wanted": username}).scalar_one()
