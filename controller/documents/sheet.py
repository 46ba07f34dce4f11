"""A table before it has a format: columns of a kind, rows of values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "integer", "decimal", "money", "date"]
Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class SheetColumn:
    """A column. `width` in letters; columns of numbers and days grow as wide as they need."""

    title: str
    kind: Kind = "text"
    width: float = 15


@dataclass(frozen=True)
class SheetChart:
    """A chart of Excel's own beside a table, which follows when an officer mends a figure.

    `labels` and `values` are indexes of columns, from 0; every column of values is one row of bars
    or one line. `stacked` sets the bars one behind the other.
    """

    title: str
    kind: Literal["bar", "line"]
    labels: int
    values: tuple[int, ...]
    stacked: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own; `totals` is its last row, bold, which no chart shows.

    Values fit the kind of their column. Text in a column of numbers or days that is one, as
    `"1250.50"` or `"2026-11-22"`, becomes one; any other text stays text. None is an empty cell.
    Columns in `shaded`, by index from 0, hold percentages: the lower the darker the cell, by a rule
    of Excel's own. `held` is how many columns stay in sight while one scrolls to the right.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[Value, ...] = ()
    chart: SheetChart | None = None
    shaded: tuple[int, ...] = ()
    held: int = 0
