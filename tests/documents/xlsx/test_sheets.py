"""The sheet around the cells: how it looks, how it prints, that its bytes are the same."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from controller.documents.sheet import Sheet, SheetColumn, Value
from controller.documents.xlsx import render_xlsx
from controller.errors import InputError

COLUMNS = (
    SheetColumn("ลำดับ", "integer", 6),
    SheetColumn("รายการ", "text", 30),
    SheetColumn("ราคา (บาท)", "money", 5),
    SheetColumn("วันที่ได้มา", "date", 5),
)
ROW: tuple[Value, ...] = (1, "สวิตช์", Decimal("24400.00"), date(2026, 11, 15))
SHEET = Sheet("ทะเบียน", COLUMNS, (ROW, ROW), (None, "รวม", Decimal("48800.00")))
ELSEWHERE = """
import hashlib
from controller.documents.xlsx import render_xlsx
from tests.documents.xlsx.test_sheets import SHEET
print(hashlib.sha256(render_xlsx([SHEET], thai_digits=True)).hexdigest())
"""


def book(*sheets: Sheet) -> Workbook:
    """The sheets, written and read back."""
    return load_workbook(BytesIO(render_xlsx(sheets, thai_digits=True)))


def test_headings_are_bold_stay_in_sight_and_print_on_every_page() -> None:
    """The first row."""
    page = book(SHEET)["ทะเบียน"]
    assert [cell.value for cell in page[1]] == ["ลำดับ", "รายการ", "ราคา (บาท)", "วันที่ได้มา"]
    assert all(cell.font.b for cell in page[1])
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"


def test_it_prints_on_a4_lying_as_wide_as_the_sheet() -> None:
    """And as many pages long as it needs, with its title above."""
    page: Any = book(Sheet("รับ & จ่าย", COLUMNS, (ROW,)))["รับ & จ่าย"]
    setup = page.page_setup
    assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddHeader.center.text == "รับ && จ่าย"
    assert page.oddHeader.center.font == "TH SarabunPSK,Bold"


def test_letters_are_those_of_official_papers() -> None:
    """In every cell, and in those an officer adds."""
    made = book(SHEET)
    page = made["ทะเบียน"]
    cells = [cell for row in page.iter_rows(max_row=5) for cell in row]
    assert {(cell.font.name, cell.font.sz) for cell in cells} == {("TH SarabunPSK", 16)}
    assert page["Z99"].font.name == "TH SarabunPSK"


def test_totals_are_the_last_row_and_bold() -> None:
    """Values like the others; a row that is too short ends in empty cells."""
    page = book(SHEET)["ทะเบียน"]
    assert [cell.value for cell in page[4]] == [None, "รวม", 48800, None]
    assert all(cell.font.b for cell in page[4])
    assert page["C4"].number_format == "[$-D00041E]#,##0.00"
    assert not page["B3"].font.b
    assert book(Sheet("ว่าง", COLUMNS, ()))["ว่าง"].max_row == 1


def test_rows_are_as_high_as_their_lines() -> None:
    """Excel cuts off what is higher; a mark above or below a letter takes no room beside it."""
    column = (SheetColumn("รายการ", "text", 23),)
    rows = (("สั้น",), ("บรรทัด\nบรรทัด\nบรรทัด",), ("ก" * 100,), ("กี้" * 19,), ("ก" * 9000,))
    page = book(Sheet("สูง", column, rows))["สูง"]
    heights = [page.row_dimensions[number].height for number in range(1, 7)]
    assert heights == [21.75, 21.75, 65.25, 130.5, 21.75, 409]


def test_columns_of_figures_show_them_whole() -> None:
    """Excel shows ### for a number that is wider than its column."""
    page = book(SHEET)["ทะเบียน"]
    widths = [page.column_dimensions[letter].width for letter in "ABCD"]
    assert widths == [6, 30, 12, 20]


def test_a_row_with_more_cells_than_columns_is_a_fault() -> None:
    """Nothing is left out in silence."""
    with pytest.raises(ValueError, match="shorter"):
        render_xlsx([Sheet("ก", COLUMNS[:1], ((1, 2),))], thai_digits=True)


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (("พัสดุ", "พัสดุ", "พัสดุ"), ["พัสดุ", "พัสดุ (2)", "พัสดุ (3)"]),
        (("Assets", "assets"), ["Assets", "assets (2)"]),
        (("[งบ]: ๑/๒๕๗๐*?\\",), ["งบ   ๑ ๒๕๗๐"]),
        (("'ก'", "", "  "), ["ก", "Sheet", "Sheet (2)"]),
        (("ก" * 40, "ก" * 41), ["ก" * 31, "ก" * 27 + " (2)"]),
    ],
)
def test_tabs_have_names_excel_allows(titles: tuple[str, ...], names: list[str]) -> None:
    """31 letters, none of those it uses itself, no two alike."""
    assert book(*(Sheet(title, COLUMNS, ()) for title in titles)).sheetnames == names


def test_no_table_is_told() -> None:
    """Excel knows no file without a sheet; the paper has other forms."""
    with pytest.raises(InputError) as told:
        render_xlsx([], thai_digits=True)
    assert "Excel" in told.value.message.th
    assert told.value.hint is not None


def test_the_same_sheets_are_the_same_file() -> None:
    """Here and elsewhere, now and later: no clock has a say."""
    told = {
        subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": "."},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Bangkok"))
    }
    assert len(told) == 1
    with ZipFile(BytesIO(render_xlsx([SHEET], thai_digits=True))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2
