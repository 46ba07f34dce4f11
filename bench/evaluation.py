"""What the yearly evaluation costs: 84 schools, 1,500 devices, the year and the one before."""

from __future__ import annotations

import argparse
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from bench.generate_workspace import generate
from bench.report import say
from controller.accounts.actor import Actor
from controller.app import open_app
from controller.errors import Text
from controller.health.evaluation.period import Period, fiscal_period
from controller.inventory.device import Device
from controller.operations.context import Context
from controller.operations.report_evaluation import FORMATS, drawn, report_evaluation
from controller.store.alerts import Alert, acknowledge, add_alerts, clear_alerts, open_alerts
from controller.store.archive.files import ArchiveFiles, Entry
from controller.store.archive.shapes import AHEAD, DAY, DEVICES, HOUR, PORTS, Level
from controller.store.engine import Connection
from controller.store.health_spans import Span, add_spans

GOAL_SECONDS, GOAL_MB = 20.0, 500
OFFICER = Actor("officer1", "นักวิชาการคอมพิวเตอร์", frozenset({"officer"}))
HOURLY_PORTS = 4
_DEVICES_AT_ONCE = 100
_HOURS, _DOWN_HOURS = 300.0, 3.0


def main(words: list[str] | None = None) -> None:
    """`python -m bench.evaluation [--devices N] [--sites N] [--ports N] [--keep FOLDER]`."""
    parser = argparse.ArgumentParser(prog="python -m bench.evaluation", description=__doc__)
    parser.add_argument("--devices", type=int, default=1500)
    parser.add_argument("--sites", type=int, default=84)
    parser.add_argument("--ports", type=int, default=48)
    parser.add_argument("--year", type=int, default=2569)
    parser.add_argument("--keep", type=Path, help="Make the year here once and use it again")
    options = parser.parse_args(words)
    with TemporaryDirectory(prefix="khaen-") as passing:
        folder = options.keep or Path(passing) / "office"
        period = fiscal_period(options.year)
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            generate(
                folder,
                sites=options.sites,
                devices=options.devices,
                assets=options.devices * 13,
                network="10.64.0.0",
            )
            with open_app(folder, apart=True) as context:
                _make(context, period, options.ports)
            (folder / "made").touch()
        with open_app(folder, apart=True) as context:
            _measure(context, period)


def _measure(context: Context, period: Period) -> None:
    context.inventory()
    before = _peak()
    start = time.perf_counter()
    yearly = report_evaluation(context, OFFICER, period)
    spent = time.perf_counter() - start
    share = yearly.now.uptime.whole
    found = yearly.now.incidents
    say(
        f"{share.devices} devices, {len(yearly.now.uptime.sites)} sites, "
        f"{found.whole.count if found else 0} incidents, "
        f"{len(yearly.now.capacity.uplinks)} uplinks, "
        f"{sum(p.ports for p in yearly.now.capacity.ports)} ports"
    )
    say(
        f"inventory read, {before:.0f} MB; evaluation of two years {spent:.1f} s, "
        f"peak {_peak():.0f} MB"
    )
    for wanted in FORMATS:
        start = time.perf_counter()
        content = drawn(context, OFFICER, yearly, wanted)
        say(f"{wanted}: {time.perf_counter() - start:.1f} s, {len(content) // 1000} kB")
    met = spent < GOAL_SECONDS and _peak() < GOAL_MB
    say(f"goal {GOAL_SECONDS:.0f} s and {GOAL_MB} MB: {'met' if met else 'missed'}")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _make(context: Context, period: Period, ports: int) -> None:
    """Spans and alerts through the store, summaries of the archive as its merging leaves them."""
    devices = context.inventory().devices
    chance = Random(7)
    both = Period(period.year_before().first, period.last)
    with context.store.begin() as conn:
        spans = [s for device in devices for s in _spans(device, both, chance)]
        add_spans(conn, spans)
        _alerts(conn, spans, {device.name: device.site for device in devices}, chance)
    say(f"{len(spans)} spans")
    _summaries(context, devices, both, ports)


def _spans(device: Device, period: Period, chance: Random) -> Iterator[Span]:
    at = period.since
    while at < period.until:
        for status, mean in (("up", _HOURS), ("down", _DOWN_HOURS)):
            until = min(at + timedelta(hours=chance.expovariate(1 / mean)), period.until)
            if until > at:
                yield Span(device.name, status, at, until)  # type: ignore[arg-type]
            at = until


def _alerts(conn: Connection, spans: list[Span], sites: dict[str, str], chance: Random) -> None:
    """Every downtime an alert, opened and cleared as polls would."""
    down = sorted((s for s in spans if s.status == "down"), key=lambda s: s.since)
    for number, span in enumerate(down):
        rule = chance.choice(("down", "down", "high_cpu", "port_errors"))
        add_alerts(
            conn,
            [
                Alert(
                    rule=rule,
                    device=span.device,
                    port=str(number),
                    site=sites[span.device],
                    severity="critical" if rule == "down" else "warning",
                    opened=span.since,
                    words=Text(th="อุปกรณ์ไม่ตอบ", en="the device does not answer"),
                )
            ],
        )
    for alert, span in zip(open_alerts(conn), down, strict=True):
        if chance.random() < 0.7:
            acknowledge(conn, alert.id, "officer1", span.since + timedelta(minutes=9))
        clear_alerts(conn, (alert.id,), span.until)


def _summaries(context: Context, devices: tuple[Device, ...], period: Period, ports: int) -> None:
    files = ArchiveFiles(context.folder / "archive")
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": "2",
            "memory_limit": "1GB",
            "temp_directory": str(context.folder / "passing"),
        },
    )
    names = [(device.name, device.uplink or "uplink") for device in devices]
    connection.register(
        "names", pa.table({"device": [n for n, _ in names], "up": [u for _, u in names]})
    )
    entries: list[Entry] = []
    for month in period.months():
        days = [month.first + timedelta(days=n) for n in range((month.until - month.since).days)]
        key = f"{month.first:%Y-%m}"
        entries += _written(files, connection, "daily", key, days, ports)
        if month.since >= period.until - timedelta(days=365):
            for day in days:
                entries += _written(files, connection, "hourly", f"{day}", [day], HOURLY_PORTS)
    files.commit(files.manifest(), entries, [])


def _written(
    files: ArchiveFiles,
    connection: duckdb.DuckDBPyConnection,
    level: Level,
    key: str,
    days: list[date],
    ports: int,
) -> Iterator[Entry]:
    step = DAY if level == "daily" else HOUR
    first = int(datetime(days[0].year, days[0].month, days[0].day, tzinfo=UTC).timestamp()) - AHEAD
    count = len(days) * DAY // step
    for table in (PORTS, DEVICES):
        known = f"{step // 300}::SMALLINT"
        values = [f"{known} AS {m}_n" for m in table.metrics]
        values += [
            f"({_value(m)} * {share})::FLOAT AS {m}_{how}"
            for m in table.metrics
            for how, share in (("min", 0.2), ("avg", 1.0), ("max", 2.2))
        ]
        per = ports if table is PORTS else 1
        port = (
            "CASE port WHEN 0 THEN up ELSE 'port ' || port END AS port, " if table is PORTS else ""
        )
        last = ", 1000000000::BIGINT AS speed" if table is PORTS else ""
        sql = (
            f"SELECT device, {port}({first} + place * {step})::BIGINT AS time, {known} AS n, "
            f"{', '.join(values)}{last} FROM (FROM names LIMIT {_DEVICES_AT_ONCE} OFFSET ?), "
            f"range({per}) p(port), range({count}) t(place) ORDER BY device, port, time"
        )
        name = files.new_name(level, table.name, key)
        files.write(name, table, _parts(connection, sql), 30_720)
        told = tuple(str(day) for day in days) if level == "daily" else ()
        yield Entry(level, table.name, key, name, days=told)


def _parts(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[pa.Table]:
    """Some devices at a time, so that nothing has to be sorted on the disk."""
    (count,) = connection.sql("SELECT count(*) FROM names").fetchall()[0]
    for start in range(0, count, _DEVICES_AT_ONCE):
        yield connection.sql(sql, params=[start]).to_arrow_table()


def _value(metric: str) -> str:
    """Something that differs from port to port and hour to hour, in few steps."""
    busy = "((hash(device) + place * 7 + port) % 64)"
    made: dict[str, Callable[[], str]] = {
        "up": lambda: "(CASE WHEN port % 2 = 0 THEN 1 ELSE 0 END)",
        "in_bps": lambda: f"({busy} * 6000000)",
        "out_bps": lambda: f"({busy} * 2000000)",
        "clients": lambda: f"({busy} / 2)",
        "poe": lambda: f"({busy} + 100)",
        "poe_budget": lambda: "370",
    }
    return made[metric]() if metric in made else "0"


if __name__ == "__main__":
    main()
