"""A process drawn as a flow chart: boxes from top to bottom, approvals as diamonds, ways back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup
from nicegui import ui

from controller.errors import Text
from controller.processes.case import Case, StepKind
from controller.processes.manual import Process
from controller.processes.timeline import timeline
from controller.web.drawing import Reader, draw

_FIRST_ROW = 3  # below the start and its arrow
_ROWS = 2  # a step and the arrow below it


@dataclass(frozen=True)
class Box:
    """One step as it is drawn. `row` is its row of the grid; `done` says when it ended last."""

    number: int
    name: Text
    kind: StepKind
    state: Literal["done", "current", "waiting", "plain"]
    row: int
    done: object = None


@dataclass(frozen=True)
class Way:
    """One piece of a way back: out of an approval, along other rows, or into the step mended."""

    piece: Literal["out", "along", "into"]
    row: int
    lane: int


def put_flow_chart(reader: Reader, process: Process, case: Case | None = None) -> None:
    """Put the chart on the page being built; with a case its current step is lit."""
    ui.html(flow_chart(reader, process, case), sanitize=False).classes("flowchart")


def flow_chart(reader: Reader, process: Process, case: Case | None = None) -> Markup:
    """The chart as HTML, for a page of the manual or of a case of the process."""
    boxes = _boxes(process, case)
    ways, lanes = _ways(process)
    return draw(
        reader,
        "parts/flow_chart.html",
        process=process,
        boxes=boxes,
        ways=ways,
        lanes=lanes,
        last=_FIRST_ROW + _ROWS * len(boxes),
        ended=case is not None and case.state == "closed",
    )


def _boxes(process: Process, case: Case | None) -> list[Box]:
    if case is None:
        return [
            Box(i + 1, step.title, step.kind, "plain", _row(i))
            for i, step in enumerate(process.steps)
        ]
    return [
        Box(view.index + 1, view.name, view.kind, view.state, _row(view.index), view.at)
        for view in timeline(case)
    ]


def _ways(process: Process) -> tuple[list[Way], int]:
    """The ways back in pieces, and how many lanes they take: ways that overlap lie side by side."""
    lanes: list[list[range]] = []
    pieces: list[Way] = []
    for index, step in enumerate(process.steps):
        if step.kind != "approve":
            continue
        back = process.returns_to(index)
        span = range(back, index + 1)
        lane = _free_lane(lanes, span)
        lanes[lane].append(span)
        pieces += _pieces(_row(back), _row(index), lane + 1)
    return pieces, len(lanes)


def _free_lane(lanes: list[list[range]], span: range) -> int:
    for number, taken in enumerate(lanes):
        if not any({*span} & {*other} for other in taken):
            return number
    lanes.append([])
    return len(lanes) - 1


def _pieces(into: int, out: int, lane: int) -> Iterable[Way]:
    yield Way("into", into, lane)
    yield from (Way("along", row, lane) for row in range(into + 1, out))
    yield Way("out", out, lane)


def _row(index: int) -> int:
    return _FIRST_ROW + _ROWS * index
