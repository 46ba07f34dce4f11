"""A process as boxes in a table: editable text, arrows between, the way back at the side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from controller.documents.blocks import Flow, FlowStep
from controller.documents.docx.canvas import Canvas
from controller.documents.docx.elements import Element, centimetres
from controller.documents.docx.grid import SIDES, Cell, Row, Side, Stroke, Strokes, table
from controller.documents.docx.paragraphs import Setting, line
from controller.documents.docx.runs import Type

_BOX = centimetres(10)
_LANE = centimetres(1.7)
_ARROW, _BACK, _DONE = "↓", "←", "✓"
_FILLS = {"done": "F3F3F3", "current": "FFF0C2", "waiting": ""}
_STROKES = {
    "done": Stroke(size=8, color="5A5A5A"),
    "current": Stroke(size=18, color="B45309"),
    "waiting": Stroke(size=6, color="787878"),
}
_RETURN = Stroke("dashed", 8, "3C3C3C")
_NOTE = Type(12, color="464646")
_SMALL = Type(11)


@dataclass(frozen=True)
class _Return:
    """A way back: from the row of one step up to the row of another, in a lane at the side."""

    top: int
    bottom: int
    lane: int


def flow(block: Flow, canvas: Canvas) -> Iterator[Element]:
    """The chart; a step somebody decides has a double line, for cells know no diamond."""
    if not block.steps:
        return
    returns = _returns(block.steps)
    lanes = max((one.lane + 1 for one in returns), default=0)
    lane = min(_LANE, canvas.width // (3 * lanes)) if lanes else 0
    box = min(_BOX, canvas.width - 2 * lanes * lane)
    side = (canvas.width - box) // 2
    rows = []
    for index, step in enumerate(block.steps):
        last = index == len(block.steps) - 1
        cells = (_done(step, side), _box(step, box, last)), (Cell(side), _arrow(step, box, canvas))
        for at, pair in enumerate(cells[: 1 if last else 2], start=index * 2):
            rows.append(Row([*pair, *(_lane(returns, at, n, lane, canvas) for n in range(lanes))]))
    yield table(rows, padding=80)


def _box(step: FlowStep, width: int, last: bool) -> Cell:
    setting = Setting("center", keep=not last)
    content = [line(step.text, setting, Type(bold=step.state == "current"))]
    if step.note:
        content.append(line(step.note, setting, _NOTE))
    stroke = _STROKES[step.state]
    if step.kind == "approve":
        stroke = Stroke("double", _STROKES["waiting"].size, stroke.color)
    strokes: Strokes = dict.fromkeys(SIDES, stroke)
    return Cell(width, content, strokes, _FILLS[step.state], "center")


def _done(step: FlowStep, width: int) -> Cell:
    mark = [line(_DONE, Setting("right"))] if step.state == "done" else []
    return Cell(width, mark, upright="center")


def _arrow(step: FlowStep, width: int, canvas: Canvas) -> Cell:
    words = f"{_ARROW} {canvas.words['agreed']}" if step.kind == "approve" else _ARROW
    return Cell(width, [line(words, Setting("center", keep=True, exact=20), _SMALL)])


def _returns(steps: Sequence[FlowStep]) -> list[_Return]:
    """The ways back, each in the first lane that is free along its whole length."""
    made: list[_Return] = []
    for index, step in enumerate(steps):
        if step.back_to is None or not 0 <= step.back_to <= index:
            continue
        top, bottom = step.back_to * 2, index * 2
        taken = {one.lane for one in made if one.bottom >= top and one.top <= bottom}
        made.append(_Return(top, bottom, next(n for n in range(len(steps)) if n not in taken)))
    return made


def _lane(returns: Sequence[_Return], row: int, lane: int, width: int, canvas: Canvas) -> Cell:
    for one in returns:
        if one.lane == lane and one.top <= row <= one.bottom:
            return _way_back(one, row, width, canvas)
    strokes: dict[Side, Stroke] = {}
    for one in returns:
        if one.lane > lane and row == one.top:
            strokes["top"] = _RETURN
        if one.lane > lane and row == one.bottom:
            strokes["bottom"] = _RETURN
    return Cell(width, strokes=strokes)


def _way_back(one: _Return, row: int, width: int, canvas: Canvas) -> Cell:
    first = row == one.top
    strokes: dict[Side, Stroke] = {"right": _RETURN}
    if first:
        strokes["top"] = _RETURN
    if row == one.bottom:
        strokes["bottom"] = _RETURN
    words = [line(f"{_BACK} {canvas.words['returned']}", look=_SMALL)] if first else []
    if one.top == one.bottom:
        return Cell(width, words, strokes)
    return Cell(width, words, strokes, merged="restart" if first else "continue")
