"""The archive of samples at full size: 1,500 switches of 48 ports, polled every five minutes.

A real day of samples is appended, merged and summed up. Around it a year is laid out: the 31 days
a month's graph reads are real files of full size made by DuckDB, each with its own figures, and so
are the twelve months of daily summaries; the other days of hourly summaries are second names (hard
links) of those files, which no graph of a month ever opens.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from bench.report import say
from controller.facts.measured import Measured, Memory, Processor, Sensor
from controller.health.observed import RATES, Observed, PortTable
from controller.store.archive import Archive
from controller.store.archive.days import start_of
from controller.store.archive.files import ArchiveFiles, Entry, Manifest
from controller.store.archive.shapes import DAY, HOUR, PORTS

DEVICES, COUNT, SHARDS, STEP = 1500, 48, 16, 300
TODAY = date(2026, 11, 27)
NOON = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)  # on a clock in Bangkok
GOAL_MS = 300


def main() -> None:
    """`python -m bench.archive`: some minutes, below 2 GB in a temporary folder."""
    say(f"Load of the machine at the beginning: {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory(prefix="khaen-archive-") as name:
        folder = Path(name) / "archive"
        archive = Archive(folder)
        say("| work | wall s | CPU s | peak MB | goal |")
        say("|---|---|---|---|---|")
        _append(archive, folder)
        _gather(archive)
        _fold(archive, folder)
        archive.close()
        say("")
        began = time.monotonic()
        _year(folder)
        _today(folder)
        size = sum(f.stat().st_size for f in folder.rglob("*.parquet")) / 1e9
        say(f"A year laid out in {time.monotonic() - began:.0f} s; {size:.1f} GB by names.\n")
        _graphs(folder)


def _append(archive: Archive, folder: Path) -> None:
    """Twelve polls of everything up to noon, each in 16 shares as the pollers write them."""
    polls = [NOON - timedelta(seconds=STEP * n) for n in range(12, 0, -1)]
    walls, cpus = [], []
    for at in polls:
        batch = [_polled(number, at) for number in range(DEVICES)]
        with _measured() as cost:
            for share in range(SHARDS):
                archive.append(batch[share::SHARDS])
        walls.append(cost["wall"])
        cpus.append(cost["cpu"])
    wall, cpu = statistics.median(walls), statistics.median(cpus)
    size = sum(f.stat().st_size for f in folder.rglob("fresh/*/ports-*")) / len(polls)
    say(
        f"| append one poll of {DEVICES} × {COUNT} ports, {SHARDS} calls | {wall:.2f} | {cpu:.2f} "
        f"| | < 0.3 CPU s |"
    )
    _size("fresh", size, DEVICES * COUNT)


def _size(what: str, size: float, rows: int) -> None:
    # Six rates, state and speed of a port at one moment.
    each = size / rows
    say(f"| {what}: {each:.1f} bytes a port and poll, {each / 8:.1f} a value | | | | |")


def _gather(archive: Archive) -> None:
    with _measured() as cost:
        archive.compact(NOON)
    _row("merge an hour's fresh files (12 polls, 576 files)", cost, "")


def _fold(archive: Archive, folder: Path) -> None:
    """The day before, all of it: an hour's merged file for each of 24 hours."""
    day = TODAY - timedelta(days=1)
    _lay_hours(folder, day, 24)
    with _measured() as cost:
        archive.compact(NOON)
    _row(f"merge and sum up a day ({DEVICES * COUNT * 288 / 1e6:.1f} M port rows)", cost, "< 60 s")
    manifest = ArchiveFiles(folder).manifest()
    for level, rows in (("raw", DEVICES * COUNT * 288), ("hourly", DEVICES * COUNT * 24)):
        (entry,) = (
            e
            for e in manifest.find(level, "ports", {day.isoformat()})  # type: ignore[arg-type]
        )
        size = (folder / entry.file).stat().st_size
        if level == "raw":
            _size("merged", size, rows)
        else:
            say(f"| by hour: {size / rows:.1f} bytes a port and hour | | | | |")


def _lay_hours(folder: Path, day: date, hours: int) -> None:
    """Merged files of a day that is not over, as `gather` leaves them every hour."""
    files = ArchiveFiles(folder)
    for hour in range(hours):
        first = start_of(day.isoformat()) + hour * HOUR
        name = files.new_name("raw", "ports", day.isoformat())
        rates = ", ".join(f"({_value(rate, 'time')})::FLOAT AS {rate}" for rate in RATES)
        _copy(
            folder / name,
            f"SELECT device, port, time, {rates}, 1::TINYINT AS oper, 1000000000::BIGINT AS speed "
            f"FROM {_ports()}, range({first}, {first + HOUR}, {STEP}) t(time)",
        )
        files.commit(files.manifest(), [Entry("raw", "ports", day.isoformat(), name)], ())


def _year(folder: Path) -> None:
    """Hourly and daily summaries of the 364 days before yesterday."""
    files = ArchiveFiles(folder)
    real: list[str] = []
    entries: list[Entry] = []
    days = [TODAY - timedelta(days=n) for n in range(2, 366)]
    for day in days:
        name = files.new_name("hourly", "ports", day.isoformat())
        if len(real) < 31:
            start = start_of(day.isoformat())
            _copy(folder / name, _summary(f"range({start}, {start + DAY}, {HOUR})", 12))
            real.append(name)
        else:
            os.link(folder / real[len(entries) % 31], folder / name)
        entries.append(Entry("hourly", "ports", day.isoformat(), name))
    for month in sorted({day.isoformat()[:7] for day in days}):
        within = [d.isoformat() for d in days if d.isoformat().startswith(month)]
        first, last = start_of(min(within)), start_of(max(within)) + DAY
        name = files.new_name("daily", "ports", month)
        _copy(folder / name, _summary(f"range({first}, {last}, {DAY})", 288))
        entries.append(Entry("daily", "ports", month, name, days=tuple(within)))
    before = files.manifest()
    # Yesterday's own month file, made by merging, is in the way: its days are in the new one.
    kept = [e for e in before.entries if e.level != "daily"]
    files.commit(Manifest(tuple(kept)), entries, ())


def _today(folder: Path) -> None:
    """Today up to eleven merged, the hour up to noon as fresh files: what is not summed up yet."""
    files = ArchiveFiles(folder)
    day = TODAY.isoformat()
    files.commit(
        files.manifest(), (), [e.file for e in files.manifest().find("raw", "ports", {day})]
    )
    _lay_hours(folder, TODAY, 11)
    archive = Archive(folder)
    for number in range(12, 0, -1):
        batch = [_polled(n, NOON - timedelta(seconds=STEP * number)) for n in range(DEVICES)]
        for share in range(SHARDS):
            archive.append(batch[share::SHARDS])


def _graphs(folder: Path) -> None:
    say(
        "| graph of one port, in and out | first ms | then, median ms | slowest ms | CPU ms each "
        "| goal |"
    )
    say("|---|---|---|---|---|---|")
    picked = random.Random(5)
    for span, days in (("day", 1), ("week", 7), ("month", 30), ("year", 365)):
        archive = Archive(folder)
        times = []
        spent = time.process_time()
        for _ in range(21):
            device, port = f"sw-{picked.randrange(DEVICES):04}", f"Gi1/0/{picked.randrange(COUNT)}"
            began = time.perf_counter()
            lines = archive.lines(
                device, ("in_bps", "out_bps"), port, NOON - timedelta(days=days), NOON
            )
            times.append(1000 * (time.perf_counter() - began))
            known = sum(value is not None for value in lines[0].mean)
            assert known > 0.95 * len(lines[0].mean), (span, known, len(lines[0].mean))
        cpu = 1000 * (time.process_time() - spent) / len(times)
        archive.close()
        goal = f"< {GOAL_MS}" if span == "month" else ""
        middle, slowest = statistics.median(times[1:]), max(times[1:])
        say(f"| {span} | {times[0]:.0f} | {middle:.0f} | {slowest:.0f} | {cpu:.0f} | {goal} |")
    began = time.perf_counter()
    archive = Archive(folder)
    found = archive.worst("in_bps", NOON - timedelta(days=365), NOON, ports=True)
    took = time.perf_counter() - began
    say(f"\nThe ten busiest of {DEVICES * COUNT} ports in a year: {took:.1f} s")
    assert len(found) == 10


def _ports() -> str:
    return (
        f"(SELECT 'sw-' || lpad(d::VARCHAR, 4, '0') AS device, 'Gi1/0/' || p AS port, d, p "
        f"FROM range({DEVICES}) a(d), range({COUNT}) b(p))"
    )


def _value(rate: str, time: str) -> str:
    """Traffic by day and night with a noise of its own on six ports of ten; errors now and then."""
    noise = f"(hash(d, p, {time}, '{rate}') % 1000)"
    if rate.endswith("bps"):
        busy = f"(1 + sin({time} / 13750.0))"
        return f"CASE WHEN hash(d, p) % 10 < 4 THEN 0 ELSE 2000.0 * {busy} * {noise} END"
    return f"CASE WHEN {noise} < 5 THEN 0.01 ELSE 0 END"


def _summary(times: str, polls: int) -> str:
    """Rows as summing up leaves them."""
    columns = [f"{polls}::SMALLINT AS {metric}_n" for metric in PORTS.metrics]
    for metric in PORTS.metrics:
        value = "1" if metric == "up" else _value(metric, "time")
        for how, factor in (("min", 0.6), ("avg", 1), ("max", 1.5)):
            times_that = "" if metric == "up" else f" * {factor}"
            columns.append(f"({value}{times_that})::FLOAT AS {metric}_{how}")
    return (
        f"SELECT device, port, time, {polls}::SMALLINT AS n, {', '.join(columns)}, "
        f"1000000000::BIGINT AS speed FROM {_ports()}, {times} t(time)"
    )


def _copy(path: Path, query: str, rows: int = 61_440) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '4GB'")
        connection.execute(
            f"COPY (SELECT * FROM ({query}) ORDER BY device, port, time) TO '{path}' "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows}, PARQUET_VERSION v2)"
        )


def _polled(number: int, at: datetime) -> Observed:
    draw = random.Random(number * 1_000_003 + int(at.timestamp()))
    indexes = [str(index) for index in range(COUNT)]
    idle = {index for index in indexes if draw.random() < 0.4}
    rates = {
        rate: {
            i: 0.0 if i in idle or not rate.endswith("bps") else draw.random() * 1e6
            for i in indexes
        }
        for rate in RATES
    }
    return Observed(
        device=f"sw-{number:04}",
        at=at,
        reached="up",
        round_trip=0.002,
        measured=Measured(
            uptime=1e6,
            processors=(Processor("1", "cpu", draw.random() * 100),),
            memories=(Memory("1", "pool", 40 + draw.random()),),
            sensors=(Sensor("temperature", "1", "inlet", 30 + draw.random()),),
        ),
        ports=PortTable(
            rates=rates,
            oper=dict.fromkeys(indexes, 1),
            speed=dict.fromkeys(indexes, 10**9),
            names={index: f"Gi1/0/{index}" for index in indexes},
        ),
    )


@contextmanager
def _measured() -> Iterator[dict[str, float]]:
    """Wall, CPU and highest memory of this process meanwhile."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    cost: dict[str, float] = {}
    wall, cpu = time.perf_counter(), time.process_time()
    yield cost
    cost["wall"], cost["cpu"] = time.perf_counter() - wall, time.process_time() - cpu
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    cost["peak"] = int(peak.split()[1]) / 1024


def _row(what: str, cost: dict[str, float], goal: str) -> None:
    say(f"| {what} | {cost['wall']:.1f} | {cost['cpu']:.1f} | {cost['peak']:.0f} | {goal} |")


if __name__ == "__main__":
    main()
