"""The tables of a form as sheets: values stay numbers and days, to be counted on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from controller.documents.compose.look import Look
from controller.documents.compose.tables import is_year, rows_of, written
from controller.documents.sheet import Kind, Sheet, SheetColumn, Value
from controller.processes.forms.definition import Column, FilledForm, FormDefinition, FormField
from controller.processes.forms.rows import totals

# Letters to a part of the page's width.
_LETTERS = 6.0
_KINDS: dict[str, Kind] = {
    "integer": "integer",
    "decimal": "decimal",
    "money": "money",
    "date": "date",
}
# Words of a sheet stand with 0-9; its numbers get their digits from their format.
_WORDS = Look(thai_digits=False)


def form_sheets(definition: FormDefinition, filled: FilledForm | None) -> tuple[Sheet, ...]:
    """A sheet for each table of the form, with its sums; none for a form without tables."""
    values = filled.values if filled else {}
    return tuple(
        _sheet(field, values.get(field.name))
        for field in definition.fields
        if field.type == "table"
    )


def _sheet(field: FormField, value: object) -> Sheet:
    rows = rows_of(value)
    sums = totals(field, rows) if rows else {}
    first = next((i for i, column in enumerate(field.columns) if column.name in sums), None)
    summed: list[Value] = [_value(column, sums.get(column.name)) for column in field.columns]
    labelled: tuple[Value, ...] = ()
    if first is not None:
        labelled = (None, *summed)
        labelled = (*labelled[:first], "รวม", *labelled[first + 1 :])
    return Sheet(
        title=field.th,
        columns=(
            SheetColumn("ลำดับ", "integer", 7),
            *(SheetColumn(c.th, _kind(c), max(10.0, c.width * _LETTERS)) for c in field.columns),
        ),
        rows=tuple(
            (number, *(_value(column, row.get(column.name)) for column in field.columns))
            for number, row in enumerate(rows, start=1)
        ),
        totals=labelled,
    )


def _kind(column: Column) -> Kind:
    return "text" if is_year(column) else _KINDS.get(column.type, "text")


def _value(column: Column, value: object) -> Value:
    kind = _kind(column)
    if value is None:
        return None
    if kind == "integer":
        return int(str(value))
    if kind in {"decimal", "money"}:
        return Decimal(str(value))
    if kind == "date":
        return date.fromisoformat(str(value))
    return written(column, value, _WORDS)
