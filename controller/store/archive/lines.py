"""The lines of a graph, read from the files that tell them best."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from controller.store.archive.reading import Reading, Source
from controller.store.archive.series import (
    RESOLUTION,
    Point,
    Series,
    bucket_seconds,
    first_bucket,
    into_buckets,
    level_for,
    without_doubles,
)
from controller.store.archive.shapes import Wanted


def lines(
    reading: Reading,
    asked: Sequence[Wanted],
    since: int,
    until: int,
    points: int,
    poll_seconds: int,
) -> list[Series]:
    """Each as a series in the same buckets; all of one table and one device, port or sensor.

    The name of a series is that of its column; whoever asks knows what they asked for.
    """
    step = poll_seconds * max(one.every for one in asked)
    seconds, sources = _sources(reading, asked[0].table.name, since, until, points, step)
    damaged: set[str] = set()
    found: list[list[Point]] = [[] for _ in asked]
    for source in sources:
        for kept, told in zip(found, reading.points(asked, source, damaged), strict=True):
            kept.extend(told)
    found = [without_doubles(told) for told in found]
    every = [point for told in found for point in told]
    first = first_bucket(every, since, seconds, raw=seconds < 2 * step)
    made: list[Series] = []
    for one, told in zip(asked, found, strict=True):
        low, mean, high = into_buckets(told, first, until, seconds)
        made.append(
            Series(
                device=one.keys[0],
                metric=one.metric,
                port=one.keys[-1] if len(one.keys) > 1 else None,
                unit=one.unit,
                start=datetime.fromtimestamp(first, UTC),
                seconds=seconds,
                low=tuple(low),
                mean=tuple(mean),
                high=tuple(high),
                samples=sum(point.count for point in told),
                damaged=tuple(sorted(damaged)),
            )
        )
    return made


def _sources(
    reading: Reading, table: str, since: int, until: int, points: int, step: int
) -> tuple[int, list[Source]]:
    """Seconds of a bucket, and where to read: samples are not kept for ever."""
    seconds = bucket_seconds(until - since, points, step)
    found = reading.sources(table, since, until, level_for(seconds))
    finest = max((RESOLUTION[source.level] for source in found), default=1)
    if finest > seconds:
        seconds = bucket_seconds(until - since, points, finest)
        found = reading.sources(table, since, until, level_for(seconds))
    return seconds, found
