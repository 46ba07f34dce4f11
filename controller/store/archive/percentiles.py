"""Percentiles of many series in one question, for reports: one question each would take minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from controller.store.archive.reading import Reading, Source
from controller.store.archive.shapes import HOUR, Wanted


@dataclass(frozen=True, slots=True)
class Percentile:
    """Below `value` lies the asked share of the means of `hours` hours; `port` as in `Total`."""

    device: str
    port: str | None
    value: float
    hours: int


def percentiles(
    reading: Reading,
    wanted: Wanted,
    since: int,
    until: int,
    devices: Collection[str],
    ports: Collection[str],
    share: float,
) -> list[Percentile]:
    """Of every device, or port of these names, of which hours are known, by name.

    Days of which only the daily means are kept are left out: a day's mean hides its full hours.
    `wanted.keys` say nothing here.
    """
    damaged: set[str] = set()
    means: dict[tuple[str, str | None], list[float]] = defaultdict(list)
    for source in reading.sources(wanted.table.name, since, until, "hourly"):
        if source.level != "daily":
            for device, port, some in reading.ask(
                *_question(wanted, source, devices, ports), damaged
            ):
                means[device, port] += some
    return [
        Percentile(device, port, _at(sorted(values), share), len(values))
        for (device, port), values in sorted(means.items(), key=lambda m: (m[0][0], m[0][1] or ""))
    ]


def _question(
    wanted: Wanted, source: Source, devices: Collection[str], ports: Collection[str]
) -> tuple[str, tuple[str, ...], list[object]]:
    table, metric = wanted.table, wanted.metric
    has_ports = "port" in table.keys
    port = "port" if has_ports else "NULL"
    which = "list_contains(?, port) AND " if has_ports else ""
    if source.level == "raw":
        known, mean = table.metrics[metric], f"avg({table.metrics[metric]})"
    else:
        known, mean = f"nullif({metric}_n, 0)", f"avg({metric}_avg)"
    # S608: every word comes from the tables of the archive.
    sql = (
        f"SELECT device, port, list(mean) FROM (SELECT device, {port} AS port, "  # noqa: S608
        f"time // {HOUR} AS hour, ({mean})::DOUBLE AS mean FROM read_parquet(?) "
        f"WHERE {which}list_contains(?, device) AND time >= ? AND time < ? "
        f"AND ({known}) IS NOT NULL "
        "GROUP BY 1, 2, 3) GROUP BY 1, 2"
    )
    names: list[object] = [sorted(ports), sorted(devices)] if has_ports else [sorted(devices)]
    return sql, source.files, [*names, source.since, source.until]


def _at(ordered: list[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
