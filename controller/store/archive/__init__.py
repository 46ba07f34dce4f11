"""Samples of the polls: Parquet files by day, written with PyArrow and read with DuckDB.

A day is the day in Thailand, for that is what people ask about and what a report counts; UTC+7 is a
whole number of hours, so that hours are the same everywhere. Times in the files are seconds since
1970 (UTC), what is unknown is NULL.

    fresh/2026-11-27/    what the polls wrote, a file per call and table, until it is merged
    raw/2026-11-27/      merged: sorted by device, port and time
    hourly/2026-11/      each ended day by hours: count, min, mean, max of every metric
    daily/2026/          each month by days
    manifest.json        which merged files count, and which fresh ones they have taken in
    damaged/             what nobody could read
"""

from controller.store.archive.archive import Archive

__all__ = ["Archive"]
