"""Tables: rows of cells that need not have the same columns, laid on one common grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Literal

from controller.documents.docx.elements import Element, w
from controller.documents.docx.paragraphs import gap

Side = Literal["top", "left", "bottom", "right"]
SIDES: tuple[Side, ...] = ("top", "left", "bottom", "right")


@dataclass(frozen=True)
class Stroke:
    """A line: its kind, eighths of a point, colour."""

    kind: Literal["single", "dotted", "dashed", "double"] = "single"
    size: int = 4
    color: str = "auto"


Strokes = Mapping[Side, Stroke]
HAIR = Stroke()
# Room over and under the words in the cells of a ruled table, in twips.
_ABOVE, _BELOW = 20, 40
BOXED: Strokes = dict.fromkeys(SIDES, HAIR)


@dataclass(frozen=True)
class Cell:
    """A cell `width` twips wide. `merged` joins it with the cells above or below.

    `padding` is left and right of what it holds, None for the table's own.
    """

    width: int
    content: Sequence[Element] = ()
    strokes: Strokes = field(default_factory=dict)
    fill: str = ""
    upright: Literal["top", "center", "bottom"] = "top"
    merged: Literal["", "restart", "continue"] = ""
    padding: tuple[int, int] | None = None


@dataclass(frozen=True)
class Row:
    """Cells side by side. `heading` repeats on every page; `height` in twips is the least one.

    `parts` lets it go on over a page break.
    """

    cells: Sequence[Cell]
    heading: bool = False
    height: int = 0
    parts: bool = False


def table(
    rows: Sequence[Row],
    *,
    ruled: bool = False,
    padding: int = 0,
    standing: Literal["left", "center", "right"] = "left",
) -> Element:
    """A table of fixed widths, `ruled` around every cell or not at all."""
    edges = sorted({0, *(edge for row in rows for edge in _edges(row))})
    columns = [right - left for left, right in pairwise(edges)]
    made = w(
        "tbl",
        w(
            "tblPr",
            *((w("tblStyle", val="TableGrid"),) if ruled else ()),
            w("tblW", w=edges[-1], type="dxa"),
            w("jc", val=standing),
            w("tblInd", w=0, type="dxa"),
            w("tblLayout", type="fixed"),
            _margins("tblCellMar", padding, padding, above=_ABOVE, below=_BELOW)
            if ruled
            else _margins("tblCellMar", padding, padding),
        ),
        w("tblGrid", *(w("gridCol", w=column) for column in columns)),
    )
    place = {edge: number for number, edge in enumerate(edges)}
    for row in rows:
        made.append(_row(row, place))
    return made


def flowed(content: Iterable[Element]) -> list[Element]:
    """Blocks in a row, with a hair of a paragraph where tables touch and where the row ends in one.

    Word makes one table of two that touch, and wants every cell and page to end in a paragraph.
    """
    made: list[Element] = []
    for element in content:
        if made and _is_table(made[-1]) and _is_table(element):
            made.append(gap())
        made.append(element)
    if not made or _is_table(made[-1]):
        made.append(gap())
    return made


def _is_table(element: Element) -> bool:
    return str(element.tag).endswith("}tbl")


def _edges(row: Row) -> Iterable[int]:
    return accumulate(cell.width for cell in row.cells)


def _row(row: Row, place: Mapping[int, int]) -> Element:
    properties = w("trPr")
    if not row.parts:
        properties.append(w("cantSplit"))
    if row.height:
        properties.append(w("trHeight", val=row.height, hRule="atLeast"))
    if row.heading:
        properties.append(w("tblHeader"))
    made = w("tr", *((properties,) if len(properties) else ()))
    left = 0
    for cell in row.cells:
        right = left + cell.width
        made.append(_cell(cell, place[right] - place[left]))
        left = right
    return made


def _cell(cell: Cell, span: int) -> Element:
    properties = w("tcPr", w("tcW", w=cell.width, type="dxa"))
    if span > 1:
        properties.append(w("gridSpan", val=span))
    if cell.merged:
        properties.append(w("vMerge", val=cell.merged))
    if cell.strokes:
        drawn = (_stroke(side, cell.strokes[side]) for side in SIDES if side in cell.strokes)
        properties.append(w("tcBorders", *drawn))
    if cell.fill:
        properties.append(w("shd", val="clear", color="auto", fill=cell.fill))
    if cell.padding is not None:
        properties.append(_margins("tcMar", *cell.padding))
    if cell.upright != "top":
        properties.append(w("vAlign", val=cell.upright))
    return w("tc", properties, *flowed(cell.content))


def _stroke(side: Side, stroke: Stroke) -> Element:
    return w(side, val=stroke.kind, sz=stroke.size, space=0, color=stroke.color)


def _margins(tag: str, left: int, right: int, *, above: int = 0, below: int = 0) -> Element:
    sides = {"top": above, "left": left, "bottom": below, "right": right}
    return w(tag, *(w(side, w=room, type="dxa") for side, room in sides.items()))
