"""Which database a data folder of the tests has: a SQLite file, or its own on PostgreSQL.

`KHAEN_TEST_POSTGRES` (make test-postgres) moves every test to PostgreSQL: each data folder gets a
database of its own, copied from a template. Programs the tests start learn of it from `SERVER`,
which stays where a test takes every KHAEN_ variable away; `tests/everywhere` puts it in force.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from controller.store.playbook_tables import metadata

SERVER = "TESTS_ON_POSTGRESQL"
TEMPLATE = "khaen_template"


def on_postgresql() -> bool:
    """Whether the tests of this process use PostgreSQL for everything."""
    return SERVER in os.environ


def database_in(folder: Path) -> str:
    """The address of the database of a data folder, made with its tables at its first use."""
    return instead_of(f"sqlite:///{folder / 'khaen.db'}")


def kept_in(folder: Path) -> bytes:
    """Everything the database of a data folder holds, to look for what must not be in it."""
    url = database_in(folder)
    if url.startswith("sqlite"):
        return b"".join(path.read_bytes() for path in sorted(folder.glob("khaen.db*")))
    with psycopg.connect(url) as connection:
        return b"".join(
            value if isinstance(value, bytes) else str(value).encode()
            for table in metadata.sorted_tables
            for row in connection.execute(f'SELECT * FROM "{table.name}"'.encode())
            for value in row
        )


def take_databases(app: Any) -> None:
    """Let the wired program, the module `controller.app`, take the databases of the tests."""
    named = app._Wiring.database_url
    app._Wiring.database_url = lambda wiring: instead_of(named(wiring))


def instead_of(url: str) -> str:
    """The address to use where a program would take this one: another only for SQLite files."""
    parsed = make_url(url)
    if not on_postgresql() or parsed.get_backend_name() != "sqlite":
        return url
    return _made(os.path.realpath(str(parsed.database)))


def drop_below(folder: Path) -> None:
    """Drop the databases of every data folder below this one."""
    for note in _notes().iterdir():
        if Path(note.read_text(encoding="utf-8")).is_relative_to(os.path.realpath(folder)):
            _run(f"DROP DATABASE IF EXISTS {note.name} WITH (FORCE)")
            note.unlink()
    _made.cache_clear()


@cache
def _made(path: str) -> str:
    name = f"t_{hashlib.sha256(path.encode()).hexdigest()[:24]}"
    note = _notes() / name
    if not note.exists():
        # Another process of the same test may be quicker.
        with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            _run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        note.write_text(path, encoding="utf-8")
    return os.environ[SERVER].replace("/postgres?", f"/{name}?")


def _notes() -> Path:
    host = str(make_url(os.environ[SERVER]).query["host"])
    folder = Path(host) / "made"
    folder.mkdir(exist_ok=True)
    return folder


def _run(statement: str) -> None:
    with psycopg.connect(os.environ[SERVER], autocommit=True) as connection:
        connection.execute(statement.encode())
