"""Sheets to fill in, as a workbook of Excel: locked but for what is asked; without a formula."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from controller.documents.cells import lines, writable
from controller.documents.entry_sheet import EntryColumn, EntryLine, EntrySheet, EntryValue
from controller.documents.workbook import new_workbook, saved, tab_name

_FONT, _SIZE, _LINE_HEIGHT, _HIGHEST_ROW = "TH SarabunPSK", 16, 21.75, 409.0
_HAIR = Side("thin", color="999999")
_BOX = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_GREY, _PAPER = PatternFill("solid", fgColor="EBEBEB"), PatternFill("solid", fgColor="FFF9DB")
_AS_TEXT, _MONEY = "@", "#,##0.00"
_A4 = 9


def render_entry(sheets: Sequence[EntrySheet]) -> bytes:
    """The sheets as XLSX, the same bytes for the same sheets; locked without a password."""
    workbook = new_workbook()
    names: set[str] = set()
    for sheet in sheets:
        page: Worksheet = workbook.create_sheet(tab_name(sheet.title, names))
        _fill(page, sheet)
        _lock(page, sheet)
    return saved(workbook)


def _fill(page: Worksheet, sheet: EntrySheet) -> None:
    for index, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = column.width
    for index, mark in enumerate(sheet.mark, start=1):
        _write(page.cell(1, index), mark)
    page.row_dimensions[1].hidden = True
    for number, line in enumerate(sheet.lines, start=2):
        _put_line(page, number, line)
    if not sheet.columns:
        return
    for index, column in enumerate(sheet.columns, start=1):
        cell = page.cell(sheet.heading, index)
        _write(cell, column.title, bold=True)
        cell.fill, cell.border = _GREY, _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    page.row_dimensions[sheet.heading].height = _LINE_HEIGHT * max(
        lines(column.title, column.width) for column in sheet.columns
    )
    for number, row in enumerate(sheet.rows, start=sheet.heading + 1):
        _put_row(page, number, row, sheet.columns)


def _put_line(page: Worksheet, number: int, line: EntryLine) -> None:
    cell = page.cell(number, line.at + 1)
    _write(cell, line.said, bold=line.bold)
    page.row_dimensions[number].height = _LINE_HEIGHT
    if line.field is not None:
        cell.alignment = Alignment(horizontal="right", vertical="top")
        _open(page.cell(number, line.field + 1), _AS_TEXT)


def _put_row(
    page: Worksheet, number: int, row: tuple[EntryValue, ...], columns: tuple[EntryColumn, ...]
) -> None:
    most = 1
    for index, (value, column) in enumerate(zip(row, columns, strict=True), start=1):
        cell = page.cell(number, index)
        _write(cell, value)
        cell.border = _BOX
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if isinstance(value, str):
            most = max(most, lines(value, column.width))
        if column.open:
            _open(cell, _MONEY if column.kind == "money" else _AS_TEXT)
    page.row_dimensions[number].height = min(most * _LINE_HEIGHT, _HIGHEST_ROW)


def _write(cell: Cell | MergedCell, value: EntryValue, *, bold: bool = False) -> None:
    """The value; text is marked as text, whatever it begins with."""
    cell.font = Font(_FONT, _SIZE, bold=bold)
    if isinstance(value, str):
        cell.value = writable(value)
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip().startswith(("=", "+", "-", "@"))
    else:
        cell.value = value


def _open(cell: Cell | MergedCell, number_format: str) -> None:
    """Leave the cell to be filled in; what is typed stays the text it is, but for money."""
    cell.font = Font(_FONT, _SIZE)
    cell.border, cell.fill = _BOX, _PAPER
    cell.number_format = number_format
    cell.protection = Protection(locked=False)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _lock(page: Worksheet, sheet: EntrySheet) -> None:
    page.protection.sheet = True
    # Widths and heights may be changed, and long answers read.
    page.protection.formatColumns = page.protection.formatRows = False
    lists: dict[tuple[str, ...], DataValidation] = {}
    for row, column, choices in sheet.choices:
        if choices not in lists:
            # A list to choose from that refuses nothing: the bidder's own words count.
            lists[choices] = DataValidation(
                "list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=False
            )
            page.add_data_validation(lists[choices])
        lists[choices].add(page.cell(sheet.heading + 1 + row, column + 1))
    if sheet.columns:
        page.freeze_panes = f"A{sheet.heading + 1}"
        page.print_title_rows = f"{sheet.heading}:{sheet.heading}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
