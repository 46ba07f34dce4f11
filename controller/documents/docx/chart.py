"""Lying bars as cells of a table, so that an officer can mend what is written."""

from __future__ import annotations

import math
from collections.abc import Iterator

from controller.documents.blocks import Bar, Chart
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.elements import Element
from controller.documents.docx.grid import Cell, Row, Stroke, Strokes, table
from controller.documents.docx.paragraphs import Setting, line
from controller.documents.docx.runs import BOLD, Type

_LOOK = Type(14)
_FILL = "969696"
# White above and below keeps bars apart.
_WHITE = Stroke(size=24, color="FFFFFF")
_AXIS = Stroke(color="3C3C3C")


def chart(block: Chart, canvas: Canvas) -> Iterator[Element]:
    """The title and a row for each bar: its label, its length, what is written at its end."""
    if block.title:
        yield line(block.title, Setting(before=8, after=4, keep=True), BOLD)
    labels = canvas.width * 2 // 5
    ends = canvas.width // 6
    room = canvas.width - labels - ends
    rows = [_row(bar, block.full, labels, room, ends) for bar in block.bars]
    if rows:
        yield table(rows, padding=80)


def _row(bar: Bar, full: float, labels: int, room: int, ends: int) -> Row:
    length = round(room * _share(bar.value, full))
    cells = [Cell(labels, [line(bar.label, Setting("right", keep=True), _LOOK)], upright="center")]
    if length:
        strokes: Strokes = {"top": _WHITE, "bottom": _WHITE, "left": _AXIS}
        cells.append(Cell(length, [line("", look=_LOOK)], strokes, _FILL, padding=(0, 0)))
    written = [line(bar.shown, look=_LOOK)]
    axis: Strokes = {} if length else {"left": _AXIS}
    cells.append(Cell(room - length + ends, written, axis, upright="center"))
    return Row(cells)


def _share(value: float, full: float) -> float:
    """The bar's length from 0 to 1; 0 too for what is no number, or of nothing."""
    if not math.isfinite(value) or not math.isfinite(full) or full <= 0:
        return 0.0
    return min(max(value / full, 0.0), 1.0)
