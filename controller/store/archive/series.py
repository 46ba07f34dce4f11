"""Samples into buckets for a graph. Pure: a bucket without samples stays unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from controller.store.archive.shapes import AHEAD, DAY, HOUR, Level

STEPS = (60, 120, 300, 600, 900, 1800, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 7 * DAY)
RESOLUTION: dict[Level, int] = {"raw": 1, "hourly": HOUR, "daily": DAY}


@dataclass(frozen=True, slots=True)
class Point:
    """What is known of a moment or of a period that begins then: `count` samples."""

    time: int
    low: float
    mean: float
    high: float
    count: int


@dataclass(frozen=True)
class Series:
    """One metric over time: bucket `i` begins `i * seconds` after `start`.

    A bucket nothing was measured in is None in all three. `unit` as the metric has it. `damaged`
    names files of the archive that should have told more.
    """

    device: str
    metric: str
    port: str | None
    unit: str
    start: datetime
    seconds: int
    low: tuple[float | None, ...]
    mean: tuple[float | None, ...]
    high: tuple[float | None, ...]
    samples: int
    damaged: tuple[str, ...] = ()

    @property
    def peak(self) -> float | None:
        """The highest value of all."""
        return max((v for v in self.high if v is not None), default=None)

    @property
    def least(self) -> float | None:
        """The lowest value of all."""
        return min((v for v in self.low if v is not None), default=None)

    @property
    def average(self) -> float | None:
        """The mean of the buckets that are known."""
        known = [v for v in self.mean if v is not None]
        return sum(known) / len(known) if known else None


def bucket_seconds(span: int, points: int, finest: int) -> int:
    """The length of a bucket for about `points` of them over `span` seconds, `finest` at least."""
    wanted = max(span / max(points, 1), finest)
    return next((step for step in STEPS if step >= wanted), STEPS[-1])


def level_for(seconds: int) -> Level:
    """The coarsest files that can still tell buckets of this length apart."""
    return "daily" if seconds >= DAY else "hourly" if seconds >= HOUR else "raw"


def without_doubles(points: Iterable[Point]) -> list[Point]:
    """The points by time, the last told of each moment."""
    return [point for _, point in sorted({p.time: p for p in points}.items())]


def first_bucket(points: list[Point], since: int, seconds: int, *, raw: bool) -> int:
    """Where the first bucket begins.

    On whole buckets of a Thai clock. Polls come a little early or late: for buckets hardly longer
    than from poll to poll they are laid so that most samples fall into the middle of theirs, else a
    sample that is late by a second would leave a gap that nobody measured.
    """
    offset = -AHEAD
    if raw and points:
        # Remainders in ten parts, so that what is late by seconds counts as the same.
        part = max(seconds // 10, 1)
        common, _ = Counter((p.time % seconds) // part for p in points).most_common(1)[0]
        offset = common * part + part // 2 - seconds // 2
    return since - (since - offset) % seconds


def into_buckets(
    points: list[Point], first: int, until: int, seconds: int
) -> tuple[list[float | None], list[float | None], list[float | None]]:
    """Lowest, mean and highest of each bucket from `first` to `until`; None where nothing is known.

    The mean weighs every sample the same.
    """
    size = max((until - first + seconds - 1) // seconds, 1)
    low: list[float | None] = [None] * size
    high: list[float | None] = [None] * size
    total, count = [0.0] * size, [0] * size
    for point in points:
        place = (point.time - first) // seconds
        if not 0 <= place < size:
            continue
        lowest, highest = low[place], high[place]
        low[place] = point.low if lowest is None else min(lowest, point.low)
        high[place] = point.high if highest is None else max(highest, point.high)
        total[place] += point.mean * point.count
        count[place] += point.count
    mean = [t / n if n else None for t, n in zip(total, count, strict=True)]
    return low, mean, high
