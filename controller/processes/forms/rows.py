"""Reads the rows of a table, works out its products, and adds its columns up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from controller import thai
from controller.language import nearest
from controller.processes.forms.definition import Column, FormDefinition, FormField
from controller.processes.forms.entries import Complaint, Known, is_empty, read_entry, shown_raw
from controller.processes.forms.scalars import Wrong, number, rounded

Row = dict[str, object]


def read_rows(asked: FormField, raw: object, known: Known) -> tuple[list[Row], list[Complaint]]:
    """The rows of a table, empty ones left out, and everything wrong in them.

    A table of empty rows is one not filled in, whatever rows it needs at least.
    """
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        wrong = Wrong(
            "เป็นตาราง ให้เขียนแต่ละแถวขึ้นต้นด้วย “-”",
            "is a table; begin each row with “-”",
        )
        return [], [Complaint(wrong, shown_raw(raw))]
    rows: list[Row] = []
    complaints: list[Complaint] = []
    for at, item in enumerate(raw):
        row, wrongs = _read_row(asked, item, known, at)
        complaints += wrongs
        if row or wrongs:
            rows.append(row)
    if 0 < len(rows) < asked.rows:
        wrong = Wrong(
            f"มี {len(rows)} แถว ต้องมีอย่างน้อย {asked.rows} แถว",
            f"has {len(rows)} rows; at least {asked.rows} are needed",
        )
        complaints.append(Complaint(wrong))
    return rows, complaints


def totals(asked: FormField, rows: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """Column name -> its sum over `rows`, for the columns that print one; as values hold numbers.

    A row without a value in the column adds nothing.
    """
    return {column.name: column_sum(column, rows) for column in asked.columns if column.total}


def column_sum(column: Column, rows: Sequence[Mapping[str, object]]) -> str:
    """The sum of one column over the rows, whether it prints or not."""
    given = (number(row[column.name]) for row in rows if column.name in row)
    return rounded(sum(given, Decimal(0)), column)


def total_keys(definition: FormDefinition) -> dict[str, tuple[FormField, Column]]:
    """The keys under which a total may be typed, only to be checked: `items_amount_total`."""
    return {
        f"{asked.name}_{column.name}_total": (asked, column)
        for asked in definition.fields
        for column in asked.columns
        if column.total
    }


def check_total(
    column: Column, raw: object, rows: Sequence[Mapping[str, object]]
) -> Complaint | None:
    """What is wrong with a typed total, if anything."""
    typed = read_entry(column, raw, Known())
    if not isinstance(typed, Wrong):
        right = column_sum(column, rows)
        if number(typed) == number(right):
            return None
        typed = Wrong(
            f"รวมได้ {_figures(column, right)} ไม่ตรงกับที่กรอก ให้แก้รายการ หรือไม่ต้องกรอก ระบบรวมให้",
            f"adds up to {_figures(column, right)}, not to what is written; mend the rows,"
            " or leave the total out, it is worked out",
            suggestion=_figures(column, right),
        )
    return Complaint(typed, shown_raw(raw), (), 0, (f"รวม {column.th}", f"total of {column.en}"))


def _read_row(asked: FormField, raw: object, known: Known, at: int) -> tuple[Row, list[Complaint]]:
    cells = _cells(asked, raw)
    if isinstance(cells, Wrong):
        return {}, [Complaint(cells, shown_raw(raw), (at,), at + 1)]
    keys, complaints = _named(asked, cells, at)
    if all(is_empty(value) for value in cells.values()):
        return {}, complaints
    row: Row = {}
    failed: set[str] = set()
    for column in sorted(asked.columns, key=lambda c: c.product is not None):
        key = keys.get(column.name, column.name)
        raw_cell = cells.get(key)
        if {*(column.product or ())} & failed:
            failed.add(column.name)
            continue
        wrong = _read_cell(asked, column, raw_cell, row, known)
        if wrong is not None:
            failed.add(column.name)
            found = "" if raw_cell is None else shown_raw(raw_cell)
            complaints.append(Complaint(wrong, found, (at, key), at + 1, (column.th, column.en)))
    return {c.name: row[c.name] for c in asked.columns if c.name in row}, complaints


def _cells(asked: FormField, raw: object) -> dict[str, object] | Wrong:
    if is_empty(raw):
        return {}
    if isinstance(raw, Mapping):
        return {str(key): value for key, value in raw.items()}
    typable = [column for column in asked.columns if column.product is None]
    if len(typable) == 1 and not isinstance(raw, list):
        return {typable[0].name: raw}
    names = ", ".join(f"{column.name}: …" for column in typable[:3])
    return Wrong(
        f"แต่ละแถวต้องบอกว่าค่าใดอยู่ช่องใด เช่น {names}",
        f"each row says which value belongs to which column, for example {names}",
    )


def _named(
    asked: FormField, cells: Mapping[str, object], at: int
) -> tuple[dict[str, str], list[Complaint]]:
    """Column name -> the key it was typed under, and the keys that name no column."""
    names = {label: column.name for column in asked.columns for label in (column.th, column.name)}
    keys: dict[str, str] = {}
    complaints = []
    for key in cells:
        name = names.get(key.strip())
        if name is not None and name not in keys:
            keys[name] = key
            continue
        if name is not None:
            wrong = Wrong("กรอกช่องนี้สองครั้ง", "holds this column twice")
        elif key.isdecimal() and cells[key] is None:
            # `{price: 1,250}` is a price of 1 and a column 250.
            wrong = Wrong(
                'ตัวเลขที่มีจุลภาคในวงเล็บ { } ต้องใส่เครื่องหมายคำพูด เช่น "1,250"',
                'a number with a comma between { } has to be in quotes, such as "1,250"',
            )
        else:
            wrong = Wrong(
                "ไม่มีช่องนี้ในตาราง",
                "has no such column",
                allowed=tuple(column.name for column in asked.columns),
                suggestion=names.get(nearest(key, names), ""),
            )
        complaints.append(Complaint(wrong, shown_raw(key), (at, key), at + 1, about_key=True))
    return keys, complaints


def _read_cell(
    asked: FormField, column: Column, raw: object, row: Row, known: Known
) -> Wrong | None:
    """Put the value of one cell into `row`, or say what is wrong with it."""
    if column.product is not None:
        return _read_product(asked, column, column.product, raw, row)
    if is_empty(raw):
        if not column.required:
            return None
        example = f" เช่น {column.example}" if column.example else ""
        return Wrong(f"ยังไม่ได้กรอก{example}", "is not filled in")
    value = read_entry(column, raw, known)
    if isinstance(value, Wrong):
        return value
    row[column.name] = value
    return None


def _read_product(
    asked: FormField, column: Column, factors: tuple[str, str], raw: object, row: Row
) -> Wrong | None:
    """Work the cell out. What was typed there is only compared."""
    titles = {one.name: one for one in asked.columns}
    left, right = (titles[name] for name in factors)
    if left.name in row and right.name in row:
        row[column.name] = rounded(number(row[left.name]) * number(row[right.name]), column)
    if is_empty(raw):
        return None
    typed = read_entry(column, raw, Known())
    if isinstance(typed, Wrong):
        return typed
    if column.name not in row:
        return Wrong(
            f"คำนวณจาก “{left.th}” × “{right.th}” ให้กรอกสองช่องนั้นแทน",
            f"is “{left.en}” × “{right.en}”; fill those in instead",
        )
    worked_out = _figures(column, row[column.name])
    if number(typed) == number(row[column.name]):
        return None
    sum_done = (
        f"{_figures(left, row[left.name])} × {_figures(right, row[right.name])} = {worked_out}"
    )
    return Wrong(
        f"ไม่ตรงกับที่คำนวณได้ {sum_done} ให้แก้ หรือเว้นว่างไว้ ระบบคำนวณให้",
        f"is not what comes out: {sum_done}; mend it, or leave it empty, it is worked out",
        suggestion=worked_out,
    )


def _figures(column: Column, value: object) -> str:
    """A number of a column with commas, amounts with satang: `1,250.50`."""
    return thai.money(str(value)) if column.type == "money" else f"{number(value):,f}"
