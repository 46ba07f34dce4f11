"""What reports ask of the archive: mean and peak over a period, the highest, percentiles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from controller.store.archive.reading import Reading, Source
from controller.store.archive.series import Point, into_buckets
from controller.store.archive.shapes import AHEAD, DAY, HOUR, Wanted


@dataclass(frozen=True, slots=True)
class Total:
    """One device or port over a period; `port` is None for the device's own metrics.

    `samples` polls knew it, `polls` there were. `speed` in bit/s where the device told it.
    """

    device: str
    port: str | None
    polls: int
    samples: int
    mean: float | None
    peak: float | None
    speed: int | None = None


def totals(
    reading: Reading,
    wanted: Wanted,
    since: int,
    until: int,
    devices: Collection[str] | None,
    damaged: set[str],
) -> list[Total]:
    """Of every device or port that was polled, by name. Whole days are counted by their summaries.

    `wanted.keys` say nothing here: all series of the metric's table are counted.
    """
    sums: dict[tuple[str, str | None], list[float]] = {}
    for source in _by_whole_days(reading, wanted.table.name, since, until):
        for row in reading.ask(*_question(wanted, source, devices), damaged):
            device, port, polls, samples, total, peak, speed = row
            kept = sums.setdefault((device, port), [0, 0, 0.0, float("-inf"), 0])
            kept[0] += polls
            kept[1] += samples
            kept[2] += total or 0.0
            kept[3] = max(kept[3], peak if peak is not None else float("-inf"))
            kept[4] = max(kept[4], speed or 0)
    return [
        Total(
            device,
            port,
            int(polls),
            int(samples),
            total / samples if samples else None,
            peak if samples else None,
            int(speed) or None,
        )
        for (device, port), (polls, samples, total, peak, speed) in sorted(
            sums.items(), key=lambda one: (one[0][0], one[0][1] or "")
        )
    ]


def _by_whole_days(reading: Reading, table: str, since: int, until: int) -> list[Source]:
    """Daily summaries for the whole days, hours and samples for the pieces at both ends."""
    first = since + (-(since + AHEAD)) % DAY
    last = until - (until + AHEAD) % DAY
    if first >= last:
        return reading.sources(table, since, until, "raw")
    found = reading.sources(table, first, last, "daily")
    if since < first:
        found += reading.sources(table, since, first, "raw")
    if last < until:
        found += reading.sources(table, last, until, "raw")
    return found


def _question(
    wanted: Wanted, source: Source, devices: Collection[str] | None
) -> tuple[str, tuple[str, ...], list[object]]:
    table, metric = wanted.table, wanted.metric
    port = "port" if "port" in table.keys else "NULL"
    speed = "max(speed)" if "speed" in table.columns else "NULL"
    if source.level == "raw":
        value = table.metrics[metric]
        told = f"count(*), count({value}), sum(({value})::DOUBLE), max({value})"
    else:
        told = f"sum(n), sum({metric}_n), sum({metric}_avg::DOUBLE * {metric}_n), max({metric}_max)"
    where, values = "time >= ? AND time < ?", [source.since, source.until]
    if devices is not None:
        where += " AND list_contains(?, device)"
        values = [*values, sorted(devices)]  # type: ignore[list-item]
    sql = (
        f"SELECT device, {port}, {told}, {speed} FROM read_parquet(?) "  # noqa: S608
        f"WHERE {where} GROUP BY 1, 2"
    )
    return sql, source.files, list(values)


def percentile(
    reading: Reading, wanted: Wanted, since: int, until: int, share: float
) -> float | None:
    """The value below which `share` of the hours' means lie (0.95: the 95th percentile).

    Of means by hour, as every sample is not kept for long. None when nothing is known.
    """
    damaged: set[str] = set()
    points: list[Point] = []
    for source in reading.sources(wanted.table.name, since, until, "hourly"):
        points += reading.points([wanted], source, damaged)[0]
    _, means, _ = into_buckets(points, since - since % HOUR, until, HOUR)
    values = sorted(mean for mean in means if mean is not None)
    if not values:
        return None
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)
