"""Merging: fresh files into sorted ones, an ended day into one file and its summaries.

Rows pass through in groups of whole devices, so that memory does not grow with the day. Each step
ends with one commit of the manifest, so it happens wholly or not at all, and doing it again changes
nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from controller.store.archive.days import start_of
from controller.store.archive.files import ArchiveFiles, Entry, Manifest
from controller.store.archive.shapes import DAY, HOUR, TABLES, Table

_log = logging.getLogger(__name__)
_ROWS_AT_ONCE = 400_000
# Rows of a row group. Fewer rows mean less to unpack for one port and more footers to read: of
# 6,144 to 122,880 a month of hours was read quickest at this, cold and warm.
_GROUP = 61_440
_QUICK = "SELECT count(*), min(time), max(time), sum(hash(COLUMNS(*))) FROM read_parquet(?)"


class Folding:
    """Merges for whoever holds the archive's lock; `connection` is DuckDB's, for this alone."""

    def __init__(self, files: ArchiveFiles, connection: duckdb.DuckDBPyConnection) -> None:
        self._files = files
        self._connection = connection

    def gather(self, manifest: Manifest, day: str) -> Manifest:
        """Merge the fresh files of a day that is not over into one sorted file for each table."""
        added: list[Entry] = []
        taken: list[str] = []
        for table in TABLES.values():
            fresh = self._sound(self._files.fresh(manifest, day, table.name))
            if not fresh:
                continue
            name = self._files.new_name("raw", table.name, day)
            self._files.write(name, table, self._merged(table, _read(fresh)), _GROUP)
            added.append(Entry("raw", table.name, day, name))
            taken += fresh
        return self._files.commit(manifest, added, taken) if taken else manifest

    def fold(self, manifest: Manifest, day: str) -> Manifest:
        """Make one file of an ended day for each table, and its summaries by hour and day.

        What came late is taken in; the summaries are made anew from all that is known of the day.
        """
        added: list[Entry] = []
        taken: list[str] = []
        for table in TABLES.values():
            before = manifest.find("raw", table.name, {day})
            inputs = self._files.fresh(manifest, day, table.name) + [e.file for e in before]
            sound = self._sound(inputs)
            taken += inputs
            if not sound:
                continue
            made, hourly, month = self._fold_table(manifest, table, day, sound)
            added += made
            old = manifest.find("hourly", table.name, {day})
            taken += [e.file for e in (*old, *month)] + [hourly]
        return self._files.commit(manifest, added, taken) if taken else manifest

    def _fold_table(
        self, manifest: Manifest, table: Table, day: str, inputs: Sequence[str]
    ) -> tuple[list[Entry], str, list[Entry]]:
        """The new entries, a file to forget, and the month's entries they replace."""
        raw = self._files.new_name("raw", table.name, day)
        hourly = self._files.new_name("hourly", table.name, day)
        passing = self._files.new_name("daily", table.name, day)
        self._files.write(raw, table, self._merged(table, _read(inputs)), _GROUP)
        for name, seconds in ((hourly, HOUR), (passing, DAY)):
            self._files.write(name, table, self._summed_up(table, raw, seconds), _GROUP)
        month = day[:7]
        before = manifest.find("daily", table.name, {month})
        daily = self._files.new_name("daily", table.name, month)
        start = start_of(day)
        days = {day, *(known for e in before for known in e.days)}
        source = _read([passing])
        if before:
            others = _read([e.file for e in before])
            source = f"(SELECT * FROM {others} WHERE time <> {start} UNION ALL FROM {source})"  # noqa: S608
        self._files.write(daily, table, self._merged(table, source), _GROUP)
        made = [
            Entry("raw", table.name, day, raw, whole=True),
            Entry("hourly", table.name, day, hourly),
            Entry("daily", table.name, month, daily, days=tuple(sorted(days))),
        ]
        return made, passing, before

    def _sound(self, names: Sequence[str]) -> list[str]:
        """The files that can be read to the end; the others are set aside."""
        good: list[str] = []
        for name in names:
            try:
                self._ask(_QUICK, [[str(self._files.folder / name)]])
            except duckdb.Error:
                if (self._files.folder / name).exists():
                    self._files.set_aside(name)
            else:
                good.append(name)
        return good

    def _merged(self, table: Table, source: str) -> Iterator[pa.Table]:
        """All rows of `source` sorted, nothing twice, some devices at a time."""
        for first, last in self._groups(source):
            part = self._rows(
                f"SELECT * FROM {source} WHERE device BETWEEN ? AND ? ORDER BY {table.order}",  # noqa: S608
                [first, last],
            )
            yield _without_doubles(part, (*table.keys, "time"))

    def _summed_up(self, table: Table, raw: str, seconds: int) -> Iterator[pa.Table]:
        source = _read([raw])
        for first, last in self._groups(source):
            some = f"(FROM {source} WHERE device BETWEEN ? AND ?)"
            yield self._rows(table.summed_up(some, seconds), [first, last])

    def _groups(self, source: str) -> Iterator[tuple[str, str]]:
        """First and last device of each group of neighbours."""
        counted = self._ask(
            f"SELECT device, count(*) FROM {source} GROUP BY device ORDER BY device",  # noqa: S608
            [],
        )
        first, last, rows = "", "", 0
        for device, count in counted:
            if rows and rows + count > _ROWS_AT_ONCE:
                yield first, last
                rows = 0
            first = first if rows else device
            last = device
            rows += count
        if rows:
            yield first, last

    def _ask(self, sql: str, values: list[object]) -> list[Any]:
        return self._connection.execute(self._placed(sql), values).fetchall()

    def _rows(self, sql: str, values: list[object]) -> pa.Table:
        return self._connection.sql(self._placed(sql), params=values).to_arrow_table()

    def _placed(self, sql: str) -> str:
        return sql.replace("{folder}", str(self._files.folder).replace("'", "''"))


def _read(names: Sequence[str]) -> str:
    """SQL for the rows of files below the archive's folder, which is filled in later."""
    return "read_parquet([" + ", ".join(f"'{{folder}}/{name}'" for name in names) + "])"


def _without_doubles(part: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Sorted rows without those whose keys are those of the row before."""
    if part.num_rows < 2:
        return part
    same = None
    for key in reversed(keys):  # the time differs most often
        column = part[key]
        equal = pc.equal(column.slice(1), column.slice(0, part.num_rows - 1))
        same = equal if same is None else pc.and_(same, equal)
    if not pc.any(same).as_py():
        return part
    keep = pa.chunked_array([pa.array([True]), *pc.invert(same).chunks])
    return part.filter(keep)
