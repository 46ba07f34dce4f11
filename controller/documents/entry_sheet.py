"""A sheet that somebody fills in with Excel: what stands there is locked, what is asked is open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

EntryValue = str | int | Decimal | None


@dataclass(frozen=True)
class EntryColumn:
    """A column. `width` in letters; cells of one that is `open` are filled in."""

    title: str
    width: float
    open: bool = False
    kind: Literal["text", "money"] = "text"


@dataclass(frozen=True)
class EntryLine:
    """A line above the table. `said` stands in the column `at` (from 0).

    With `field` the cell of that column (from 0) is filled in, and the words end before it.
    """

    said: str
    bold: bool = False
    at: int = 0
    field: int | None = None


@dataclass(frozen=True)
class EntrySheet:
    """Lines, then a table. `mark` stands in a hidden first row, for the program that reads it back.

    `rows` give every column a value, None in those that are open. `choices` are lists one may
    choose from, by row and column from 0; other words can be typed.
    """

    title: str
    mark: tuple[str, ...]
    lines: tuple[EntryLine, ...]
    columns: tuple[EntryColumn, ...] = ()
    rows: tuple[tuple[EntryValue, ...], ...] = ()
    choices: tuple[tuple[int, int, tuple[str, ...]], ...] = ()

    @property
    def heading(self) -> int:
        """The row of the headings, from 1."""
        return len(self.lines) + 2
