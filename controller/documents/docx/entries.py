"""Labels and what was written there, with dots to the end of the line; boxes to tick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from controller.documents.blocks import Entries, Entry, Ticks
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.elements import Element
from controller.documents.docx.grid import Cell, Row, table
from controller.documents.docx.paragraphs import Setting, Stop, paragraph
from controller.documents.docx.runs import runs, tab, tick_box
from controller.documents.lengths import packed

_WHOLE = 12
_GUTTER = 200


def entries(block: Entries, canvas: Canvas) -> Iterator[Element]:
    """Entries that have their line for themselves as paragraphs, others as cells of a row."""
    for row in packed(block.entries):
        if len(row) == 1 and row[0].width >= _WHOLE:
            yield from _entry(row[0], canvas.width)
        else:
            yield table([Row(_cells(row, canvas.width))])


def ticks(block: Ticks) -> Iterator[Element]:
    """A label and boxes; a box does not part from the first word after it."""
    yield paragraph(_ticks(block), Setting(before=2, after=2, left=_GUTTER, first=-_GUTTER))


def _ticks(block: Ticks) -> Iterator[Element]:
    if block.label:
        yield from runs(f"{block.label}  ")
    for number, (words, ticked) in enumerate(block.options):
        yield from runs("    " if number else "")
        yield tick_box(ticked)
        yield from runs(f"\u00a0{words}")


def _cells(row: Sequence[Entry], width: int) -> list[Cell]:
    cells = []
    left = 0
    for entry in row:
        share = min(entry.width, _WHOLE) * width // _WHOLE
        inner = 0 if left + share >= width - _WHOLE else _GUTTER
        room = share - inner
        cells.append(Cell(share, tuple(_entry(entry, room)), padding=(0, inner)))
        left += share
    return cells


def _entry(entry: Entry, width: int) -> Iterator[Element]:
    """The label, the words, dots to the edge, the unit there; more dotted lines where it is empty.

    The stop stands a hair before the edge, or rounding puts it on the next line.
    """
    setting = Setting(stops=(Stop(width - 10),))
    yield paragraph(_content(entry), setting)
    if not entry.text:
        for _ in range(entry.lines - 1):
            yield paragraph([tab()], setting)


def _content(entry: Entry) -> Iterator[Element]:
    if entry.label:
        yield from runs(f"{entry.label} ")
    yield from runs(f" {entry.text} " if entry.text else "")
    yield tab()
    if entry.unit:
        yield from runs(f" {entry.unit}")
