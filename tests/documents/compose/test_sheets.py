"""The tables of a form as sheets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from controller.documents.compose.sheets import form_sheets
from controller.documents.xlsx import render_xlsx
from controller.processes.forms.catalogue import form, read_definition, slugs
from controller.processes.forms.filling import fill
from controller.processes.forms.template import example_values
from tests.documents.compose.test_forms import filled_form

DEFINITION = read_definition(
    """
slug: table
edition: 1
th: แบบตาราง
en: Table
purpose: {th: ทดสอบ, en: Test}
sections:
  - fields:
      - {name: note, th: หมายเหตุ, en: Note, type: text}
      - {name: rows, th: รายการ, en: Rows, type: table, columns: [
          {name: item, th: ของ, en: Item, width: 4},
          {name: state, th: สภาพ, en: State, type: choice, options: [
            {value: good, th: ใช้งานได้, en: Good}]},
          {name: year, th: ปี, en: Year, type: integer, min: 2560, max: 2660},
          {name: bought, th: ซื้อเมื่อ, en: Bought, type: date},
          {name: number, th: จำนวน, en: Number, type: integer, total: true},
          {name: price, th: ราคา, en: Price, type: money, total: true}]}
""",
    "table.yaml",
)


def test_values_stay_numbers_and_days_and_sums_are_added() -> None:
    raw = {
        "rows": [
            {"item": "สวิตช์ 24 ช่อง", "state": "good", "year": 2570, "bought": "2026-11-22",
             "number": 2, "price": "1250.50"},
            {"item": "=1+1", "number": 3},
        ]
    }  # fmt: skip
    (sheet,) = form_sheets(DEFINITION, filled_form(DEFINITION, fill(DEFINITION, raw)))
    assert sheet.title == "รายการ"
    assert [c.kind for c in sheet.columns] == [
        "integer", "text", "text", "text", "date", "integer", "money",
    ]  # fmt: skip
    assert sheet.rows == (
        (1, "สวิตช์ 24 ช่อง", "ใช้งานได้", "2570", date(2026, 11, 22), 2, Decimal("1250.50")),
        (2, "=1+1", None, None, None, 3, None),
    )
    assert sheet.totals == (None, None, None, None, "รวม", 5, Decimal("1250.50"))


def test_an_empty_form_has_headings_only() -> None:
    (sheet,) = form_sheets(DEFINITION, None)
    assert (sheet.rows, sheet.totals) == ((), ())


@pytest.mark.parametrize("slug", slugs())
def test_every_form_with_a_table_makes_an_excel_file(slug: str) -> None:
    definition = form(slug)
    sheets = form_sheets(definition, filled_form(definition, example_values(definition)))
    tables = [field for field in definition.fields if field.type == "table"]
    assert [sheet.title for sheet in sheets] == [field.th for field in tables]
    for sheet in sheets:
        assert {len(row) for row in (*sheet.rows, *([sheet.totals] if sheet.totals else []))} <= {
            len(sheet.columns)
        }
    if sheets:
        assert render_xlsx(sheets, thai_digits=True)[:2] == b"PK"
