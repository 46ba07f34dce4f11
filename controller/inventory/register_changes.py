"""What a register somebody handed over would change in the one the office keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from controller.errors import Text
from controller.inventory.asset import Asset
from controller.inventory.register_cells import Fault, becomes_formula
from controller.inventory.register_import import ReadFile, ReadRow

RowKind = Literal["added", "changed", "same", "missing", "removed"]
ROW_KINDS: dict[RowKind, Text] = {
    "added": Text(th="เพิ่ม", en="added"),
    "changed": Text(th="แก้ไข", en="changed"),
    "removed": Text(th="ลบ", en="removed"),
    "missing": Text(th="ไม่อยู่ในแฟ้ม (คงไว้)", en="not in the file (stays)"),
    "same": Text(th="เหมือนเดิม", en="same"),
}
_TEXTS = ("number", "brand", "model", "serial", "room", "note")


@dataclass(frozen=True)
class Change:
    """A column of a row that would change; a price in satang, a day as a day."""

    column: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RowChange:
    """What would become of one row. `row` is its number in the sheet handed over, 0 for none.

    `missing` rows stand in the register and not in the file, and stay; `removed` ones go.
    """

    kind: RowKind
    number: str
    row: int
    before: Asset | None
    after: Asset | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What else must stay true: numbers and serials of other sites, numbers devices name.

    Each maps a word to where it stands.
    """

    numbers: Mapping[str, str]
    serials: Mapping[str, str]
    named: Mapping[str, str]


def compare(
    read: ReadFile,
    site: str,
    present: Sequence[Asset],
    around: Surroundings,
    *,
    whole: bool,
) -> tuple[tuple[RowChange, ...], tuple[Fault, ...]]:
    """Row by row what would change, in the order of the sheet and then of the register; the faults.

    `whole`: the file is the whole register of the site, so rows that are not in it go.
    """
    known = {asset.number: asset for asset in present}
    rows = [_changed(row, site, known.get(row.values["number"])) for row in read.rows]
    listed = {row.number for row in rows}
    left: RowKind = "removed" if whole else "missing"
    rows += [
        RowChange(left, asset.number, 0, asset, None if whole else asset)
        for asset in present
        if asset.number not in listed
    ]
    faults = [*_repeated(read, rows, around), *_formulas(read, rows)]
    faults += _still_named(read, rows, around.named)
    return tuple(rows), tuple(faults)


def _changed(row: ReadRow, site: str, before: Asset | None) -> RowChange:
    if before is None:
        after = Asset(site=site, **{"room": "", "note": "", **row.values})
        return RowChange("added", after.number, row.row, None, after)
    after = replace(before, **row.values)
    changes = tuple(
        Change(name, getattr(before, name), getattr(after, name))
        for name in row.values
        if getattr(before, name) != getattr(after, name)
    )
    kind: RowKind = "changed" if changes else "same"
    return RowChange(kind, after.number, row.row, before, after, changes)


def _repeated(read: ReadFile, rows: Sequence[RowChange], around: Surroundings) -> Iterator[Fault]:
    """Numbers and serials that would stand twice."""
    numbers, serials = dict(around.numbers), dict(around.serials)
    for change in rows:
        if change.kind == "missing" and change.after and change.after.serial:
            serials.setdefault(change.after.serial, change.number)
    for change in rows:
        if change.row == 0 or change.after is None:
            continue
        here = f"{read.sheet}!{change.row}"
        for column, word, seen in (
            ("number", change.number, numbers),
            ("serial", change.after.serial, serials),
        ):
            if word and seen.setdefault(word, here) != here:
                yield _fault(read, change, column, _again(seen[word]), word)


def _formulas(read: ReadFile, rows: Sequence[RowChange]) -> Iterator[Fault]:
    """New text that Excel would take for a formula when it opens the register's own file."""
    for change in rows:
        if change.kind not in {"added", "changed"} or change.after is None:
            continue
        new = {c.column for c in change.changes} if change.kind == "changed" else set(_TEXTS)
        for column in _TEXTS:
            text = str(getattr(change.after, column))
            if column in new and becomes_formula(text):
                yield _fault(read, change, column, _FORMULA, text)


def _still_named(
    read: ReadFile, rows: Collection[RowChange], named: Mapping[str, str]
) -> Iterator[Fault]:
    for change in rows:
        if change.kind == "removed" and change.number in named:
            device = named[change.number]
            message = Text(
                th=f"ลบ {change.number} ไม่ได้ เพราะอุปกรณ์ {device} อ้างถึง",
                en=f"{change.number} cannot go: the device {device} names it",
            )
            yield Fault(read.sheet, read.heading_row, 0, message, change.number)


def _fault(read: ReadFile, change: RowChange, column: str, message: Text, found: str) -> Fault:
    return Fault(read.sheet, change.row, read.columns.get(column, 0), message, found)


def _again(where: str) -> Text:
    return Text(th=f"ซ้ำกับ {where}", en=f"stands already at {where}")


_FORMULA = Text(
    th="ขึ้นต้นด้วย = + - หรือ @ ซึ่ง Excel จะอ่านเป็นสูตร",
    en="begins with = + - or @, which Excel would read as a formula",
)
