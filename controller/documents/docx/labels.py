"""Labels to cut out, as a table: three columns, eight rows on a page, a code on each."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import Label, Labels
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.elements import Element, centimetres
from controller.documents.docx.grid import SIDES, Cell, Row, Side, Stroke, Strokes, table
from controller.documents.docx.paragraphs import Setting, line, paragraph
from controller.documents.docx.runs import Type, run

_ACROSS = 3
_HEIGHT = centimetres(3.38)
_HEADING, _LINE = Type(12, bold=True), Type(10)
_CUT = Stroke("dashed", 4, "969696")
_SIDE = 80


def labels(block: Labels, canvas: Canvas) -> Iterator[Element]:
    """The labels, row by row; the last row is filled up with empty ones."""
    width = canvas.width // _ACROSS
    rows = []
    for start in range(0, len(block.labels), _ACROSS):
        across: list[Label | None] = list(block.labels[start : start + _ACROSS])
        across += [None] * (_ACROSS - len(across))
        cells = [cell for label in across for cell in _cells(label, width, canvas)]
        rows.append(Row(cells, height=_HEIGHT))
    if rows:
        yield table(rows)


def _cells(label: Label | None, width: int, canvas: Canvas) -> tuple[Cell, Cell]:
    code = centimetres(label.code.width) + 2 * _SIDE if label else width // 3
    if label is None:
        return Cell(code), Cell(width - code)
    shown = canvas.place(label.code.png, label.code.width, 0, label.code.alt, False)
    words = [line(label.heading, look=_HEADING), *(line(told, look=_LINE) for told in label.lines)]
    return (
        Cell(
            code, [paragraph([run(shown)], Setting("center"))], _edge("right"), upright="center",
            padding=(_SIDE, 0),
        ),
        Cell(width - code, words, _edge("left"), upright="center", padding=(_SIDE, _SIDE)),
    )  # fmt: skip


def _edge(without: Side) -> Strokes:
    return {side: _CUT for side in SIDES if side != without}
