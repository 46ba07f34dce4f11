"""Reads a register somebody hands over: headings in Thai or English, every fault by its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from controller.errors import Text
from controller.inventory.grid import Cell, Grid, Row
from controller.inventory.register import (
    COLUMN_NAMES,
    HEADINGS,
    KIND_WORDS,
    STATE_WORDS,
    plain,
)
from controller.inventory.register_cells import (
    Fault,
    WrongCellError,
    code_in,
    day_in,
    price_in,
    shown,
    text_in,
    word_in,
)
from controller.language import nearest

KEPT = ("room", "note")
"""Columns that may be missing: what the register has there stays."""
_NEEDED = tuple(name for name in COLUMN_NAMES if name not in {*KEPT, "site"})
_HEADING_WITHIN = 15


@dataclass(frozen=True)
class ReadRow:
    """A row that could be read: its values by column. `row` is its number in the sheet."""

    row: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class ReadFile:
    """What was read: rows, faults, the sheet and row of the headings, what was left unread.

    `columns` maps a column of the register to its place (from 1) in the sheet; empty when the
    headings are wrong, and then no row was read.
    """

    sheet: str
    heading_row: int
    columns: Mapping[str, int]
    rows: tuple[ReadRow, ...]
    faults: tuple[Fault, ...]
    unread_columns: tuple[str, ...] = ()
    unread_sheets: tuple[str, ...] = ()


@dataclass
class _Reading:
    grid: Grid
    site: str
    site_words: Mapping[str, str]
    today: date
    faults: list[Fault] = field(default_factory=list)

    def wrong(
        self, row: int, column: int, message: Text, found: str = "", suggestion: str = ""
    ) -> None:
        self.faults.append(Fault(self.grid.name, row, column, message, found, suggestion))


def read_register(
    grids: Sequence[Grid], site: str, site_words: Mapping[str, str], today: date
) -> ReadFile:
    """The rows of the one sheet with the register's headings, and every fault.

    `site_words` maps each way a site is written, spelled plainly, to its name.
    """
    ranked = [(_best_heading(grid), grid) for grid in grids]
    known = [(row, grid) for (score, row), grid in ranked if score >= 3]
    if len(known) != 1:
        message = _NO_SHEET if not known else _SEVERAL
        named = known[1][1] if known else grids[0] if grids else Grid("-", ())
        fault = Fault(named.name, 1, 0, message, ", ".join(g.name for g in grids))
        return ReadFile(named.name, 0, {}, (), (fault,))
    heading, grid = known[0]
    reading = _Reading(grid, site, site_words, today)
    columns, unread = _columns(reading, heading)
    below = [row for row in grid.rows if row.number > heading.number]
    rows: tuple[ReadRow, ...] = ()
    if reading.faults:
        columns = {}
    else:
        rows = tuple(found for row in below if (found := _row(reading, row, columns)))
        if not below:
            reading.wrong(heading.number + 1, 0, _NO_ROWS)
    return ReadFile(
        grid.name,
        heading.number,
        columns,
        rows,
        tuple(reading.faults),
        unread,
        tuple(g.name for g in grids if g is not grid and g.rows),
    )


def _best_heading(grid: Grid) -> tuple[int, Row]:
    """How many headings the row with the most of them has, and that row."""
    nothing = Row(1, ())
    rows = (row for row in grid.rows if row.number <= _HEADING_WITHIN)
    scored = [(sum(plain(shown(c)) in HEADINGS for c in row.cells), row) for row in rows]
    return max(scored, key=lambda pair: pair[0], default=(0, nothing))


def _columns(reading: _Reading, heading: Row) -> tuple[dict[str, int], tuple[str, ...]]:
    columns: dict[str, int] = {}
    strange: list[tuple[int, str]] = []
    for at, cell in enumerate(heading.cells, start=1):
        told = " ".join(shown(cell).split())
        name = HEADINGS.get(plain(told))
        if name is None:
            if told:
                strange.append((at, told))
        elif name in columns:
            reading.wrong(heading.number, at, _twice(name), told)
        else:
            columns[name] = at
    missing = [name for name in _NEEDED if name not in columns]
    spelled = {word: name for word, name in HEADINGS.items() if name in missing}
    unread = []
    for at, told in strange:
        near = spelled.get(nearest(plain(told), spelled), "")
        if near:
            missing = [name for name in missing if name != near]
            reading.wrong(heading.number, at, _STRANGE, told, COLUMN_NAMES[near].th)
        else:
            unread.append(told)
    for name in missing:
        reading.wrong(heading.number, 0, _missing(name))
    return columns, tuple(unread)


def _row(reading: _Reading, row: Row, columns: Mapping[str, int]) -> ReadRow | None:
    cells = {name: _cell(row, at) for name, at in columns.items()}
    if not any(shown(cell).strip() for cell in cells.values()):
        return None
    before = len(reading.faults)
    readers: dict[str, Callable[[Cell], Any]] = {
        "number": code_in,
        "serial": code_in,
        "kind": lambda cell: word_in(cell, KIND_WORDS, _KIND),
        "state": lambda cell: word_in(cell, STATE_WORDS, _STATE),
        "acquired": lambda cell: day_in(cell, reading.today),
        "price": price_in,
    }
    values: dict[str, Any] = {}
    for name, cell in cells.items():
        try:
            values[name] = readers.get(name, text_in)(cell)
        except WrongCellError as wrong:
            reading.faults.append(
                Fault(
                    reading.grid.name, row.number, columns[name],
                    wrong.message, shown(cell), wrong.suggestion, wrong.allowed,
                )
            )  # fmt: skip
    _check_row(reading, row, columns, values)
    if len(reading.faults) > before:
        return None
    values["serial"] = "" if values["serial"] == "-" else values["serial"]
    values.pop("site", None)
    return ReadRow(row.number, values)


def _check_row(
    reading: _Reading, row: Row, columns: Mapping[str, int], values: Mapping[str, Any]
) -> None:
    if values.get("number") == "":
        reading.wrong(row.number, columns["number"], _NO_NUMBER)
    stated = values.get("site", "")
    if stated:
        meant = reading.site_words.get(plain(stated))
        if meant is None:
            near = reading.site_words.get(nearest(plain(stated), reading.site_words), "")
            reading.wrong(row.number, columns["site"], _NO_SITE, stated, near)
        elif meant != reading.site:
            reading.wrong(row.number, columns["site"], _elsewhere(meant), stated)


def _cell(row: Row, column: int) -> Cell:
    return row.cells[column - 1] if column <= len(row.cells) else None


def _twice(name: str) -> Text:
    text = COLUMN_NAMES[name]
    return Text(th=f"คอลัมน์ “{text.th}” ซ้ำ", en=f"the column “{text.en}” stands twice")


def _missing(name: str) -> Text:
    text = COLUMN_NAMES[name]
    return Text(th=f"ขาดคอลัมน์ “{text.th}”", en=f"the column “{text.en}” ({name}) is missing")


def _elsewhere(site: str) -> Text:
    return Text(
        th=f"แถวนี้เป็นของ {site} ให้นำเข้าที่หน่วยงานนั้น",
        en=f"the row belongs to {site}; import it there",
    )


_NO_SHEET = Text(
    th="ไม่พบแถวหัวตารางของทะเบียนใน 15 แถวแรก (ต้องมีเช่น เลขครุภัณฑ์ ประเภท ยี่ห้อ)",
    en="no row of headings among the first 15 rows (such as number, kind, brand)",
)
_SEVERAL = Text(
    th="มีหลายแผ่นงานที่เป็นทะเบียน ให้เหลือแผ่นเดียว",
    en="several sheets hold a register; leave one in the file",
)
_NO_ROWS = Text(th="ไม่มีแถวใดใต้หัวตาราง", en="there is no row below the headings")
_STRANGE = Text(th="ไม่รู้จักหัวตารางนี้", en="unknown heading")
_NO_NUMBER = Text(th="ไม่มีเลขครุภัณฑ์", en="no register number")
_KIND = Text(th="ไม่รู้จักประเภทครุภัณฑ์", en="unknown kind of equipment")
_STATE = Text(th="ไม่รู้จักสถานะ", en="unknown state")
_NO_SITE = Text(th="ไม่มีหน่วยงานชื่อนี้", en="there is no such site")
