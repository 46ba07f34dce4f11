"""A graph's lines as shapes with places in a picture; the template only writes them down.

The picture is drawn for the width it is shown at, as letters in a picture that is shrunk to a
phone's width could not be read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from controller.errors import Text
from controller.language import Language, pick
from controller.operations.show_graph import GraphView
from controller.store.archive.series import Series
from controller.thai import SHORT_MONTHS, buddhist_year, local_time

Values = Sequence[float | None]
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 12, 12, 30
_LEGEND = 22
_STEPS = tuple(
    timedelta(minutes=minutes)
    for minutes in (10, 15, 30, 60, 120, 240, 360, 720, 1440, 2880, 7200, 10080, 14400)
)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Frame:
    """How large a picture is, in its own points."""

    width: int
    height: int
    marks: int  # how many dates there is room for


WIDE = Frame(720, 270, 7)
SMALL = Frame(358, 250, 4)


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, and what is written beside it."""

    at: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Drawn:
    """One line: its bands (lowest to highest), its stretches, and moments that stand alone."""

    name: str
    bands: tuple[str, ...]
    stretches: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    mean: str
    peak: str


@dataclass(frozen=True)
class Chart:
    """Everything the picture holds. `unknown` are stretches (left, width) nobody measured in."""

    frame: Frame
    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    lines: tuple[Drawn, ...]
    unknown: tuple[tuple[float, float], ...]


def chart(view: GraphView, language: Language, frame: Frame) -> Chart:
    """The graph laid out in a frame, its words in a language."""
    top = _TOP + _LEGEND * len(view.series)
    place = _Place(
        view.since, view.until, *_heights(view), frame.width, top, frame.height - _BOTTOM
    )
    return Chart(
        frame=frame,
        left=_LEFT,
        top=top,
        right=frame.width - _RIGHT,
        bottom=frame.height - _BOTTOM,
        rows=tuple(
            Tick(place.y(value), view.scale.say(value)) for value in _steps(place.low, place.high)
        ),
        columns=tuple(
            # Words at the right edge end there, else they would be cut off.
            replace(tick, anchor="end") if tick.at > frame.width - _RIGHT - 24 else tick
            for tick in _dates(view, language, frame, place)
        ),
        lines=tuple(
            _drawn(view, place, line, pick(told.name, language))
            for line, told in zip(view.series, view.graph.lines, strict=True)
        ),
        unknown=tuple(_unknown(view, place)),
    )


@dataclass(frozen=True)
class _Place:
    """From moments and values to places in the picture."""

    since: datetime
    until: datetime
    low: float
    high: float
    width: int
    top: float
    bottom: float

    def x(self, at: datetime) -> float:
        share = (at - self.since) / (self.until - self.since)
        return round(_LEFT + min(max(share, 0), 1) * (self.width - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.bottom - min(max(share, 0), 1) * (self.bottom - self.top), 1)


def _heights(view: GraphView) -> tuple[float, float]:
    """Lowest and highest value of the axis: round figures."""
    known = [v for line in view.series for v in (line.least, line.peak) if v is not None]
    low = min([view.floor, *known])
    high = max([view.ceiling if view.ceiling is not None else low, *known])
    if high <= low:
        high = low + view.scale.divisor
    step = _step(low, high)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def _step(low: float, high: float) -> float:
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    return next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= rough * 0.999)


def _steps(low: float, high: float) -> Iterator[float]:
    step = _step(low, high)
    for number in range(round((high - low) / step) + 1):
        yield low + number * step


def _drawn(view: GraphView, place: _Place, line: Series, name: str) -> Drawn:
    bands, stretches, dots = [], [], []
    for run in _runs(line.mean):
        moments = [_middle(line, number, view) for number in run]
        means = [line.mean[number] for number in run]
        points = _points(place, moments, means)
        if len(run) == 1:
            dots.append((place.x(moments[0]), place.y(means[0] or 0.0)))
            continue
        stretches.append(points)
        highest = _points(place, moments, [line.high[number] for number in run])
        lowest = _points(place, moments[::-1], [line.low[number] for number in run[::-1]])
        if highest != points or lowest != _points(place, moments[::-1], means[::-1]):
            bands.append(f"{highest} {lowest}")
    mean, peak = view.scale.say(line.average), view.scale.say(line.peak)
    return Drawn(name, tuple(bands), tuple(stretches), tuple(dots), mean, peak)


def _middle(line: Series, number: int, view: GraphView) -> datetime:
    at = line.start + timedelta(seconds=line.seconds * (number + 0.5))
    return min(max(at, view.since), view.until)


def _points(place: _Place, moments: Sequence[datetime], values: Values) -> str:
    return " ".join(
        f"{place.x(at)},{place.y(value or 0.0)}" for at, value in zip(moments, values, strict=True)
    )


def _runs(values: Values) -> Iterator[list[int]]:
    """The stretches of neighbours that are known."""
    run: list[int] = []
    for number, value in enumerate(values):
        if value is not None:
            run.append(number)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _unknown(view: GraphView, place: _Place) -> Iterator[tuple[float, float]]:
    first = view.series[0]
    gaps = [
        1.0 if all(line.mean[n] is None for line in view.series if n < len(line.mean)) else None
        for n in range(len(first.mean))
    ]
    for run in _runs(gaps):
        if run[-1] == len(gaps) - 1 and len(run) == 1 and not view.is_empty:
            continue  # the poll of just now is still to come
        begin = first.start + timedelta(seconds=first.seconds * run[0])
        end = first.start + timedelta(seconds=first.seconds * (run[-1] + 1))
        left, right = place.x(begin), place.x(end)
        if right > left:
            yield left, round(right - left, 1)


def _dates(view: GraphView, language: Language, frame: Frame, place: _Place) -> Iterator[Tick]:
    since, until = local_time(view.since), local_time(view.until)
    rough = (until - since) / frame.marks
    if rough > _STEPS[-1]:
        months = math.ceil(rough / timedelta(days=30.5))
        for at in _months(since, until, months):
            thai = f"{SHORT_MONTHS[at.month - 1]} {buddhist_year(at.date())}"
            yield Tick(place.x(at), pick(Text(th=thai, en=f"{at:%Y-%m}"), language))
        return
    step = next(step for step in _STEPS if step >= rough)
    at = since.replace(hour=0, minute=0, second=0, microsecond=0)
    while at <= until:
        if at >= since:
            thai = f"{at.day} {SHORT_MONTHS[at.month - 1]}"
            day = pick(Text(th=thai, en=f"{at:%m-%d}"), language)
            yield Tick(place.x(at), f"{at:%H:%M}" if step < _DAY else day)
        at += step


def _months(since: datetime, until: datetime, every: int) -> Iterator[datetime]:
    at = since.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while at <= until:
        if at >= since:
            yield at
        count = at.year * 12 + at.month - 1 + every
        at = at.replace(year=count // 12, month=count % 12 + 1)
