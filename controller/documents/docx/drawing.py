"""One block after the other, each drawn by the module of its subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from controller.documents.blocks import (
    Block,
    Card,
    Chart,
    Entries,
    Flow,
    Frame,
    Heading,
    HeatMap,
    Labels,
    Lines,
    MemoHead,
    OrderHead,
    PageBreak,
    Paragraph,
    Picture,
    Signatures,
    Space,
    Stacks,
    Table,
    Ticks,
)
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.card import card
from controller.documents.docx.chart import chart
from controller.documents.docx.elements import Element
from controller.documents.docx.entries import entries, ticks
from controller.documents.docx.flow import flow
from controller.documents.docx.grid import BOXED, Cell, Row, table
from controller.documents.docx.heads import memo_head, order_head
from controller.documents.docx.heat import heat_map
from controller.documents.docx.labels import labels
from controller.documents.docx.paragraphs import Setting, gap, line
from controller.documents.docx.pictures import picture, plot
from controller.documents.docx.prose import heading, page_break, prose, space
from controller.documents.docx.runs import BOLD
from controller.documents.docx.signatures import signatures
from controller.documents.docx.tables import HEADING_FILL, ruled
from controller.documents.lengths import together

_PADDING = 140


def drawn(blocks: Iterable[Block], canvas: Canvas) -> Iterator[Element]:
    """The paragraphs and tables of `blocks`, in their order."""
    for block in blocks:
        yield from _drawn(block, canvas)


def _drawn(block: Block, canvas: Canvas) -> Iterator[Element]:  # noqa: C901  one line a kind
    match block:
        case Heading():
            return heading(block)
        case Paragraph():
            return prose(block)
        case Entries():
            return entries(block, canvas)
        case Ticks():
            return ticks(block)
        case Table():
            return ruled(block, canvas)
        case Signatures():
            return signatures(block, canvas)
        case MemoHead():
            return memo_head(block, canvas)
        case OrderHead():
            return order_head(block, canvas)
        case Flow():
            return flow(block, canvas)
        case Chart():
            return chart(block, canvas)
        case Lines() | Stacks():
            return plot(block, canvas)
        case HeatMap():
            return heat_map(block, canvas)
        case Picture():
            return picture(block, canvas)
        case Card():
            return card(block, canvas)
        case Labels():
            return labels(block, canvas)
        case Frame():
            return _frame(block, canvas)
        case Space():
            return space(block)
        case PageBreak():
            return page_break()


def _frame(block: Frame, canvas: Canvas) -> Iterator[Element]:
    """A ruled frame with a shaded heading; a long one may go on over a page."""
    inner = canvas.within(canvas.width - 2 * _PADDING)
    rows = []
    if block.title:
        title = [line(block.title, Setting(keep=True), BOLD)]
        rows.append(Row([Cell(canvas.width, title, BOXED, HEADING_FILL)]))
    content = [gap(4), *drawn(block.blocks, inner), gap(6)]
    rows.append(Row([Cell(canvas.width, content, BOXED)], parts=not together(block)))
    yield gap(8)
    yield table(rows, padding=_PADDING)
    yield gap(8)
