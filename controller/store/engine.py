"""Opening the database, and its transactions: many readers, writers one after the other."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from controller.errors import InputError, Text
from controller.store.audit_keeper import AuditKeeper
from controller.store.audit_log import Writing
from controller.store.failures import translated
from controller.store.migrations.upgrade import HEAD, is_current, revision_of, upgrade
from controller.store.sqlite import keep_copy, prepare_file, sqlite_engine
from controller.store.turns import Turns

# Others hold a connection only to hand it on; they get its type from here.
__all__ = ["Connection", "Dialect", "Store", "open_store"]

Dialect = Literal["sqlite", "postgresql"]
# Any fixed number will do, as long as nothing else in the same database uses it.
AUDIT_LOCK = 0x6B6861656E
_POOL = 20
_log = logging.getLogger(__name__)
_ALLOWED = ("sqlite:///PATH", "postgresql://USER:PASSWORD@HOST/NAME")


class Store:
    """One database. Made by `open_store`; safe to share between threads, not between processes."""

    def __init__(self, url: URL, keeper: AuditKeeper | None) -> None:
        self.keeper = keeper
        self.where = url.render_as_string(hide_password=True)
        self.dialect: Dialect = "sqlite" if url.get_backend_name() == "sqlite" else "postgresql"
        self._turns = Turns()
        if self.dialect == "sqlite":
            self._writer = sqlite_engine(url, writes=True)
            self._reader = sqlite_engine(url, writes=False)
        else:
            self._writer = _postgresql_engine(url)
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        weakref.finalize(self, _dispose, self._writer, self._reader)

    def __repr__(self) -> str:
        return f"Store({self.where!r})"

    @contextmanager
    def begin(self, *, audited: bool = True) -> Iterator[Connection]:
        """A write transaction: committed at the end, rolled back when anything is raised.

        Do not nest, and do nothing slow inside. On SQLite writers take turns. On PostgreSQL those
        with `audited` do, as the audit log is one chain; `audited=False` lets writers overlap but
        `audit_log.append` then raises. After the commit the new head of the audit log is anchored.
        Errors: `StoreError`.
        """
        writing = Writing(self.keeper, audited)
        with self._said_plainly():
            if self.dialect == "sqlite":
                with self._turns, self._transaction(writing) as connection:
                    yield connection
            else:
                with self._transaction(writing) as connection:
                    if audited:
                        connection.execute(_TAKE_AUDIT_LOCK)
                    yield connection

    @contextmanager
    def _transaction(self, writing: Writing) -> Iterator[Connection]:
        with self._writer.connect() as connection:
            with connection.begin():
                connection.info["writing"] = writing
                try:
                    yield connection
                finally:
                    del connection.info["writing"]
            if writing.head and self.keeper:
                self.keeper.anchor(writing.head)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read-only transaction that sees one moment of the database. Errors: `StoreError`."""
        with self._said_plainly(), self._reader.connect() as connection, connection.begin():
            yield connection

    def migrate(self) -> None:
        """Bring the tables up to date; quick when they are. Safe when many processes start at once.

        Of a SQLite file with older tables a copy is kept beside it first; PostgreSQL is for whoever
        looks after that server to copy. Errors: `StoreError`, also when the database was written by
        a newer version.
        """
        with self.read() as connection:
            if is_current(connection):
                return
        with self.begin() as connection:
            before = revision_of(connection)
            if before is not None and before < HEAD and self.dialect == "sqlite":
                copy = keep_copy(connection, f"khaen-before-{HEAD}.db")
                _log.warning("the database is upgraded to %s; a copy is kept: %s", HEAD, copy)
            upgrade(connection)

    def close(self) -> None:
        """Close every connection. The store can be used again after it."""
        _dispose(self._writer, self._reader)

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            problem = translated(error, self.where)
            if problem is None:
                raise
            raise problem from error


_TAKE_AUDIT_LOCK = text(f"SELECT pg_advisory_xact_lock({AUDIT_LOCK})")


def open_store(url: str, keeper: AuditKeeper | None = None) -> Store:
    """The database at a SQLAlchemy URL: `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`.

    `keeper` seals what is appended to the audit log and anchors its head; without one the log is
    written all the same, and its verification will say that nobody vouches for it. Nothing is
    created but the folder and the empty file of SQLite; call `migrate` next.
    Errors: `InputError` for another kind of URL, `StoreError` for a folder that cannot be made.
    """
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        backend = ""
    if backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        prepare_file(parsed)
        return Store(parsed.set(drivername="sqlite+pysqlite"), keeper)
    if backend == "postgresql":
        return Store(parsed.set(drivername="postgresql+psycopg"), keeper)
    # The URL itself is not repeated: it may hold a password.
    raise InputError(
        Text(
            th="database_url ใช้ไม่ได้ ต้องเป็น SQLite (แฟ้ม) หรือ PostgreSQL",
            en="database_url cannot be used: it must name a SQLite file or a PostgreSQL database",
        ),
        hint=Text(th="รูปแบบ: " + ", ".join(_ALLOWED), en="forms: " + ", ".join(_ALLOWED)),
    )


def _dispose(*engines: Engine) -> None:
    for engine in engines:
        engine.dispose()


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(
        url,
        pool_size=_POOL,
        max_overflow=_POOL,
        pool_timeout=60,
        pool_pre_ping=True,
        hide_parameters=True,
    )
