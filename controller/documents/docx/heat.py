"""Rows of narrow shaded cells, each with what its shade means written in it."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import HeatMap
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.elements import Element
from controller.documents.docx.grid import Cell, Row, table
from controller.documents.docx.paragraphs import Setting, gap, line
from controller.documents.docx.runs import Type
from controller.documents.docx.tables import HEADING_FILL

_LOOK, _HEAD = Type(12), Type(12, bold=True)
_MIDDLE = Setting("center")
_FILLS = ("", "E4E4E4", "BEBEBE", "8C8C8C")
# A cell is never wider than this, in twips, and the labels have a third of the room at least.
_WIDEST = 440
_PADDING = 80
_TIGHT = (10, 10)


def heat_map(block: HeatMap, canvas: Canvas) -> Iterator[Element]:
    """The table; its heading repeats on every page."""
    count = max(len(block.columns), 1)
    narrow = min(_WIDEST, canvas.width * 2 // 3 // count)
    labels = canvas.width - narrow * len(block.columns)
    head = [
        Cell(labels, [line(block.corner, look=_HEAD)], {}, HEADING_FILL, "center"),
        *(
            Cell(narrow, [line(title, _MIDDLE, _HEAD)], {}, HEADING_FILL, "center", padding=_TIGHT)
            for title in block.columns
        ),
    ]
    rows = [Row(head, heading=True)]
    for label, shades in block.rows:
        cells = [Cell(labels, [line(label, look=_LOOK)], upright="center")]
        cells += [
            Cell(
                narrow,
                [line(shade.text, _MIDDLE, _LOOK)],
                {},
                _FILLS[shade.level],
                "center",
                padding=_TIGHT,
            )
            for shade in shades
        ]
        rows.append(Row(cells))
    yield gap(4)
    yield table(rows, ruled=True, padding=_PADDING)
    yield gap(4)
