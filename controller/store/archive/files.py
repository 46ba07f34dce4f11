"""The files of the archive and the list of those that count.

Polls add files to `fresh` and ask nobody. Everything else is changed by one process at a time, who
holds the lock: it writes its files, then replaces `manifest.json` in one step, which makes them
count and what they were made of not, and only then deletes. A kill between any two steps leaves
either the old state or the new one, and files that do not count, which the next one removes.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from controller.errors import StoreError, Text
from controller.store.archive.shapes import Level, Table

_log = logging.getLogger(__name__)
_MANIFEST = "manifest.json"
_STALE_SECONDS = 3600
_MERGED = ("raw", "hourly", "daily")


@dataclass(frozen=True)
class Entry:
    """A merged file that counts: `file` below the archive, of a day (`daily`: a month).

    `whole`: a raw file that holds all of its ended day. `days` are those a month tells of.
    """

    level: Level
    table: str
    period: str
    file: str
    whole: bool = False
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """What counts, and the files taken in by it that may still lie around."""

    entries: tuple[Entry, ...] = ()
    gone: frozenset[str] = frozenset()

    def find(self, level: Level, table: str, periods: Collection[str]) -> list[Entry]:
        """The entries of these days or months."""
        return [
            e for e in self.entries if e.level == level and e.table == table and e.period in periods
        ]

    def summed_up(self) -> set[str]:
        """The days the months tell of."""
        return {day for e in self.entries for day in e.days}

    def periods(self, level: Level) -> set[str]:
        """The days or months there are at a level."""
        return {e.period for e in self.entries if e.level == level}


class ArchiveFiles:
    """The folder of one archive; made when it is first written to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add_fresh(self, day: date, table: str, rows: pa.Table) -> None:
        """Keep rows of a poll: once it returns they are on the disk, whole. Raises `OSError`."""
        folder = self.folder / "fresh" / day.isoformat()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{table}-{time.time_ns()}-{secrets.token_hex(4)}.parquet"
        passing = folder / f".{name}"
        with passing.open("xb") as out:
            pq.write_table(rows, out, compression="zstd", compression_level=1)
        settle(passing, folder / name)

    def fresh(self, manifest: Manifest, day: str, table: str) -> list[str]:
        """The fresh files of a day no merged one has taken in.

        List before reading the manifest, else what is merged in between is missed: `listed`.
        """
        return [f for f in self.listed(day, table) if f not in manifest.gone]

    def listed(self, day: str, table: str) -> list[str]:
        """Every fresh file of a day and table, below the archive's folder."""
        try:
            with os.scandir(self.folder / "fresh" / day) as found:
                names = sorted(e.name for e in found if e.name.startswith(f"{table}-"))
        except FileNotFoundError:
            return []
        return [f"fresh/{day}/{name}" for name in names if name.endswith(".parquet")]

    def fresh_days(self) -> list[str]:
        """The days that have a folder of fresh files."""
        return sorted(p.name for p in (self.folder / "fresh").glob("????-??-??"))

    def manifest(self) -> Manifest:
        """What counts now. Errors: `StoreError` when the list is damaged."""
        file = self.folder / _MANIFEST
        try:
            kept = json.loads(file.read_bytes())
            entries = tuple(
                Entry(**{**entry, "days": tuple(entry["days"])}) for entry in kept["entries"]
            )
            return Manifest(entries, frozenset(kept["gone"]))
        except FileNotFoundError:
            return Manifest()
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(
                Text(
                    th=f"สารบัญของคลังค่าที่วัด {file} เสียหาย",
                    en=f"the archive's list of files {file} is damaged",
                ),
                hint=Text(
                    th="กู้คืนแฟ้มนี้จากสำเนาสำรอง ระหว่างนี้การสำรวจยังเก็บค่าต่อไปตามปกติ",
                    en="restore it from a backup; polls go on keeping what they measure meanwhile",
                ),
            ) from error

    def commit(self, before: Manifest, added: Sequence[Entry], taken: Collection[str]) -> Manifest:
        """From now on `added` count and the files `taken` do not; they are deleted then."""
        still = {name for name in before.gone if (self.folder / name).exists()}
        now = Manifest(
            tuple(e for e in before.entries if e.file not in taken) + tuple(added),
            frozenset(still | set(taken)),
        )
        content = {"entries": [asdict(e) for e in now.entries], "gone": sorted(now.gone)}
        passing = self.folder / f".{_MANIFEST}"
        passing.write_text(json.dumps(content), encoding="utf-8")
        settle(passing, self.folder / _MANIFEST)
        self.delete(taken)
        return now

    def delete(self, names: Collection[str]) -> None:
        """Remove files; those that are gone already do not matter."""
        for name in sorted(names):
            (self.folder / name).unlink(missing_ok=True)

    def new_name(self, level: Level, table: str, period: str) -> str:
        """A name for a merged file nobody else has."""
        within = {"raw": period, "hourly": period[:7], "daily": period[:4]}[level]
        folder = self.folder / level / within
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return f"{level}/{within}/{period}-{table}-{secrets.token_hex(6)}.parquet"

    def write(self, name: str, table: Table, parts: Iterator[pa.Table], rows: int) -> int:
        """Write sorted parts as one merged file, `rows` to a row group; gives their number."""
        path = self.folder / name
        passing = path.with_name(f".{path.name}")
        total = 0
        writer = None
        for part in parts:
            if writer is None:
                writer = pq.ParquetWriter(
                    passing,
                    part.schema,
                    compression="zstd",
                    compression_level=3,
                    use_dictionary=[*table.keys, "oper", "speed", "state"],
                )
            writer.write_table(part, row_group_size=rows)
            total += part.num_rows
        if writer is not None:
            writer.close()
            settle(passing, path)
        return total

    def sweep(self, manifest: Manifest) -> None:
        """Remove what does not count: leftovers of a process that was killed. Hold the lock."""
        self.delete([name for name in manifest.gone if (self.folder / name).exists()])
        counting = {e.file for e in manifest.entries}
        for level in _MERGED:
            for path in (self.folder / level).glob("*/*"):
                if path.relative_to(self.folder).as_posix() not in counting:
                    path.unlink(missing_ok=True)
        old = time.time() - _STALE_SECONDS
        for path in (self.folder / "fresh").glob("*/.*"):
            if path.stat().st_mtime < old:
                path.unlink(missing_ok=True)
        for level in ("fresh", *_MERGED):
            for folder in (self.folder / level).glob("*"):
                if folder.stat().st_mtime < old:  # else somebody may be about to write into it
                    remove_empty(folder)

    def set_aside(self, name: str) -> None:
        """Put a damaged file where nobody reads it, and say so in the log."""
        aside = self.folder / "damaged"
        aside.mkdir(mode=0o700, exist_ok=True)
        (self.folder / name).replace(aside / name.replace("/", "-"))
        _log.error("the archive's file %s is damaged; it lies in %s now", name, aside)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """True while nobody else changes merged files; False at once when somebody does."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("wb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True


def settle(passing: Path, place: Path) -> None:
    """Give a written file its name, all or nothing, also when the machine stops."""
    handle = os.open(passing, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    passing.replace(place)


def remove_empty(folder: Path) -> None:
    """Remove the folder when nothing is in it."""
    try:
        folder.rmdir()
    except OSError:
        return  # somebody has put something in
