"""Tables as an Excel file: numbers and days stay what they are and are shown the Thai way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from controller.errors import InputError, Text

Kind = Literal["text", "integer", "decimal", "money", "date"]
Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class SheetColumn:
    """A column. `width` in letters; columns of numbers and days grow as wide as they need."""

    title: str
    kind: Kind = "text"
    width: float = 15


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own; `totals` is its last row, bold.

    Values fit the kind of their column. Text in a column of numbers or days that is one, as
    `"1250.50"` or `"2026-11-22"`, becomes one; any other text stays text. None is an empty cell.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[Value, ...] = ()


def render_xlsx(sheets: Sequence[Sheet], *, thai_digits: bool) -> bytes:
    """The sheets as XLSX, with numbers in Thai or Arabic digits: same sheets, same bytes.

    Text never becomes a formula, whatever it begins with.
    Errors: `InputError` when there is no sheet, for Excel knows no file without one.
    """
    if not sheets:
        raise InputError(
            Text(th="ไม่มีตารางที่จะบันทึกเป็นแฟ้ม Excel", en="there is no table to write to Excel"),
            hint=Text(th="ใช้แฟ้ม PDF หรือ DOCX แทน", en="use the PDF or DOCX file instead"),
        )
    # Excel's library is loaded by who writes, not by everybody who names this module.
    from controller.documents.workbook import written

    return written(sheets, thai_digits=thai_digits)
