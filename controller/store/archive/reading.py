"""Questions to the archive, answered by DuckDB from the files that count."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from controller.errors import StoreError, Text
from controller.store.archive.days import days_between, start_of
from controller.store.archive.files import ArchiveFiles, Entry
from controller.store.archive.series import RESOLUTION, Point
from controller.store.archive.shapes import DAY, Level, Wanted

T = TypeVar("T")
_log = logging.getLogger(__name__)
# A file may be merged away between being listed and being opened: list again.
_TRIES = 4
MEMORY = "256MB"
# Fresh files that may be opened for nothing, and how many are remembered.
_FEW, _REMEMBERED = 8, 5000


class Connections:
    """One DuckDB in memory, and of it a connection for each thread.

    It remembers the footers of files it has read, which makes a graph four times as quick.
    """

    def __init__(self, folder: Path, threads: int = 2) -> None:
        self._folder = folder
        self._threads = threads
        self._guard = threading.Lock()
        self._whole: duckdb.DuckDBPyConnection | None = None
        self._mine = threading.local()

    def get(self) -> duckdb.DuckDBPyConnection:
        """The connection of this thread."""
        mine: duckdb.DuckDBPyConnection | None = getattr(self._mine, "connection", None)
        if mine is None:
            with self._guard:
                if self._whole is None:
                    self._whole = opened(self._folder, self._threads)
                    self._whole.execute("SET parquet_metadata_cache = true")
                mine = self._whole.cursor()
            self._mine.connection = mine
        return mine

    def close(self) -> None:
        """Let everything go."""
        with self._guard:
            if self._whole is not None:
                self._whole.close()
            self._whole = None
            self._mine = threading.local()


def opened(folder: Path, threads: int) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own, in memory, which reads no other settings and loads no extensions."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": str(threads),
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "passing"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    connection.execute("SET preserve_insertion_order = false")
    return connection


@dataclass(frozen=True)
class Source:
    """Files of one level, and the moments they are asked for."""

    level: Level
    files: tuple[str, ...]
    since: int
    until: int


class Reading:
    """Reads the archive; safe in several threads."""

    def __init__(self, files: ArchiveFiles, connections: Connections) -> None:
        self._files = files
        self._connections = connections
        self._holders: dict[str, frozenset[str]] = {}

    def sources(self, table: str, since: int, until: int, level: Level) -> list[Source]:
        """Where the moments from `since` to `until` are told best for `level`.

        A day is read from one level only: from the wanted one, or where the day is not there (not
        summed up yet, or kept no longer) from the next finer one, then from coarser ones.
        """
        days = days_between(since, until)
        listed = {day: self._files.listed(day, table) for day in days if self._has_fresh(day)}
        manifest = self._files.manifest()
        kept: dict[Level, dict[str, list[Entry]]] = {
            "raw": _by_period(manifest.find("raw", table, set(days))),
            "hourly": _by_period(manifest.find("hourly", table, set(days))),
            "daily": _by_period(manifest.find("daily", table, {day[:7] for day in days})),
        }
        fresh = {d: [f for f in names if f not in manifest.gone] for d, names in listed.items()}
        found: list[Source] = []
        for day in days:
            named = _best(day, level, kept, fresh.get(day, ()))
            if named is None:
                continue
            begin = max(start_of(day), since)
            end = min(start_of(day) + DAY, until)
            last = found[-1] if found else None
            if last and last.level == named[0] and last.until == begin:
                both = tuple(dict.fromkeys((*last.files, *named[1])))
                found[-1] = Source(named[0], both, last.since, end)
            else:
                found.append(Source(named[0], tuple(named[1]), begin, end))
        return found

    def _has_fresh(self, day: str) -> bool:
        return (self._files.folder / "fresh" / day).is_dir()

    def points(
        self, asked: Sequence[Wanted], source: Source, damaged: set[str]
    ) -> list[list[Point]]:
        """What the files tell of each series; all are of one table and have the same keys.

        Files that cannot be read are added to `damaged`.
        """
        table, keys = asked[0].table, asked[0].keys
        told = ["time"]
        for one in asked:
            if source.level == "raw":
                value = table.metrics[one.metric]
                told.append(f"{value}, ({value} IS NOT NULL)::INTEGER")
            else:
                told += [f"{one.metric}_{how}" for how in ("min", "avg", "max", "n")]
        where = " AND ".join(f"{key} = ?" for key in table.keys)
        sql = (
            f"SELECT {', '.join(told)} FROM read_parquet(?) "  # noqa: S608
            f"WHERE {where} AND time >= ? AND time < ? ORDER BY time"
        )
        since = source.since - RESOLUTION[source.level] + 1  # a period stands at its beginning
        files = [*source.files]
        if source.level == "raw":
            files = self._holding(keys[0], files, damaged)
        rows = self.ask(sql, files, [*keys, since, source.until], damaged)
        if source.level == "raw":
            return [
                [Point(r[0], r[p], r[p], r[p], 1) for r in rows if r[p + 1]]
                for p in range(1, 1 + 2 * len(asked), 2)
            ]
        return [
            [Point(r[0], r[p], r[p + 1], r[p + 2], r[p + 3]) for r in rows if r[p + 3]]
            for p in range(1, 1 + 4 * len(asked), 4)
        ]

    def _holding(self, device: str, files: Sequence[str], damaged: set[str]) -> list[str]:
        """The files that tell of the device.

        A poll leaves a file for each share of the devices, 192 an hour: opening them all for every
        graph would take longer than everything else. So each is asked once whom it holds.
        """
        fresh = [name for name in files if name.startswith("fresh/")]
        holding = self._holders
        new = [name for name in fresh if name not in holding]
        if len(new) > _FEW:
            root = f"{self._files.folder}/"
            sql = "SELECT DISTINCT filename, device FROM read_parquet(?, filename = true)"
            found: dict[str, set[str]] = {name: set() for name in new}
            for path, held in self.ask(sql, new, [], damaged):
                found.setdefault(path.removeprefix(root), set()).add(held)
            if len(holding) > _REMEMBERED:
                holding.clear()
            holding.update({name: frozenset(held) for name, held in found.items()})
        return [
            name
            for name in files
            if name not in damaged and (name not in holding or device in holding[name])
        ]

    def ask(
        self, sql: str, files: Sequence[str], values: Sequence[object], damaged: set[str]
    ) -> list[Any]:
        """Rows of a question whose first parameter is the list of files.

        When one cannot be read, each is asked alone, so that only the broken one is missing.
        """
        if not files:
            return []
        whole = [str(self._files.folder / name) for name in files]
        connection = self._connections.get()
        try:
            return connection.execute(sql, [whole, *values]).fetchall()
        except duckdb.Error as error:
            gone = [name for name in files if not (self._files.folder / name).exists()]
            if gone:
                raise VanishedError(gone[0]) from error
            if len(files) > 1:
                return [row for name in files for row in self.ask(sql, [name], values, damaged)]
            _log.warning("the archive's file %s cannot be read: %s", files[0], error)
            damaged.add(files[0])
            return []

    def steadily(self, question: Callable[[], T]) -> T:
        """The answer to a question that lists files itself, asked again when one was merged away.

        Errors: `StoreError`.
        """
        for _ in range(_TRIES):
            try:
                return question()
            except VanishedError as error:
                missing = str(error)
        raise StoreError(
            Text(
                th=f"คลังค่าที่วัดขาดแฟ้ม {missing}",
                en=f"the archive lacks its file {missing}",
            ),
            hint=Text(
                th="กู้คืนโฟลเดอร์ archive จากสำเนาสำรอง",
                en="restore the folder archive from a backup",
            ),
        )


class VanishedError(Exception):
    """A file was there when the files were listed, and is not any more."""


def _best(
    day: str, level: Level, kept: Mapping[Level, Mapping[str, list[Entry]]], fresh: Sequence[str]
) -> tuple[Level, list[str]] | None:
    """The level a day is read from, and its files."""
    raw = kept["raw"].get(day, [])
    hourly = kept["hourly"].get(day, [])
    daily = [entry for entry in kept["daily"].get(day[:7], []) if day in entry.days]
    # Rows no summary knows of yet; what came after the raw ones were purged is not waited for.
    is_folded = not fresh and all(entry.whole for entry in raw)
    rows: tuple[Level, list[str]] = ("raw", [*(e.file for e in raw), *fresh])
    hours: tuple[Level, list[str]] = ("hourly", [e.file for e in hourly])
    wholes: tuple[Level, list[str]] = ("daily", [e.file for e in daily])
    if not is_folded and (raw or not hourly):
        order = (rows, hours, wholes)
    else:
        order = {
            "raw": ((rows if raw else hours), hours, wholes),
            "hourly": (hours, rows, wholes),
            "daily": (wholes, hours, rows),
        }[level]
    return next((one for one in order if one[1]), None)


def _by_period(entries: Collection[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.period, []).append(entry)
    return found
