"""Finds the tables of an offer in the sheets of a file: marks, headings, labels, merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from controller.errors import Text
from controller.inventory.grid import Cell, Grid, Row, place
from controller.inventory.register import plain
from controller.inventory.register_cells import Fault, shown
from controller.language import nearest
from controller.procurement.offer_layout import HEADINGS, ITEM_MARK, OFFER_MARK, SPELLED

_MARK_WITHIN = 10
_HEADING_WITHIN = 20


@dataclass(frozen=True)
class Mark:
    """What the hidden row of a sheet says: which sheet it is, of which item and specification."""

    kind: str
    item: str
    specification: str


@dataclass(frozen=True)
class Table:
    """A table with known headings. `columns` maps their names to places from 1."""

    grid: Grid
    heading: int
    columns: Mapping[str, int]

    def cell(self, row: Row, name: str) -> Cell:
        """The cell of a row in a column; empty where there is none."""
        at = self.columns.get(name, 0)
        return row.cells[at - 1] if 0 < at <= len(row.cells) else None

    def rows(self) -> Iterator[Row]:
        """The rows below the headings in which a column that is read holds anything."""
        for row in self.grid.rows:
            if row.number > self.heading and any(
                shown(self.cell(row, name)).strip() for name in self.columns if name != "clause"
            ):
                yield row

    def fault(
        self, row: int, name: str, message: Text, found: str = "", suggestion: str = ""
    ) -> Fault:
        """A fault at a cell, or at the whole row for a column there is not."""
        at = self.columns.get(name, 0)
        return Fault(self.grid.name, row, at, message, found, suggestion)


def mark_of(grid: Grid) -> Mark | None:
    """The mark of a sheet, None where there is none."""
    for row in grid.rows:
        if row.number > _MARK_WITHIN:
            break
        told = [shown(cell).strip() for cell in row.cells]
        if told[:1] == [OFFER_MARK]:
            return Mark(OFFER_MARK, "", told[1] if len(told) > 1 else "")
        if told[:1] == [ITEM_MARK]:
            told += ["", ""]
            return Mark(ITEM_MARK, told[1], told[2])
    return None


def has_heading(grid: Grid, name: str) -> bool:
    """Whether a heading of this column is among the first rows."""
    return any(
        SPELLED.get(plain(shown(cell))) == name
        for row in grid.rows
        if row.number <= _HEADING_WITHIN
        for cell in row.cells
    )


def table_in(grid: Grid, needed: Sequence[str], faults: list[Fault]) -> Table | None:
    """The table of the sheet, None with its faults where a heading is missing or stands twice."""
    scored = [
        (sum(plain(shown(cell)) in SPELLED for cell in row.cells), -row.number, row)
        for row in grid.rows
        if row.number <= _HEADING_WITHIN
    ]
    best = max(scored, default=(0, 0, Row(1, ())))
    heading = best[2]
    if best[0] < 2:
        faults.append(Fault(grid.name, 1, 0, _no_headings(needed)))
        return None
    before = len(faults)
    columns: dict[str, int] = {}
    for at, cell in enumerate(heading.cells, start=1):
        told = " ".join(shown(cell).split())
        name = SPELLED.get(plain(told))
        if name in columns:
            faults.append(Fault(grid.name, heading.number, at, _twice(name), told))
        elif name:
            columns[name] = at
    faults += [_missing(grid, heading, name) for name in needed if name not in columns]
    if len(faults) > before:
        return None
    table = Table(grid, heading.number, columns)
    faults += _merged(table)
    return table


def labelled(grid: Grid, label: Text) -> tuple[int, int, Cell] | None:
    """Row, column and content of the first cell with anything to the right of a label.

    Without any it is the cell beside the label; None without the label.
    """
    words = {plain(word) for word in label.both}
    for row in grid.rows:
        for at, cell in enumerate(row.cells, start=1):
            if row.number <= _HEADING_WITHIN and plain(shown(cell)) in words:
                for right, value in enumerate(row.cells[at:], start=at + 1):
                    if shown(value).strip():
                        return row.number, right, value
                return row.number, at + 1, None
    return None


def _missing(grid: Grid, heading: Row, name: str) -> Fault:
    """A heading that is not there; at the one that looks like it, where one does."""
    title = HEADINGS[name]
    for at, cell in enumerate(heading.cells, start=1):
        told = " ".join(shown(cell).split())
        known = SPELLED.get(plain(told))
        spelled = {word: column for word, column in SPELLED.items() if column == name}
        if told and known is None and nearest(plain(told), spelled):
            return Fault(grid.name, heading.number, at, _RENAMED, told, title.th)
    return Fault(grid.name, heading.number, 0, _absent(title))


def _merged(table: Table) -> Iterator[Fault]:
    """Merged cells in what is read: only the first of them holds anything."""
    read = {at for name, at in table.columns.items() if name != "clause"}
    for top, left, bottom, right in table.grid.merged:
        if bottom > table.heading and any(left <= at <= right for at in read):
            over = f"{place('', top, left)}:{place('', bottom, right)}".replace("!", "")
            yield Fault(table.grid.name, top, left, _MERGED, over)


def _no_headings(needed: Sequence[str]) -> Text:
    titles = [HEADINGS[name] for name in needed]
    return Text(
        th="ไม่พบแถวหัวตาราง (" + ", ".join(t.th for t in titles) + ")",
        en="no row of headings (" + ", ".join(t.en for t in titles) + ")",
    )


def _twice(name: str) -> Text:
    title = HEADINGS[name]
    return Text(th=f"คอลัมน์ “{title.th}” ซ้ำ", en=f"the column “{title.en}” stands twice")


def _absent(title: Text) -> Text:
    return Text(th=f"ขาดคอลัมน์ “{title.th}”", en=f"the column “{title.en}” is missing")


_RENAMED = Text(th="หัวตารางถูกเปลี่ยน", en="the heading was changed")
_MERGED = Text(
    th="มีเซลล์ผสาน จึงไม่ทราบว่าเป็นคำตอบของข้อใด ให้ยกเลิกการผสานแล้วกรอกทุกข้อ",
    en="merged cells: which clauses do they answer? unmerge them and fill in each",
)
