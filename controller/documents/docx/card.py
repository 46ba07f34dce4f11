"""A card to carry, as a table of the size of a bank card."""

from __future__ import annotations

from collections.abc import Iterator

from controller.documents.blocks import Card
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.elements import Element, centimetres
from controller.documents.docx.grid import SIDES, Cell, Row, Side, Stroke, Strokes, table
from controller.documents.docx.paragraphs import Setting, Stop, gap, line, paragraph
from controller.documents.docx.runs import Type, run, runs, tab

WIDTH, HEIGHT = 8.56, 5.4
_INK = "12355B"
_HEADING = Type(13, bold=True, color="FFFFFF")
_SUBHEADING = Type(10.5, color="FFFFFF")
_NAME = Type(10, color="5A5A5A")
_WORDS = Type(11, bold=True)
_FOOT = Type(8, color="5A5A5A")
_SIDE = 200
_NAMES = centimetres(1.9)
_CUT: Strokes = dict.fromkeys(SIDES, Stroke("dashed", 4, "787878"))


def card(block: Card, canvas: Canvas) -> Iterator[Element]:
    """The card; on a sheet that is not itself the card with a dashed line to cut along."""
    width = min(centimetres(WIDTH), canvas.width)
    height = centimetres(HEIGHT)
    top, foot = centimetres(1.25), centimetres(0.4)
    edge: Strokes = {} if canvas.card else _CUT
    code = min(centimetres(block.code.width) + 2 * _SIDE, width // 2)
    rows = (
        Row(
            [
                Cell(
                    width,
                    _heading(block),
                    _without(edge, "bottom"),
                    _INK,
                    "center",
                    padding=(_SIDE, _SIDE),
                )
            ],
            height=top,
        ),
        Row(
            _middle(block, canvas, width - code, code, edge),
            height=_rest(height, top, foot, canvas),
        ),
        Row(
            [Cell(width, [line(block.foot, look=_FOOT)], _without(edge, "top"), padding=(_SIDE, 0))]
        ),
    )
    yield table(rows)


def _heading(block: Card) -> list[Element]:
    return [line(block.heading, look=_HEADING), line(block.subheading, look=_SUBHEADING)]


def _middle(block: Card, canvas: Canvas, words: int, code: int, edge: Strokes) -> list[Cell]:
    setting = Setting(left=_NAMES, first=-_NAMES, stops=(Stop(_NAMES, "left", dotted=False),))
    lines = [
        paragraph([*runs(name, _NAME), tab(_NAME), *runs(said, _WORDS)], setting, _WORDS)
        for name, said in block.lines
    ]
    shown = canvas.place(block.code.png, block.code.width, 0, block.code.alt, False)
    return [
        Cell(words, [gap(4), *lines], _without(edge, "top", "right", "bottom"), padding=(_SIDE, 0)),
        Cell(
            code,
            [gap(4), paragraph([run(shown)], Setting("right"))],
            _without(edge, "top", "left", "bottom"),
            padding=(0, _SIDE),
        ),
    ]


def _rest(height: int, top: int, foot: int, canvas: Canvas) -> int:
    """What the middle row may take; less where the card is the page, which ends in a hair too."""
    return height - top - foot - (centimetres(0.3) if canvas.card else 0)


def _without(edge: Strokes, *sides: Side) -> Strokes:
    return {name: stroke for name, stroke in edge.items() if name not in sides}
