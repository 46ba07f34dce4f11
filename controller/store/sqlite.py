"""SQLite as we want it: WAL, every commit on the disk, foreign keys, one writing connection."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from controller.errors import StoreError, Text

# How long a statement waits for another process that is writing.
WAIT_SECONDS = 60
_READERS = 8


def sqlite_engine(url: URL, *, writes: bool) -> Engine:
    """An engine with one connection that writes, or with many that can only read.

    The one writer keeps its prepared statements warm; whoever uses it must take turns.
    """
    engine = create_engine(
        url,
        pool_size=1 if writes else _READERS,
        max_overflow=0 if writes else 200,
        connect_args={"timeout": WAIT_SECONDS, "isolation_level": None},
        hide_parameters=True,
    )
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if not writes:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def file_of(url: str) -> Path | None:
    """The file a SQLAlchemy URL of SQLite names; None for any other address."""
    path = url.removeprefix("sqlite:///")
    return None if path == url else Path(path)


def looks_whole(connection: Connection) -> bool:
    """Whether SQLite finds its pages in order; it reads all of them."""
    return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"


def keep_copy(connection: Connection, name: str) -> Path:
    """Copy the database, as it was last committed, to `name` beside it; for its owner alone.

    The copy is whole or not there, and replaces one of that name. Errors: `StoreError`.
    """
    files = connection.exec_driver_sql("PRAGMA database_list").all()
    path = next(Path(file) for _, which, file in files if which == "main")
    place, passing = path.with_name(name), path.with_name(f".{name}.new")
    try:
        passing.unlink(missing_ok=True)
        os.close(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(passing)) as copy:
            source.backup(copy)
        passing.replace(place)
    except (OSError, sqlite3.Error) as error:
        passing.unlink(missing_ok=True)
        raise StoreError(
            Text(
                th=f"เก็บสำเนาฐานข้อมูลก่อนปรับรุ่นไม่ได้ ({place}: {error}) จึงยังไม่ปรับรุ่น",
                en=f"the database cannot be copied before it is upgraded ({place}: {error}), "
                "so it is left as it is",
            ),
            hint=Text(
                th="ตรวจพื้นที่ว่างของดิสก์และสิทธิ์ของโฟลเดอร์ข้อมูล แล้วทำใหม่",
                en="check the free space of the disk and the folder's permissions, then repeat",
            ),
        ) from error
    return place


def prepare_file(url: URL) -> None:
    """Make the folder and the empty database file, for their owner alone. Errors: `StoreError`."""
    path = Path(url.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(
            Text(
                th=f"เปิดแฟ้มฐานข้อมูล {path} ไม่ได้: {error.strerror}",
                en=f"cannot open the database file {path}: {error.strerror}",
            ),
            hint=Text(
                th="ตรวจสิทธิ์ของโฟลเดอร์ข้อมูล และพื้นที่ว่างของดิสก์",
                en="check the permissions of the data folder and the free space of the disk",
            ),
        ) from error


def use_wal(connection: sqlite3.Connection) -> None:
    """Turn WAL on, waiting for others: of two that do so in a new file SQLite refuses one at once.

    Errors: `sqlite3.OperationalError` for another reason, or when it stays locked.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
