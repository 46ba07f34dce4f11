"""Running numbers by register and Buddhist year, without gaps."""

from __future__ import annotations

from sqlalchemy import Connection, text

_NEXT = text(
    "INSERT INTO counters (register, year, last) VALUES (:register, :year, :first) "
    "ON CONFLICT (register, year) DO UPDATE SET last = "
    "CASE WHEN counters.last + 1 < :first THEN :first ELSE counters.last + 1 END RETURNING last"
)
_HOLD = text(
    "INSERT INTO counters (register, year, last) VALUES (:register, :year, 0) "
    "ON CONFLICT (register, year) DO UPDATE SET last = counters.last"
)


def next_number(conn: Connection, register: str, year: int, first: int = 1) -> int:
    """The next running number of a register in a Buddhist year, from `first`, without gaps.

    A transaction that is rolled back gives its number back; others wait until that is known. A
    `first` above the next number leaves the numbers between to paper, where they were given.
    """
    numbered = {"register": register, "year": year, "first": max(first, 1)}
    return int(conn.execute(_NEXT, numbered).scalar_one())


def hold_register(conn: Connection, register: str, year: int) -> None:
    """Keep others from taking a number of the register until this transaction ends."""
    conn.execute(_HOLD, {"register": register, "year": year})
