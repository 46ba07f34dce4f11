"""The archive of one installation: what polls append, graphs read and the worker keeps small."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from controller.errors import StoreError, Text
from controller.health.observed import Observed
from controller.settings import Health
from controller.store.archive import lines, rows, totals
from controller.store.archive.days import day_of
from controller.store.archive.files import ArchiveFiles, Manifest
from controller.store.archive.folding import Folding
from controller.store.archive.percentiles import Percentile, percentiles
from controller.store.archive.reading import Connections, Reading, opened
from controller.store.archive.series import Series
from controller.store.archive.shapes import Level, wanted
from controller.store.archive.totals import Total

_log = logging.getLogger(__name__)
# A poll that began before midnight may end after it.
_GRACE = timedelta(minutes=15)
_LEVELS: tuple[Level, ...] = ("raw", "hourly", "daily")


@dataclass(frozen=True)
class Kept:
    """One level of the archive: its first and last day or month, files and bytes."""

    level: str
    first: str
    last: str
    files: int
    size: int


class Archive:
    """The archive in `folder`, which is made by the first append.

    Several processes may append at the same time, and one of them merges. Safe in several threads.
    `poll_seconds`: how far samples lie apart, so that no graph is finer than that.
    """

    def __init__(self, folder: Path, poll_seconds: int = 300) -> None:
        self._files = ArchiveFiles(folder)
        self._connections = Connections(folder)
        self._reading = Reading(self._files, self._connections)
        self._poll_seconds = poll_seconds

    def close(self) -> None:
        """Let go of DuckDB."""
        self._connections.close()

    def append(self, batch: Sequence[Observed]) -> None:
        """Keep what one poll of some devices came to; once it returns it is on the disk.

        Errors: `StoreError` when the disk is full or the folder may not be written to.
        """
        try:
            for day, some in rows.by_day(batch).items():
                for table, content in rows.tables(some).items():
                    self._files.add_fresh(day, table, content)
        except OSError as error:
            raise _trouble(self._files.folder, error) from error

    def keep_house(self, now: datetime, health: Health) -> bool:
        """Merge, sum up, and forget what is older than the settings say: once an hour.

        False when another process is at it. Errors: `StoreError`.
        """
        return self.compact(now) and self.purge(now, health) is not None

    def compact(self, now: datetime) -> bool:
        """Merge what polls wrote; an ended day gets its summaries. False: another process is at it.

        Killed at any moment, nothing is lost or doubled. Errors: `StoreError`.
        """
        folder = self._files.folder
        if not folder.exists():
            return True
        try:
            with self._files.alone() as alone:
                if alone:
                    self._compact(day_of(int((now - _GRACE).timestamp())))
                return alone
        except OSError as error:
            raise _trouble(folder, error) from error
        finally:
            shutil.rmtree(folder / "passing", ignore_errors=True)

    def _compact(self, today: str) -> None:
        manifest = self._files.manifest()
        self._files.sweep(manifest)
        connection = opened(self._files.folder, threads=1)
        try:
            folding = Folding(self._files, connection)
            unfolded = {e.period for e in manifest.entries if e.level == "raw" and not e.whole}
            for day in sorted(unfolded | set(self._files.fresh_days())):
                if day >= today:
                    manifest = folding.gather(manifest, day)
                elif _may_fold(manifest, day):
                    manifest = folding.fold(manifest, day)
        finally:
            connection.close()

    def purge(self, now: datetime, health: Health, *, dry_run: bool = False) -> list[str] | None:
        """Forget what is kept no longer; gives the files. None: another process is at it.

        `dry_run`: only say which. Errors: `StoreError`.
        """
        if not self._files.folder.exists():
            return []
        try:
            with self._files.alone() as alone:
                return self._purge(now, health, dry_run) if alone else None
        except OSError as error:
            raise _trouble(self._files.folder, error) from error

    def _purge(self, now: datetime, health: Health, dry_run: bool) -> list[str]:
        days = {
            "raw": health.keep_days,
            "hourly": health.keep_hourly_days,
            "daily": health.keep_daily_days,
        }
        first = {
            level: day_of(int((now - timedelta(days=kept)).timestamp()))
            for level, kept in days.items()
        }
        first["daily"] = first["daily"][:7]
        manifest = self._files.manifest()
        # Samples of a day that has no summary yet are not forgotten, however old.
        old = [
            e.file
            for e in manifest.entries
            if e.period < first[e.level] and (e.level != "raw" or e.whole)
        ]
        old += [
            file
            for day in self._files.fresh_days()
            if day < first["raw"] and not _may_fold(manifest, day)
            for table in ("devices", "ports", "sensors")
            for file in self._files.fresh(manifest, day, table)
        ]
        if old and not dry_run:
            self._files.commit(manifest, (), old)
        return old

    def series(
        self,
        device: str,
        metric: str,
        port: str | None,
        since: datetime,
        until: datetime,
        points: int = 400,
    ) -> Series:
        """One metric in about `points` buckets, from the files that tell it best.

        `port`: a port, or a sensor where the metric is a kind of sensor; None for the device's own.
        Errors: `InputError` for a metric there is not, `StoreError`.
        """
        return self.lines(device, (metric,), port, since, until, points)[0]

    def lines(
        self,
        device: str,
        metrics: Sequence[str],
        port: str | None,
        since: datetime,
        until: datetime,
        points: int = 400,
    ) -> tuple[Series, ...]:
        """Several metrics of the same device or port, in the same buckets. Errors: as `series`."""
        asked = [wanted(device, metric, port) for metric in metrics]
        begin = int(since.timestamp())
        end = max(int(until.timestamp()), begin + 1)
        found = self._reading.steadily(
            lambda: lines.lines(self._reading, asked, begin, end, points, self._poll_seconds)
        )
        return tuple(
            replace(one, metric=metric) for one, metric in zip(found, metrics, strict=True)
        )

    def totals(
        self,
        metric: str,
        since: datetime,
        until: datetime,
        *,
        ports: bool = False,
        devices: Collection[str] | None = None,
    ) -> list[Total]:
        """Mean and peak of a metric of every device, or with `ports` of every port, over a period.

        Errors: `InputError` for a metric there is not, `StoreError`.
        """
        asked = wanted("", metric, "" if ports else None)
        span = int(since.timestamp()), int(until.timestamp())
        return self._reading.steadily(
            lambda: totals.totals(self._reading, asked, *span, devices, set())
        )

    def worst(
        self,
        metric: str,
        since: datetime,
        until: datetime,
        *,
        ports: bool = False,
        devices: Collection[str] | None = None,
        most: int = 10,
    ) -> list[Total]:
        """The `most` devices or ports with the highest mean, highest first. Errors: as `totals`."""
        found = self.totals(metric, since, until, ports=ports, devices=devices)
        known = [total for total in found if total.mean is not None]
        return sorted(known, key=lambda total: -(total.mean or 0.0))[:most]

    def percentile(
        self,
        device: str,
        metric: str,
        port: str | None,
        since: datetime,
        until: datetime,
        share: float = 0.95,
    ) -> float | None:
        """Below which value `share` of the hours' means lie; None when nothing is known.

        Errors: `InputError` for a metric there is not, `StoreError`.
        """
        asked = wanted(device, metric, port)
        begin, end = int(since.timestamp()), int(until.timestamp())
        return self._reading.steadily(
            lambda: totals.percentile(self._reading, asked, begin, end, share)
        )

    def percentiles(
        self,
        metric: str,
        since: datetime,
        until: datetime,
        *,
        devices: Collection[str],
        ports: Collection[str] | None = None,
        share: float = 0.95,
    ) -> list[Percentile]:
        """As `percentile`, of many devices at once, or of their ports of these names.

        Errors: `InputError` for a metric there is not, `StoreError`.
        """
        asked = wanted("", metric, None if ports is None else "")
        begin, end = int(since.timestamp()), int(until.timestamp())
        return self._reading.steadily(
            lambda: percentiles(self._reading, asked, begin, end, devices, ports or (), share)
        )

    def kept(self) -> list[Kept]:
        """What there is by level; `fresh` is what was not merged yet. Errors: `StoreError`."""
        manifest = self._files.manifest()
        found: list[Kept] = []
        fresh = [
            (day, file)
            for day in self._files.fresh_days()
            for table in ("devices", "ports", "sensors")
            for file in self._files.fresh(manifest, day, table)
        ]
        levels: dict[str, list[tuple[str, str]]] = {"fresh": fresh}
        for level in _LEVELS:
            levels[level] = [(e.period, e.file) for e in manifest.entries if e.level == level]
        for name, files in levels.items():
            if files:
                periods = [period for period, _ in files]
                size = sum(self._size(file) for _, file in files)
                found.append(Kept(name, min(periods), max(periods), len(files), size))
        return found

    def _size(self, file: str) -> int:
        try:
            return (self._files.folder / file).stat().st_size
        except FileNotFoundError:
            return 0


def _may_fold(manifest: Manifest, day: str) -> bool:
    """Whether a day's summaries can be made from what there is of it.

    What comes after the day's samples were forgotten (a clock far behind) is too little for that.
    """
    return day in manifest.periods("raw") or day not in manifest.summed_up()


def _trouble(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        Text(
            th=f"อ่านหรือเขียนคลังค่าที่วัด {folder} ไม่ได้: {error.strerror}",
            en=f"cannot read or write the archive {folder}: {error.strerror}",
        ),
        hint=Text(
            th="ตรวจสิทธิ์ของโฟลเดอร์ และพื้นที่ว่างของดิสก์",
            en="check the permissions of the folder and the free space of the disk",
        ),
    )
