"""A ruled table whose heading repeats; its totals are the last row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from controller.documents.blocks import Align, Table
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.elements import Element
from controller.documents.docx.grid import Cell, Row, table
from controller.documents.docx.paragraphs import Setting, gap, line
from controller.documents.docx.runs import SMALL, TEXT, Type, reach

HEADING_FILL = "EBEBEB"
MARKED_FILL = "E1E1E1"
_PADDING = 90
_SETTINGS: dict[Align, Setting] = {
    "left": Setting(),
    "center": Setting("center"),
    "right": Setting("right"),
}
_FIGURES = re.compile(r"[0-9๐-๙][0-9๐-๙,.% -]*")
# A title wider than this, in points at 16, may stand on two lines.
_SHORT_TITLE = 80
# A row with a cell longer than this goes on over a page break, for it may not fit on one.
_LONG_CELL = 1500


def ruled(block: Table, canvas: Canvas) -> Iterator[Element]:
    """The table, and a little room around it."""
    size = (SMALL if block.small else TEXT).size
    plain, bold = Type(size), Type(size, bold=True)
    widths = column_widths(block, canvas.width, bold)
    rows = [_heading(block, widths, bold)]
    marked: dict[int, set[int]] = {}
    for number, column in block.marked:
        marked.setdefault(number, set()).add(column)
    rows.extend(
        _row(block, cells, widths, plain, marked.get(number, ()))
        for number, cells in enumerate(block.rows)
    )
    if block.totals:
        rows.append(_totals(block, widths, bold))
    yield gap(4)
    yield table(rows, ruled=True, padding=_PADDING)
    yield gap(4)


def column_widths(block: Table, room: int, look: Type) -> list[int]:
    """Each column's share of `room`, in twips; where there is room none narrower than figures."""
    shares = [column.width for column in block.columns]
    edges = [round(room * sum(shares[:n]) / sum(shares)) for n in range(len(shares) + 1)]
    wished = [right - left for left, right in pairwise(edges)]
    needed = [_needed(block, index, look) for index in range(len(shares))]
    short = sum(max(need - wish, 0) for wish, need in zip(wished, needed, strict=True))
    spare = sum(max(wish - need, 0) for wish, need in zip(wished, needed, strict=True))
    if short == 0 or short > spare:
        return wished
    widths = [
        need if wish < need else wish - (wish - need) * short // spare
        for wish, need in zip(wished, needed, strict=True)
    ]
    widths[-1] += room - sum(widths)
    return widths


def _needed(block: Table, index: int, look: Type) -> int:
    title = block.columns[index].title
    cells = [row[index] for row in (*block.rows, block.totals) if index < len(row)]
    whole = [cell for cell in cells if _FIGURES.fullmatch(cell)]
    if reach(title) <= _SHORT_TITLE:
        whole.append(title)
    return round(max((reach(text, look) for text in whole), default=0) * 20) + 2 * _PADDING


def _heading(block: Table, widths: Sequence[int], look: Type) -> Row:
    cells = [
        Cell(width, [line(column.title, _SETTINGS["center"], look)], {}, HEADING_FILL, "center")
        for column, width in zip(block.columns, widths, strict=True)
    ]
    return Row(cells, heading=True)


def _row(
    block: Table,
    texts: Sequence[str],
    widths: Sequence[int],
    look: Type,
    marked: Collection[int] = (),
) -> Row:
    """A row; cells that are missing at its end are empty, more than columns are a fault."""
    given = (*texts, *("" for _ in range(len(widths) - len(texts))))
    cells = [
        Cell(
            width,
            [line(text, _SETTINGS[column.align], look)],
            fill=MARKED_FILL if number in marked else "",
        )
        for number, (column, width, text) in enumerate(
            zip(block.columns, widths, given, strict=True)
        )
    ]
    return Row(cells, parts=any(len(text) > _LONG_CELL for text in texts))


def _totals(block: Table, widths: Sequence[int], look: Type) -> Row:
    """The last row; its words before the first figure become one cell right before that."""
    row = _row(block, block.totals, widths, look)
    filled = [index for index, text in enumerate(block.totals) if text]
    if not filled or _FIGURES.fullmatch(block.totals[filled[0]]):
        return row
    end = filled[1] if len(filled) > 1 else filled[0] + 1
    words = line(block.totals[filled[0]], _SETTINGS["right"], look)
    return Row([Cell(sum(widths[:end]), [words]), *row.cells[end:]])
