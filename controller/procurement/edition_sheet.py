"""Reads an edition out of a file for Excel: the content as a YAML file would have it, by cell.

What the content means is checked by who checks the YAML file; every place of it leads to a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from controller.errors import Problem, Text
from controller.inventory.grid import Cell, Formula, Grid, Row, place
from controller.inventory.register import KIND_WORDS, plain
from controller.inventory.register_cells import WrongCellError, day_in, shown, text_in, word_in
from controller.language import nearest
from controller.procurement.edition_columns import (
    CLASS_COLUMNS,
    CRITERION_COLUMNS,
    EDITION_ROWS,
    OPERATOR_NAMES,
    SHEETS,
    STATUS_NAMES,
    YES_WORDS,
    words_of,
)
from controller.specs.attribute import Attribute, attributes
from controller.specs.units import unit_spelled
from controller.thai import arabic_digits

Path = tuple[str | int, ...]
"""The way from the top of the content to a value."""

SEPARATOR = ";"
_HEADING_WITHIN = 15
_MOST = 500
_NO_DAY_YET = date(9999, 12, 31)


@dataclass(frozen=True)
class Spot:
    """A cell: its place as `Sheet!B7`, row and column from 1 (column 0: the row), what it says."""

    cell: str
    row: int
    column: int
    found: str


@dataclass(frozen=True)
class EditionSheet:
    """An edition as its file has it. `problems` are cells that could not be read at all."""

    value: dict[str, Any]
    spots: Mapping[Path, Spot]
    problems: tuple[Problem, ...]

    def problem(
        self,
        place: Path,
        message: Text,
        *,
        key: bool = False,
        allowed: tuple[str, ...] = (),
        suggestion: str = "",
    ) -> Problem:
        """A problem at the cell of a place, or of the nearest around it."""
        around = (place[:length] for length in range(len(place), -1, -1))
        spot = next((self.spots[p] for p in around if p in self.spots), Spot("-", 0, 0, ""))
        return Problem(spot.cell, spot.row, spot.column, message, spot.found, allowed, suggestion)


def read_edition_sheet(grids: Sequence[Grid]) -> EditionSheet:
    """The edition in these sheets: its own, its classes and their criteria."""
    reading = _Reading()
    named = {plain(told): name for name, text in SHEETS.items() for told in text.both}
    found = {named[plain(g.name)]: g for g in grids if plain(g.name) in named}
    for name in ("edition", "classes"):
        if name not in found:
            told = ", ".join(g.name for g in grids)
            reading.problems.append(Problem("-", 0, 0, _no_sheet(name), told))
    if not reading.problems:
        reading.edition(found["edition"])
        reading.classes(found["classes"])
        if "criteria" in found:
            reading.criteria(found["criteria"])
    return EditionSheet(reading.value, reading.spots, tuple(reading.problems))


@dataclass
class _Reading:
    value: dict[str, Any] = field(default_factory=lambda: {"edition": {}, "baselines": []})
    spots: dict[Path, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def edition(self, grid: Grid) -> None:
        names = words_of(EDITION_ROWS)
        readers: dict[str, Callable[[Cell], Any]] = {
            "announced": lambda cell: day_in(cell, _NO_DAY_YET),
            "years_of_service": _number,
            "partial": _yes_or_no,
            "status": lambda cell: word_in(cell, words_of(STATUS_NAMES), _NOT_ALLOWED),
        }
        self.spots["edition",] = Spot(place(grid.name, 1, 0), 1, 0, "")
        for row in grid.rows:
            name = names.get(plain(shown(row.cells[0] if row.cells else None)))
            if name is not None:
                self._cell(grid, row, 2, ("edition", name), readers.get(name, text_in))

    def classes(self, grid: Grid) -> None:
        readers: dict[str, Callable[[Cell], Any]] = {
            "number": _number,
            "ceiling": _number,
            "kind": lambda cell: word_in(cell, KIND_WORDS, _KIND),
        }
        for row, columns in self._rows(grid, CLASS_COLUMNS):
            if len(self.problems) >= _MOST:
                return
            at = len(self.value["baselines"])
            self.value["baselines"].append({})
            self.spots["baselines", at] = Spot(
                place(grid.name, row.number, 0), row.number, 0, ""
            )  # fmt: skip
            for name, column in columns.items():
                reader = readers.get(name, text_in)
                self._cell(grid, row, column, ("baselines", at, name), reader)

    def criteria(self, grid: Grid) -> None:
        known = {b.get("id"): at for at, b in enumerate(self.value["baselines"])}
        for row, columns in self._rows(grid, CRITERION_COLUMNS):
            if len(self.problems) >= _MOST:
                return
            name = shown(_at(row, columns.get("class", 0))).strip()
            if name not in known:
                near = nearest(name.lower(), [str(id_) for id_ in known])
                where = place(grid.name, row.number, columns.get("class", 0))
                self.problems.append(
                    Problem(
                        where, row.number, columns.get("class", 0), _NO_CLASS, name,
                        suggestion=near,
                    )
                )  # fmt: skip
                continue
            criteria = self.value["baselines"][known[name]].setdefault("criteria", [])
            there: Path = ("baselines", known[name], "criteria", len(criteria))
            criteria.append({})
            self.spots[there] = Spot(place(grid.name, row.number, 0), row.number, 0, "")
            attribute = attributes().get(shown(_at(row, columns.get("attribute", 0))).strip())
            self._criterion(grid, row, columns, there, attribute)

    def _criterion(
        self,
        grid: Grid,
        row: Row,
        columns: Mapping[str, int],
        there: Path,
        attribute: Attribute | None,
    ) -> None:
        operators = words_of(OPERATOR_NAMES)
        readers: dict[str, Callable[[Cell], Any]] = {
            "operator": lambda cell: word_in(cell, operators, _NOT_ALLOWED),
            "value": lambda cell: _value(cell, attribute),
            "unit": lambda cell: unit_spelled(text_in(cell)) or text_in(cell),
            "mandatory": _yes_or_no,
            "weight": _number,
        }
        for name, column in columns.items():
            if name != "class":
                self._cell(grid, row, column, (*there, name), readers.get(name, text_in))

    def _rows(
        self, grid: Grid, names: Mapping[str, Text]
    ) -> Iterable[tuple[Row, Mapping[str, int]]]:
        """The rows below the headings, with the column of each name."""
        words = words_of(names)
        within = (row for row in grid.rows if row.number <= _HEADING_WITHIN)
        heading = next(
            (r for r in within if sum(plain(shown(c)) in words for c in r.cells) >= 3), None
        )
        if heading is None:
            told = ", ".join(text.th for text in names.values())
            self.problems.append(Problem(place(grid.name, 1, 0), 1, 0, _NO_HEADINGS, found=told))
            return
        columns: dict[str, int] = {}
        for at, cell in enumerate(heading.cells, start=1):
            told = " ".join(shown(cell).split())
            name = words.get(plain(told))
            if name is None and told:
                self._strange(grid, heading.number, at, told, words, names)
            elif name in columns:
                self._wrong(grid, heading.number, at, _TWICE, told)
            elif name is not None:
                columns[name] = at
        if self.problems:
            return
        yield from ((r, columns) for r in grid.rows if r.number > heading.number)

    def _strange(
        self,
        grid: Grid,
        row: int,
        column: int,
        told: str,
        words: Mapping[str, str],
        names: Mapping[str, Text],
    ) -> None:
        near = words.get(nearest(plain(told), words), "")
        self._wrong(grid, row, column, _STRANGE, told, names[near].th if near else "")

    def _wrong(
        self,
        grid: Grid,
        row: int,
        column: int,
        message: Text,
        found: str,
        suggestion: str = "",
        allowed: tuple[str, ...] = (),
    ) -> None:
        where = place(grid.name, row, column)
        self.problems.append(Problem(where, row, column, message, found, allowed, suggestion))

    def _cell(
        self, grid: Grid, row: Row, column: int, there: Path, read: Callable[[Cell], Any]
    ) -> None:
        """Take what a cell says to its place; an empty one leaves the place out."""
        cell = _at(row, column)
        where = place(grid.name, row.number, column)
        self.spots[there] = Spot(where, row.number, column, shown(cell))
        if not shown(cell).strip() and not isinstance(cell, Formula):
            return
        try:
            value = read(cell)
        except WrongCellError as wrong:
            self._wrong(
                grid, row.number, column, wrong.message, shown(cell), wrong.suggestion,
                wrong.allowed,
            )  # fmt: skip
            return
        holder: Any = self.value
        for step in there[:-1]:
            holder = holder[step]
        holder[there[-1]] = value


def _at(row: Row, column: int) -> Cell:
    return row.cells[column - 1] if 0 < column <= len(row.cells) else None


def _number(cell: Cell) -> Any:
    """A number, or the text there is: whoever checks the content says what is wrong with it."""
    if isinstance(cell, int | Decimal):
        return cell
    told = arabic_digits(text_in(cell))
    digits = told.replace(",", "")
    try:
        number = Decimal(digits)
    except ArithmeticError:
        return told
    return int(number) if number.is_finite() and number == number.to_integral_value() else number


def _yes_or_no(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    told = YES_WORDS.get(plain(text_in(cell)))
    if told is None:
        raise WrongCellError(_YES_OR_NO)
    return told


def _value(cell: Cell, attribute: Attribute | None) -> Any:
    if isinstance(cell, bool) or (attribute is not None and attribute.kind == "yes-no"):
        return _yes_or_no(cell)
    told = text_in(cell)
    if SEPARATOR in told or (attribute is not None and attribute.kind == "set"):
        return [part.strip() for part in told.split(SEPARATOR) if part.strip()]
    return _number(cell) if attribute is not None and attribute.kind == "amount" else told


def _no_sheet(name: str) -> Text:
    text = SHEETS[name]
    return Text(th=f"ไม่มีแผ่นงาน “{text.th}”", en=f"there is no sheet “{text.en}”")


_NO_HEADINGS = Text(
    th="ไม่พบแถวหัวตารางใน 15 แถวแรก", en="no row of headings among the first 15 rows"
)
_STRANGE = Text(th="ไม่รู้จักหัวตารางนี้", en="unknown heading")
_KIND = Text(th="ไม่รู้จักประเภทครุภัณฑ์นี้", en="unknown kind of equipment")
_NOT_ALLOWED = Text(th="ค่านี้ใช้ไม่ได้", en="the value is not allowed")
_TWICE = Text(th="หัวตารางนี้ซ้ำ", en="this heading stands twice")
_NO_CLASS = Text(th="ไม่มีรายการนี้ในแผ่นงาน “รายการ”", en="the sheet “Items” has no such class")
_YES_OR_NO = Text(th="ต้องเป็น ใช่ หรือ ไม่ใช่", en="must be yes or no")
