"""The tables of a form: rows with their running number and totals, ratings to tick."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from controller.documents.blocks import Align, Block, Entries, Entry, Heading, Table, TableColumn
from controller.documents.compose.columns import numbered
from controller.documents.compose.look import Look
from controller.processes.forms.definition import Column, FormField
from controller.processes.forms.reading import in_words, shown
from controller.processes.forms.rows import totals

Values = Mapping[str, object]
# What a rating means, from the best down, and the numbers that stand for it.
LEVELS = ("มากที่สุด", "มาก", "ปานกลาง", "น้อย", "น้อยที่สุด")
SCALE = (5, 4, 3, 2, 1)
# A ticked box of a table.
TICKED = "✓"
_YEARS = (2400, 2700)
# A short remark in brackets at the end of a heading, such as (บาท).
_UNIT = re.compile(r" (\([^()]{1,8}\))$")
_ALIGN: dict[str, Align] = {
    "integer": "right",
    "decimal": "right",
    "money": "right",
    "date": "center",
    "choice": "center",
    "yes_no": "center",
}


def written(field: FormField | Column, value: object, look: Look) -> str:
    """`value` as it prints; an empty string for what was not filled in."""
    text = shown(field, value, thai_digits=look.thai_digits)
    return text.replace(",", "") if is_year(field) else text


def is_year(field: FormField | Column) -> bool:
    """Whether a number can only be a Buddhist-era year, which has no comma at the thousand."""
    if field.type != "integer" or field.min is None or field.max is None:
        return False
    return field.min >= _YEARS[0] and field.max <= _YEARS[1]


def _title(column: Column, look: Look) -> str:
    """The heading of a column, its unit on a line of its own."""
    return _UNIT.sub(r"\n\1", look.words(column.th))


def rows_of(value: object) -> tuple[Values, ...]:
    """The rows of a table field as filled in."""
    given = value if isinstance(value, list) else ()
    return tuple(row for row in given if isinstance(row, dict))


def table(field: FormField, value: object, look: Look) -> Iterator[Block]:
    """A table field: its label, the rows with running numbers, the totals, the total in words."""
    rows = rows_of(value)
    yield Heading(look.words(field.th), 3)
    yield Table(
        columns=numbered(
            *(
                TableColumn(_title(c, look), c.width, _ALIGN.get(c.type, "left"))
                for c in field.columns
            )
        ),
        rows=tuple(
            (look.count(number), *(written(c, row.get(c.name), look) for c in field.columns))
            for number, row in enumerate(rows or ({},) * field.blank_rows, start=1)
        ),
        totals=_totals(field, rows, look),
    )
    if field.in_words:
        yield Entries((Entry("รวมเป็นเงิน (ตัวอักษร)", in_words(field, value)),))


def rating_tables(fields: Sequence[FormField], values: Values, look: Look) -> Iterator[Table]:
    """Ratings, a table for each group, with a column to tick for each level."""
    levels = tuple(TableColumn(look.count(n), 1, "center") for n in SCALE)
    for title, run in groupby(fields, key=lambda f: f.group.th if f.group else "รายการ"):
        yield Table(
            columns=numbered(TableColumn(look.words(title), 10), *levels),
            rows=tuple(
                (look.count(number), look.words(field.th), *_ticked(values.get(field.name)))
                for number, field in enumerate(run, start=1)
            ),
        )


def scale(look: Look) -> str:
    """What the numbers of a rating mean."""
    read = (f"{look.count(n)} = {level}" for n, level in zip(SCALE, LEVELS, strict=True))
    return "ระดับความคิดเห็น: " + ", ".join(read)


def _ticked(value: object) -> tuple[str, ...]:
    return tuple(TICKED if value is not None and str(value) == str(n) else "" for n in SCALE)


def _totals(field: FormField, rows: Sequence[Values], look: Look) -> tuple[str, ...]:
    summed = [i for i, column in enumerate(field.columns) if column.total]
    if not summed:
        return ()
    sums = totals(field, rows) if rows else {}
    # The word stands right before the first sum; the column of running numbers comes before all.
    whole = ["", *(written(column, sums.get(column.name), look) for column in field.columns)]
    whole[summed[0]] = "รวม"
    return tuple(whole)
