"""A table somebody handed over, before anybody says what it means: cells with their places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Formula:
    """A cell whose value would have to be computed; `text` is how it is written."""

    text: str


Cell = str | int | Decimal | date | bool | Formula | None
"""What a cell holds: text as typed, numbers exactly, days without a time."""


@dataclass(frozen=True)
class Row:
    """A row that holds anything; `number` counts from 1 as the sheet does."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """One sheet of a file.

    `merged` are its merged cells: first row and column, last row and column. Of merged cells the
    first alone holds what they show.
    """

    name: str
    rows: tuple[Row, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()


def place(sheet: str, row: int, column: int) -> str:
    """`Sheet1!B7` for row 7 and column 2 (from 1); `Sheet1!7` for the whole row (column 0)."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row}"
