"""Sheets as a workbook of Excel: styles, cells, widths and heights, and how a sheet prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from controller.documents.cells import fitting, lines, reach, writable
from controller.documents.sheet import Sheet, SheetColumn, Value
from controller.documents.sheet_charts import add_chart
from controller.documents.zipped import FIRST_DAY, zipped

_FONT = "TH SarabunPSK"
_SIZE = 16
# One line of the font at 16 points; Excel cuts off what is higher than the row.
_LINE_HEIGHT = 21.75
_HIGHEST_ROW = 409.0
_THAI_DIGITS = {
    "integer": "[$-D00041E]#,##0",
    "decimal": "[$-D00041E]#,##0.00##",
    "money": "[$-D00041E]#,##0.00",
    "date": "[$-D07041E]d mmmm yyyy",
}
_ARABIC_DIGITS = {
    "integer": "#,##0",
    "decimal": "#,##0.00##",
    "money": "#,##0.00",
    "date": "[$-107041E]d mmmm yyyy",
}
_LONGEST_TAB_NAME = 31
_LONGEST_HEADER = 200
_NOT_IN_TAB_NAMES = re.compile(r"[\[\]:*?/\\\n]")
_A4 = 9
_NO_DAY = datetime.combine(FIRST_DAY, time())
_INCH = 2.54
# From nothing to 100 percent; the figures in the cells say the same without colour.
_SCALE = ("E07B7B", "FBE3B5", "FFFFFF")


def written(sheets: Sequence[Sheet], *, thai_digits: bool) -> bytes:
    """The file."""
    workbook = new_workbook()
    _define_styles(workbook, _THAI_DIGITS if thai_digits else _ARABIC_DIGITS)
    names: set[str] = set()
    for sheet in sheets:
        page: Worksheet = workbook.create_sheet(tab_name(sheet.title, names))
        _fill(page, sheet)
        _set_printing(page, sheet.title)
        _shade(page, sheet)
        if sheet.chart and sheet.rows:
            add_chart(page, sheet, sheet.chart)
    return saved(workbook)


def new_workbook() -> Workbook:
    """A workbook without a sheet; it does not tell what the clock said when it was made."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "Khaen"
    workbook.properties.created = workbook.properties.modified = _NO_DAY
    return workbook


def saved(workbook: Workbook) -> bytes:
    """The workbook as a file: the same sheets are the same bytes."""
    made = BytesIO()
    ExcelWriter(workbook, ZipFile(made, "w")).save()
    return zipped(made.getvalue())


def _define_styles(workbook: Workbook, formats: Mapping[str, str]) -> None:
    """Named styles, so that an officer changes the look of a column in one place."""
    hair = Side("thin")
    border = Border(left=hair, right=hair, top=hair, bottom=hair)
    plain, bold = Font(_FONT, _SIZE), Font(_FONT, _SIZE, bold=True)
    # Empty cells have the first font, and Excel counts the width of columns in its digits.
    workbook._fonts = IndexedList([plain])  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = plain  # type: ignore[attr-defined]
    for name, font in (("", plain), (" total", bold)):
        text = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
        workbook.add_named_style(NamedStyle(f"text{name}", font, None, border, text))
        for kind, shown in formats.items():
            middle = kind == "date"
            stands = Alignment(
                horizontal="center" if middle else "right",
                vertical="top",
                indent=0 if middle else 1,
            )
            workbook.add_named_style(NamedStyle(f"{kind}{name}", font, None, border, stands, shown))
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    grey = PatternFill("solid", fgColor="EBEBEB")
    workbook.add_named_style(NamedStyle("heading", bold, grey, border, centred))


class _Looks:
    """Gives cells their named styles; the library would look each up anew for every cell."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], StyleArray] = {}

    def dress(self, cell: Any, style: str, *, quoted: bool = False) -> None:
        """Give the cell the style; `quoted` marks text that is not to become a formula."""
        known = self._known.get((style, quoted))
        if known is None:
            cell.style = style
            if quoted:
                cell.quotePrefix = True
            known = self._known[style, quoted] = copy(cell._style)
        # Shared: nothing changes a cell's look after this.
        cell._style = known


def _fill(page: Worksheet, sheet: Sheet) -> None:
    looks = _Looks()
    rows = [[fitting(v, c.kind) for v, c in _paired(row, sheet)] for row in sheet.rows]
    totals = [fitting(v, c.kind) for v, c in _paired(sheet.totals, sheet)]
    widths = [
        max(column.width, *(reach(row[index], column.kind) for row in (*rows, totals)))
        for index, column in enumerate(sheet.columns)
    ]
    for index, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(index)].width = width
    kinds: list[str] = [column.kind for column in sheet.columns]
    _write(
        page, 1, [column.title for column in sheet.columns], ["heading"] * len(kinds), widths, looks
    )
    for number, row in enumerate(rows, start=2):
        _write(page, number, row, kinds, widths, looks)
    if sheet.totals:
        _write(page, len(rows) + 2, totals, [f"{kind} total" for kind in kinds], widths, looks)


def _paired(row: Sequence[Value], sheet: Sheet) -> Iterable[tuple[Value, SheetColumn]]:
    """The values with their columns; those missing at the end are empty, more are a fault."""
    missing = (None,) * (len(sheet.columns) - len(row))
    return zip((*row, *missing), sheet.columns, strict=True)


def _write(
    page: Worksheet,
    number: int,
    row: Sequence[Value],
    styles: Sequence[str],
    widths: Sequence[float],
    looks: _Looks,
) -> None:
    most = 1
    for index, (value, style, width) in enumerate(zip(row, styles, widths, strict=True), start=1):
        cell = page.cell(number, index)
        if isinstance(value, str):
            _write_text(cell, value, style, looks)
            most = max(most, lines(value, width))
        else:
            cell.value = value
            looks.dress(cell, style)
    page.row_dimensions[number].height = min(most * _LINE_HEIGHT, _HIGHEST_ROW)


def _write_text(cell: Cell | MergedCell, text: str, style: str, looks: _Looks) -> None:
    """Text as text, and marked so where typing it anew would make it a formula."""
    cell.value = writable(text)
    cell.data_type = "s"
    kind, _, total = style.partition(" ")
    quoted = text.lstrip().startswith(("=", "+", "-", "@"))
    looks.dress(cell, style if kind == "heading" else f"text {total}".rstrip(), quoted=quoted)


def tab_name(title: str, taken: set[str]) -> str:
    """A name Excel allows on a tab, like `title` and unlike those `taken`, which it joins."""
    plain = _NOT_IN_TAB_NAMES.sub(" ", writable(title)).strip(" '")[:_LONGEST_TAB_NAME] or "Sheet"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        mark = f" ({number})"
        name = plain[: _LONGEST_TAB_NAME - len(mark)] + mark
    taken.add(name.casefold())
    return name


def _set_printing(page: Worksheet, title: str) -> None:
    """A4 lying, as wide as the sheet, headings on every page and in sight while scrolling."""
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = page.page_margins.bottom = 2 / _INCH
    page.page_margins.top = 2.5 / _INCH
    heading = writable(title)[:_LONGEST_HEADER].replace("&", "&&")
    page.HeaderFooter.oddHeader = HeaderFooterItem(center=_repeated(heading))
    page.HeaderFooter.oddFooter = HeaderFooterItem(right=_repeated("&P/&N"))


def _shade(page: Worksheet, sheet: Sheet) -> None:
    """Shade the columns of percentages, and hold the first columns where they are."""
    if sheet.held:
        page.freeze_panes = f"{get_column_letter(sheet.held + 1)}2"
        page.print_title_cols = f"A:{get_column_letter(sheet.held)}"
    for index in sheet.shaded if sheet.rows else ():
        letter = get_column_letter(index + 1)
        low, middle, high = _SCALE
        scale: Any = ColorScaleRule  # the library says of no argument what it is
        rule = scale("num", 0, low, "num", 60, middle, "num", 100, high)
        page.conditional_formatting.add(f"{letter}2:{letter}{len(sheet.rows) + 1}", rule)


def _repeated(text: str) -> _HeaderFooterPart:
    return _HeaderFooterPart(text, f"{_FONT},Bold", _SIZE)
