"""Reads tables out of the files people hand over: XLSX and CSV, as cells and nothing more.

No macro is run, no formula computed, no link followed; what is too large is refused before it is
unpacked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from controller.errors import InputError, Text
from controller.inventory.grid import Cell, Formula, Grid, Row

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as ExcelCell

LARGEST = 5_000_000
_LARGEST_UNPACKED = 100_000_000
_MOST_ENTRIES = 2000
MOST_ROWS, MOST_COLUMNS = 50_000, 100
_LONGEST = 5_000
# Nothing but the place of what is merged is looked for, so no parser has to be trusted with it.
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']"
)
_BOM = b"\xef\xbb\xbf"
CSV_SHEET = "CSV"


def read_grids(content: bytes) -> tuple[Grid, ...]:
    """Every sheet of an XLSX file, or the one table of a CSV file (UTF-8), by what the bytes are.

    Rows without anything are left out. Errors: `InputError` for what is too large, is neither, has
    macros, or is damaged.
    """
    if len(content) > LARGEST:
        raise _too_large(LARGEST)
    if content.startswith(b"PK"):
        return _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            Text(
                th="แฟ้มเป็นแบบ .xls เก่า หรือเข้ารหัสไว้", en="the file is an old .xls, or is encrypted"
            ),
            hint=Text(th="บันทึกใหม่เป็น .xlsx ที่ไม่มีรหัสผ่าน", en="save it as .xlsx without a password"),
        )
    return (_csv(content),)


def _workbook(content: bytes) -> tuple[Grid, ...]:
    # Excel's library is loaded by who reads, not by everybody who names this module.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _check_package(content)
    try:
        workbook = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        try:
            return tuple(
                Grid(
                    sheet.title,
                    tuple(_rows(sheet.iter_rows(max_col=MOST_COLUMNS + 1))),
                    _merged(sheet),
                )
                for sheet in workbook.worksheets
                if sheet.sheet_state == "visible"
            )
        finally:
            workbook.close()
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as no:
        raise _damaged(type(no).__name__) from None


def _merged(sheet: Any) -> tuple[tuple[int, int, int, int], ...]:
    """The merged cells; the library does not tell them of a sheet it only reads through."""
    from openpyxl.utils.cell import coordinate_to_tuple

    with sheet.parent._archive.open(sheet._worksheet_path) as source:
        found = _MERGED.findall(source.read())
    ranges = (ref.decode().split(":") for ref in found[:MOST_ROWS])
    return tuple(
        (*coordinate_to_tuple(first), *coordinate_to_tuple(last)) for first, last in ranges
    )


def _check_package(content: bytes) -> None:
    """Refuse what would unpack to too much, or carries programs."""
    try:
        with ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
    except BadZipFile as error:
        raise _damaged(str(error)) from None
    if len(entries) > _MOST_ENTRIES or sum(e.file_size for e in entries) > _LARGEST_UNPACKED:
        raise _too_large(_LARGEST_UNPACKED)
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise InputError(
            Text(th="แฟ้มมีมาโคร จึงไม่รับ", en="the file has macros and is not taken"),
            hint=Text(th="บันทึกใหม่เป็น .xlsx", en="save it as .xlsx"),
        )


def _rows(rows: Iterable[tuple[Any, ...]]) -> Iterable[Row]:
    for number, cells in enumerate(rows, start=1):
        beyond = cells if number > MOST_ROWS else cells[MOST_COLUMNS:]
        if any(cell.value is not None for cell in beyond):
            raise _too_many()
        values = tuple(_value(cell) for cell in cells[:MOST_COLUMNS])
        if any(value is not None for value in values):
            yield Row(number, values)


def _value(cell: ExcelCell) -> Cell:
    value: Any = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", value))[:200])
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | int | date):
        return value
    if isinstance(value, float):
        # A whole number stays one; any other as Excel shows it, not as it is kept in binary.
        return int(value) if value.is_integer() else Decimal(f"{value:.15g}")
    return _short(str(value)) or None


def _csv(content: bytes) -> Grid:
    try:
        text = content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(
            Text(
                th="แฟ้มนี้ไม่ใช่ .xlsx และไม่ใช่ CSV ที่เข้ารหัสแบบ UTF-8",
                en="the file is neither XLSX nor CSV in UTF-8",
            ),
            hint=Text(
                th="ใน Excel เลือกบันทึกเป็น .xlsx หรือ “CSV UTF-8”",
                en="in Excel save it as .xlsx or “CSV UTF-8”",
            ),
        ) from None
    if "\0" in text:
        raise _damaged("NUL")
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(StringIO(text), strict=True), start=1):
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise _too_many()
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(_short(cell) or None for cell in cells)))
    except csv.Error as error:
        raise _damaged(str(error)) from None
    return Grid(CSV_SHEET, tuple(rows))


def _short(text: str) -> str:
    if len(text) > _LONGEST:
        raise InputError(
            Text(
                th=f"มีเซลล์ที่ยาวเกิน {_LONGEST} ตัวอักษร",
                en=f"a cell is longer than {_LONGEST} characters",
            )
        )
    return text


def _too_large(most: int) -> InputError:
    return InputError(
        Text(
            th=f"แฟ้มใหญ่เกิน {most // 1_000_000} MB",
            en=f"the file is larger than {most // 1_000_000} MB",
        ),
        hint=Text(
            th="แยกเป็นหนึ่งแฟ้มต่อหนึ่งหน่วยงาน และลบรูปภาพออก",
            en="use one file for each site, and take pictures out",
        ),
    )


def _too_many() -> InputError:
    return InputError(
        Text(
            th=f"ตารางมีเกิน {MOST_ROWS} แถว หรือเกิน {MOST_COLUMNS} คอลัมน์",
            en=f"the table has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns",
        )
    )


def _damaged(why: str) -> InputError:
    return InputError(
        Text(th=f"เปิดแฟ้มไม่ได้ แฟ้มอาจเสียหาย ({why})", en=f"the file cannot be read ({why})"),
        hint=Text(th="เปิดด้วย Excel แล้วบันทึกใหม่เป็น .xlsx", en="open it in Excel and save it again"),
    )
