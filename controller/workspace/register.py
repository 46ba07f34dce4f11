"""The hardware register (ทะเบียนครุภัณฑ์): CSV as Excel saves it, one file for each site."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from controller.errors import Problem, Text
from controller.inventory.asset import KINDS, STATES, Asset
from controller.inventory.register import read_price
from controller.language import nearest
from controller.thai import arabic_digits
from controller.workspace.dates import read_date, why_no_date

COLUMNS = (
    "number", "kind", "brand", "model", "serial", "acquired", "price", "room", "state", "note",
)  # fmt: skip
OPTIONAL = ("site",)


@dataclass
class Register:
    """Reads files one after the other; numbers and serials are unique over all of them.

    `whole` turns False when a row or a file could not be read, so that numbers may be missing.
    """

    sites: tuple[str, ...]
    assets: list[Asset] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True
    _numbers: dict[str, str] = field(default_factory=dict)
    _serials: dict[str, str] = field(default_factory=dict)
    _days: dict[str, date | None] = field(default_factory=dict)

    @property
    def numbers(self) -> Collection[str]:
        """Every register number met so far, of wrong rows too."""
        return self._numbers.keys()

    def read(self, path: str, site: str, text: str) -> None:
        """Add the rows of one file; wrong ones become problems and are left out."""
        lines = text.split("\n")
        rows, torn = _rows(path, lines)
        wrong = _header_problems(path, rows[0][1] if rows else None)
        if torn or wrong:
            self.whole = False
            self.problems.extend(torn or wrong)
        if wrong:
            return
        header = rows[0][1]
        names = [cell.strip() for cell in header]
        order = [names.index(name) for name in COLUMNS]
        stated = names.index("site") if "site" in names else None
        for number, cells in rows[1:]:
            row = _Row(path, site, number, cells, names, lines)
            if len(cells) != len(names):
                if any(cell.strip() for cell in cells):
                    self.whole = False
                    self.problems.append(row.miscounted())
                continue
            if stated is not None:
                self._check_site(row, cells[stated].strip())
            self._add(row, [cells[i].strip() for i in order])

    def _add(self, row: _Row, cells: list[str]) -> None:
        number, kind, brand, model, serial, acquired, price, room, state, note = cells
        before = len(self.problems)
        if not number:
            if not any(cells):
                return
            self._wrong(row, "number", _NO_NUMBER)
        if kind not in KINDS:
            self._wrong(row, "kind", _KIND, KINDS, _near(kind, KINDS))
        if state not in STATES:
            self._wrong(row, "state", _STATE, STATES, _near(state, STATES))
        day = self._day(acquired)
        if day is None:
            message, meant = why_no_date(acquired)
            self._wrong(row, "acquired", message, (), meant)
        satang = read_price(price)
        if satang is None:
            meant = re.sub(r"[^\d.]", "", arabic_digits(price)).strip(".")
            self._wrong(row, "price", _MONEY, (), meant if read_price(meant) is not None else "")
        self._unique(row, "number", number, self._numbers, _number_twice)
        serial = "" if serial == "-" else serial
        self._unique(row, "serial", serial, self._serials, _serial_twice)
        if len(self.problems) == before and day is not None and satang is not None:
            asset = Asset(
                number, row.site, kind, brand, model, serial, day, satang, room, state, note
            )
            self.assets.append(asset)

    def _day(self, text: str) -> date | None:
        if text not in self._days:
            self._days[text] = read_date(text)
        return self._days[text]

    def _unique(
        self, row: _Row, column: str, word: str, seen: dict[str, str], twice: Callable[[str], Text]
    ) -> None:
        if not word:
            return
        first = seen.setdefault(word, where := f"{row.path}:{row.number}")
        if first is not where:
            self._wrong(row, column, twice(first))

    def _check_site(self, row: _Row, stated: str) -> None:
        if stated in {"", row.site}:
            return
        near = "" if stated in self.sites else _near(stated, self.sites)
        message = _elsewhere(stated) if stated in self.sites else _UNKNOWN_SITE
        self._wrong(row, "site", message, (row.site,), near)

    def _wrong(
        self,
        row: _Row,
        column: str,
        message: Text,
        allowed: tuple[str, ...] = (),
        suggestion: str = "",
    ) -> None:
        self.problems.append(row.problem(column, message, allowed, suggestion))


@lru_cache(maxsize=1024)
def _near(word: str, allowed: tuple[str, ...]) -> str:
    """As `nearest`; one wrong word often fills a whole column."""
    return nearest(word.lower(), allowed)


@dataclass(frozen=True)
class _Row:
    """A row and where it stands. `number` is the line of its first cell."""

    path: str
    site: str
    number: int
    cells: list[str]
    names: list[str]
    lines: list[str]

    def problem(
        self, column: str, message: Text, allowed: tuple[str, ...], suggestion: str
    ) -> Problem:
        index = self.names.index(column)
        named = Text(th=f"{column}: {message.th}", en=f"{column}: {message.en}")
        at = _column(self.lines[self.number - 1], index)
        found = self.cells[index].strip()
        return Problem(self.path, self.number, at, named, found, allowed, suggestion)

    def miscounted(self) -> Problem:
        have, want = len(self.cells), len(self.names)
        message = Text(
            th=f"แถวนี้มี {have} ช่อง แต่หัวตารางมี {want} ช่อง",
            en=f"the row has {have} cells, the heading has {want}",
        )
        return Problem(self.path, self.number, 1, message, self.lines[self.number - 1])


def _rows(path: str, lines: list[str]) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """The rows that hold anything, with their lines; an unclosed quote ends the reading."""
    reader = csv.reader((line + "\n" for line in lines), strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            if cells:
                rows.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        return rows, [Problem(path, start, 1, _QUOTES, lines[start - 1][:60])]
    return rows, []


def _column(line: str, index: int) -> int:
    """The column (from 1) at which cell `index` begins."""
    at, quoted = 0, False
    for position, letter in enumerate(line):
        if index == 0:
            break
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            index -= 1
            at = position + 1
    return at + 1


def _header_problems(path: str, header: list[str] | None) -> list[Problem]:
    if header is None:
        return [Problem(path, 0, 0, _EMPTY, "", COLUMNS)]
    names = [cell.strip() for cell in header]
    if len(names) == 1 and any(sign in names[0] for sign in ";\t|"):
        return [Problem(path, 1, 1, _SEPARATOR, names[0][:60], (",",))]
    problems: list[Problem] = []
    line = ",".join(header)
    missing = [name for name in COLUMNS if name not in names]
    for index, name in enumerate(names):
        at = _column(line, index)
        if name not in COLUMNS + OPTIONAL:
            near = nearest(name.lower(), missing)
            problems.append(Problem(path, 1, at, _UNKNOWN_COLUMN, name, COLUMNS, near))
        elif name in names[:index]:
            problems.append(Problem(path, 1, at, _COLUMN_TWICE, name))
    named = {problem.suggestion for problem in problems}
    return problems + [
        Problem(path, 1, 1, _no_column(name)) for name in missing if name not in named
    ]


def _no_column(name: str) -> Text:
    return Text(th=f"ขาดคอลัมน์ “{name}”", en=f"the column “{name}” is missing")


def _elsewhere(site: str) -> Text:
    return Text(
        th=f"แถวนี้เป็นของ {site} ให้ย้ายไปไฟล์ของหน่วยงานนั้น",
        en=f"the row belongs to {site}; move it to that site's file",
    )


def _number_twice(first: str) -> Text:
    return Text(th=f"เลขครุภัณฑ์ซ้ำกับ {first}", en=f"the number stands already in {first}")


def _serial_twice(first: str) -> Text:
    return Text(th=f"หมายเลขเครื่องซ้ำกับ {first}", en=f"the serial number stands already in {first}")


_QUOTES = Text(
    th='เครื่องหมายคำพูด (") ในแถวนี้ไม่ครบคู่ จึงอ่านแถวนี้และแถวต่อไปไม่ได้',
    en='a quote (") in this row does not close, so this row and the next ones cannot be read',
)
_EMPTY = Text(th="ไฟล์ทะเบียนว่างเปล่า", en="the register is empty")
_NO_NUMBER = Text(th="ไม่มีเลขครุภัณฑ์", en="no register number")
_KIND = Text(th="ไม่รู้จักประเภทครุภัณฑ์", en="unknown kind of equipment")
_STATE = Text(th="ไม่รู้จักสถานะ", en="unknown state")
_UNKNOWN_SITE = Text(th="ไม่มีหน่วยงานนี้ใน inventory/sites", en="no such site in inventory/sites")
_UNKNOWN_COLUMN = Text(th="ไม่รู้จักคอลัมน์นี้", en="unknown column")
_COLUMN_TWICE = Text(th="คอลัมน์ซ้ำ", en="the column stands twice")
_MONEY = Text(
    th="ราคาต้องเป็นตัวเลขเป็นบาท ทศนิยมไม่เกินสองตำแหน่ง เช่น 18500 หรือ 18,500.00",
    en="a price is in baht with at most two decimals, for example 18500 or 18,500.00",
)
_SEPARATOR = Text(th="คั่นช่องด้วยเครื่องหมายจุลภาค (,) เท่านั้น", en="cells are separated by commas only")
