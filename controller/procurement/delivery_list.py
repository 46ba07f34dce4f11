"""Reads the list of what was delivered: one row a piece, where it answers and where it belongs.

Columns under Thai or English headings; a site by its word or its name, an item by its id, its
number in the specification or its name. Every fault is told by its cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address

from controller.errors import Text
from controller.inventory.grid import Cell, Grid, Row
from controller.inventory.register import plain
from controller.inventory.register_cells import (
    Fault,
    WrongCellError,
    becomes_formula,
    code_in,
    shown,
    text_in,
)
from controller.language import nearest

MOST = 2000
COLUMNS: dict[str, Text] = {
    "item": Text(th="รายการ", en="Item"),
    "site": Text(th="หน่วยงาน", en="Site"),
    "room": Text(th="สถานที่ตั้ง", en="Room"),
    "address": Text(th="ที่อยู่ IP", en="Address"),
    "platform": Text(th="แพลตฟอร์ม", en="Platform"),
    "serial": Text(th="หมายเลขเครื่อง", en="Serial number"),
    "name": Text(th="ชื่ออุปกรณ์", en="Name"),
}
_ALSO: dict[str, tuple[str, ...]] = {
    "item": ("รายการที่", "item no", "ลำดับรายการ"),
    "site": ("โรงเรียน", "สถานศึกษา", "school"),
    "room": ("ห้อง", "สถานที่", "ที่ตั้ง", "location", "place"),
    "address": ("ip", "ip address", "ไอพี", "ที่อยู่", "ที่อยู่ไอพี"),
    "platform": ("ระบบปฏิบัติการ",),
    "serial": ("serial", "s/n", "sn", "serial no", "ซีเรียล", "หมายเลขประจำเครื่อง"),
    "name": ("ชื่อ", "hostname", "device"),
}
_HEADINGS = {
    plain(word): column
    for column, title in COLUMNS.items()
    for word in (column, title.th, title.en, *_ALSO[column])
}
_HEADING_WITHIN = 15


@dataclass(frozen=True)
class Line:
    """One piece as the list states it. `row` is its row in the sheet, 0 for one given directly."""

    item: str
    site: str
    address: str = ""
    platform: str = ""
    room: str = ""
    serial: str = ""
    name: str = ""
    row: int = 0


@dataclass(frozen=True)
class Names:
    """What the cells may say, spelled plainly -> the word meant. Platforms by their names."""

    items: Mapping[str, str]
    sites: Mapping[str, str]
    platforms: frozenset[str]


@dataclass(frozen=True)
class ReadList:
    """The lines that could be read, and every fault."""

    sheet: str
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


@dataclass
class _Reading:
    sheet: str
    names: Names
    columns: dict[str, int]
    faults: list[Fault] = field(default_factory=list)

    def wrong(
        self, row: int, column: str, message: Text, found: str = "", suggestion: str = ""
    ) -> None:
        at = self.columns.get(column, 0)
        self.faults.append(Fault(self.sheet, row, at, message, found, suggestion))


def read_list(grids: Sequence[Grid], names: Names) -> ReadList:
    """The lines of the first sheet whose headings name a site and an item."""
    for grid in grids:
        heading = _heading(grid)
        if heading is None:
            continue
        columns: dict[str, int] = {}
        for at, cell in enumerate(heading.cells, start=1):
            column = _HEADINGS.get(plain(shown(cell)))
            if column:
                columns.setdefault(column, at)
        reading = _Reading(grid.name, names, columns)
        below = [row for row in grid.rows if row.number > heading.number]
        if len(below) > MOST:
            reading.wrong(below[MOST].number, "", _TOO_MANY)
            below = below[:MOST]
        lines = tuple(line for row in below if (line := _line(reading, row)) is not None)
        _repeated(reading, lines)
        if not below:
            reading.wrong(heading.number + 1, "", _NO_ROWS)
        return ReadList(grid.name, lines, tuple(reading.faults))
    sheet = grids[0].name if grids else "-"
    return ReadList(sheet, (), (Fault(sheet, 1, 0, _NO_HEADING),))


def checked_lines(lines: Sequence[Line], names: Names) -> ReadList:
    """The same for lines that come from no sheet; faults count the lines from 1."""
    reading = _Reading("-", names, {})
    read = []
    for number, line in enumerate(lines, start=1):
        cells = {column: getattr(line, column) or None for column in COLUMNS}
        found = _checked(reading, number, cells)
        if found is not None:
            read.append(found)
    _repeated(reading, read)
    if not lines:
        reading.wrong(1, "", _NO_ROWS)
    return ReadList("-", tuple(read), tuple(reading.faults))


def _heading(grid: Grid) -> Row | None:
    for row in grid.rows:
        if row.number > _HEADING_WITHIN:
            return None
        known = {_HEADINGS.get(plain(shown(cell))) for cell in row.cells}
        if {"item", "site"} <= known:
            return row
    return None


def _line(reading: _Reading, row: Row) -> Line | None:
    cells: dict[str, Cell] = {
        column: row.cells[at - 1] if at <= len(row.cells) else None
        for column, at in reading.columns.items()
    }
    if not any(shown(cell).strip() for cell in cells.values()):
        return None
    return _checked(reading, row.number, cells)


def _checked(reading: _Reading, row: int, cells: Mapping[str, Cell]) -> Line | None:
    before, values = len(reading.faults), dict.fromkeys(COLUMNS, "")
    for column, cell in cells.items():
        try:
            values[column] = code_in(cell) if column in {"serial", "item"} else text_in(cell)
        except WrongCellError as wrong:
            reading.wrong(row, column, wrong.message, shown(cell), wrong.suggestion)
    if values["serial"] == "-":
        values["serial"] = ""
    if len(reading.faults) == before:
        for message, column, suggestion in _faults(reading.names, values):
            reading.wrong(row, column, message, values[column], suggestion)
    if len(reading.faults) > before:
        return None
    values["item"] = reading.names.items[plain(values["item"])]
    values["site"] = reading.names.sites[plain(values["site"])]
    return Line(**values, row=row)


def _faults(names: Names, values: Mapping[str, str]) -> Iterator[tuple[Text, str, str]]:
    for column, known, message in (
        ("item", names.items, _NO_ITEM),
        ("site", names.sites, _NO_SITE),
    ):
        word = plain(values[column])
        if word not in known:
            yield message, column, known.get(nearest(word, known), "") if word else ""
    address, platform = values["address"], values["platform"]
    if address and not _is_address(address):
        yield _NO_ADDRESS, "address", ""
    if platform and platform not in names.platforms:
        yield _NO_PLATFORM, "platform", nearest(platform, sorted(names.platforms))
    if not address and not values["serial"]:
        yield _NEITHER, "serial", ""
    for column in ("room", "serial", "name"):
        if becomes_formula(values[column]):
            yield _FORMULA, column, ""


def _repeated(reading: _Reading, lines: Sequence[Line]) -> None:
    for column in ("address", "serial", "name"):
        seen: dict[str, int] = {}
        for line in lines:
            word = getattr(line, column).casefold()
            if word and (first := seen.setdefault(word, line.row)) != line.row:
                message = Text(th=f"ซ้ำกับแถว {first}", en=f"stands in row {first} already")
                reading.wrong(line.row, column, message, word)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


_NO_HEADING = Text(
    th="ไม่พบหัวตารางที่มี “รายการ” และ “หน่วยงาน” ใน 15 แถวแรก",
    en="no row of headings with “Item” and “Site” among the first 15 rows",
)
_NO_ROWS = Text(th="ไม่มีเครื่องใดในรายการ", en="the list has no piece")
_TOO_MANY = Text(
    th=f"ส่งมอบครั้งละไม่เกิน {MOST} เครื่อง", en=f"{MOST} pieces are the most of one delivery"
)
_NO_ITEM = Text(th="ไม่มีรายการนี้ในคุณลักษณะเฉพาะ", en="the specification has no such item")
_NO_SITE = Text(th="ไม่มีหน่วยงานชื่อนี้", en="there is no such site")
_NO_ADDRESS = Text(th="ไม่ใช่ที่อยู่ไอพี", en="this is no IP address")
_NO_PLATFORM = Text(th="ไม่รู้จักแพลตฟอร์มนี้", en="unknown platform")
_NEITHER = Text(
    th="ต้องมีที่อยู่ไอพีหรือหมายเลขเครื่องอย่างน้อยหนึ่งอย่าง",
    en="it needs an address or a serial number",
)
_FORMULA = Text(
    th="ขึ้นต้นด้วย = + - หรือ @ ซึ่ง Excel จะอ่านเป็นสูตร",
    en="begins with = + - or @, which Excel would read as a formula",
)
