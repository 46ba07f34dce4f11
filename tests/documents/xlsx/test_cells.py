"""Values stay what they are, text stays text, and both are shown as Thais write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from controller.documents.sheet import Kind, Sheet, SheetColumn, Value
from controller.documents.xlsx import render_xlsx

DAY = date(2026, 11, 15)
INJECTIONS = (
    "=1+1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "+6681", "-", "@SUM(A1)",
    "\t=1+1", "\n=1+1", " =1+1", "#N/A", "#REF!", "TRUE", "1/2",
)  # fmt: skip


def cell(value: Value, kind: Kind, *, thai_digits: bool = True) -> Any:
    """The one cell under the heading of a sheet with one column, read back."""
    sheet = Sheet("แผ่น", (SheetColumn("ก", kind),), ((value,),))
    return load_workbook(BytesIO(render_xlsx([sheet], thai_digits=thai_digits)))["แผ่น"]["A2"]


@pytest.mark.parametrize(
    ("value", "kind", "held", "thai", "arabic"),
    [
        (1250, "integer", 1250, "[$-D00041E]#,##0", "#,##0"),
        (Decimal("24400.50"), "money", 24400.5, "[$-D00041E]#,##0.00", "#,##0.00"),
        (Decimal("0.125"), "decimal", 0.125, "[$-D00041E]#,##0.00##", "#,##0.00##"),
        (DAY, "date", DAY, "[$-D07041E]d mmmm yyyy", "[$-107041E]d mmmm yyyy"),
        ("1250", "integer", 1250, "[$-D00041E]#,##0", "#,##0"),
        ("24400.50", "money", 24400.5, "[$-D00041E]#,##0.00", "#,##0.00"),
        ("2026-11-15", "date", DAY, "[$-D07041E]d mmmm yyyy", "[$-107041E]d mmmm yyyy"),
    ],
)
def test_numbers_and_days_stay_what_they_are(
    value: Value, kind: Kind, held: object, thai: str, arabic: str
) -> None:
    """Only their format says how they are shown; forms hold them as text, sheets as values."""
    for thai_digits, shown in ((True, thai), (False, arabic)):
        read = cell(value, kind, thai_digits=thai_digits)
        assert read.number_format == shown
        assert (read.value.date() if kind == "date" else read.value) == held
        assert read.data_type == ("d" if kind == "date" else "n")


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("kind", ["text", "money"])
def test_text_never_becomes_a_formula(text: str, kind: Kind) -> None:
    """Whatever it begins with; and typing it anew in Excel does not make it one either."""
    read = cell(text, kind)
    assert (read.data_type, read.value) == ("s", text)
    assert bool(read.quotePrefix) == text.strip().startswith(("=", "+", "-", "@"))
    sheet = Sheet(text, (SheetColumn(text, kind),), ((text,), (text,)), (text,))
    with ZipFile(BytesIO(render_xlsx([sheet], thai_digits=True))) as archive:
        written = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in written
    assert set(re.findall(r' t="(\w+)"', written)) == {"inlineStr"}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("ไม่ทราบ", "money"),
        ("NaN", "decimal"),
        ("Infinity", "money"),
        (Decimal("NaN"), "money"),
        ("12345678901234567", "integer"),
        (True, "integer"),
        ("๑๕ พ.ย. ๒๕๖๙", "date"),
        ("2026-02-30", "date"),
        (date(1850, 1, 1), "date"),
        (1, "date"),
        (DAY, "money"),
    ],
)
def test_what_does_not_fit_its_column_is_seen_as_text(value: Value, kind: Kind) -> None:
    """Excel would round it, refuse it or show another day."""
    read = cell(value, kind)
    assert (read.data_type, read.value) == ("s", str(value))


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_an_empty_cell(value: Value) -> None:
    """Not the word None, not nought."""
    assert cell(value, "money").value is None


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("a\x00b\x1b", "a[U+0000]b[U+001B]"),
        ("half \ud83d", "half [U+D83D]"),
        ("\uffff \u202e", "[U+FFFF] [U+202E]"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("<&>\"' ]]>", "<&>\"' ]]>"),
        ("  น้ำ  ", "  น้ำ  "),
        ("_x0041_", "_x0041_"),
        ("ก" * 40000, "ก" * 32766 + "…"),
    ],
)
def test_any_text_can_be_held(text: str, held: str) -> None:
    """What XML or Excel has no place for stands as its number, or ends in an ellipsis."""
    assert unescape(cell(text, "text").value) == held


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    """As a title, a heading and a cell."""
    sheet = Sheet(text, (SheetColumn(text),), ((text,),), (text,))
    book = load_workbook(BytesIO(render_xlsx([sheet, sheet], thai_digits=True)))
    assert len(book.sheetnames) == 2
    assert all(len(name) <= 31 for name in book.sheetnames)


@settings(max_examples=40, deadline=None)
@given(st.decimals("-999999999999", "999999999999", places=2))
def test_amounts_come_back_to_the_satang(amount: Decimal) -> None:
    """A trillion baht and a satang are 15 digits, which Excel holds."""
    assert round(Decimal(str(cell(amount, "money").value)), 2) == amount
