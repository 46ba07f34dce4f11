"""Opening a database, its transactions, and what is said when it cannot be used."""

from __future__ import annotations

import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from controller.errors import InputError, StoreError
from controller.store import locks, registers
from controller.store.engine import Store, open_store
from controller.store.sqlite import use_wal
from tests.store.clock import Clock

SECRET = "pa55-w0rd"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not a url",
        f"mysql://khaen:{SECRET}@127.0.0.1/khaen",
        "sqlite://",
        "sqlite:///:memory:",
        f"postgresql://khaen:{SECRET}@127.0.0.1:port/khaen",
    ],
)
def test_another_kind_of_address_is_refused_without_repeating_it(url: str) -> None:
    """The message teaches the form, and never holds the password."""
    with pytest.raises(InputError) as caught:
        open_store(url)
    assert "postgresql://" in str(caught.value.hint)
    assert SECRET not in f"{caught.value} {caught.value.hint}"


def test_a_server_that_does_not_answer_is_a_store_error_without_the_password() -> None:
    """Neither the message nor the name of the store gives it away."""
    store = open_store(f"postgresql://khaen:{SECRET}@127.0.0.1:1/khaen")
    with pytest.raises(StoreError) as caught, store.read():
        pass
    assert SECRET not in f"{caught.value} {caught.value.hint} {store!r} {store.where}"
    assert "127.0.0.1" in caught.value.message.th
    assert caught.value.hint
    store.close()


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The folder, the database and what SQLite puts beside it."""
    store = open_store(f"sqlite:///{tmp_path}/var/khaen.db")
    store.migrate()
    names = {p.name for p in (tmp_path / "var").iterdir()}
    assert names >= {"khaen.db", "khaen.db-wal"}
    modes = {stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "var").iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    store.close()


def test_sqlite_is_used_durably(tmp_path: Path) -> None:
    """WAL, every commit on the disk, foreign keys; readers cannot write."""
    store = open_store(f"sqlite:///{tmp_path}/khaen.db")
    for transaction in (store.begin, store.read):
        with transaction() as conn:
            asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            said = [conn.execute(text(f"PRAGMA {name}")).scalar() for name in asked]
            assert said == ["wal", 2, 1, 60_000]
    store.close()


def test_what_was_written_is_there_after_closing(store: Store, clock: Clock) -> None:
    """And the store can be used again after it was closed."""
    with store.begin() as conn:
        locks.take(conn, "kkn-a-sw01", "r1", "e1", clock())
    store.close()
    with store.read() as conn:
        assert locks.holds(conn, "kkn-a-sw01", 1)


def test_an_error_inside_takes_everything_back(store: Store, clock: Clock) -> None:
    """Nothing of a failed transaction stays, and the next one works."""

    def fail() -> None:
        with store.begin() as conn:
            locks.take(conn, "kkn-a-sw01", "r1", "e1", clock())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.read() as conn:
        assert locks.holder(conn, "kkn-a-sw01") is None
    with store.begin() as conn:
        assert locks.take(conn, "kkn-a-sw01", "r1", "e1", clock()) == 1


def test_a_read_transaction_cannot_write(store: Store, clock: Clock) -> None:
    """It is refused by the database, and told as a `StoreError`."""
    with pytest.raises(StoreError), store.read() as conn:
        locks.take(conn, "kkn-a-sw01", "r1", "e1", clock())


def test_a_read_transaction_sees_one_moment(store: Store, clock: Clock) -> None:
    """What is committed meanwhile does not show."""
    with store.read() as conn:
        assert locks.holder(conn, "kkn-a-sw01") is None
        with store.begin() as other:
            locks.take(other, "kkn-a-sw01", "r1", "e1", clock())
        assert locks.holder(conn, "kkn-a-sw01") is None


def test_a_write_inside_a_write_is_an_error_not_a_standstill(database_url: str) -> None:
    """On SQLite it would wait for itself for ever."""
    store = open_store(database_url)
    if store.dialect == "sqlite":
        with store.begin(), pytest.raises(RuntimeError), store.begin():
            pass
    with store.begin():
        pass
    store.close()


def test_writers_of_one_process_take_turns(store: Store) -> None:
    """Fifty threads, each with several small transactions; none is lost, none is refused."""

    def count(_: int) -> None:
        for _ in range(4):
            with store.begin() as conn:
                registers.next_number(conn, "memo", 2569)

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(count, range(50)))
    with store.begin() as conn:
        assert registers.next_number(conn, "memo", 2569) == 201


def test_unaudited_writers_overlap_on_postgresql_only(store: Store, clock: Clock) -> None:
    """Two open write transactions at once where the database allows it."""
    if store.dialect == "sqlite":
        pytest.skip("one writer at a time")
    both = threading.Barrier(2, timeout=30)

    def write(device: str) -> None:
        with store.begin(audited=False) as conn:
            locks.take(conn, device, "r1", "e1", clock())
            both.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, ["kkn-a-sw01", "kkn-a-sw02"]))


def test_our_own_mistakes_are_not_dressed_up(store: Store) -> None:
    """A broken rule of the tables is a bug and stays one."""
    with pytest.raises(IntegrityError), store.begin() as conn:
        conn.execute(text("INSERT INTO counters (register, year) VALUES ('memo', 2569)"))


def test_missing_tables_are_told_with_what_to_do(tmp_path: Path, clock: Clock) -> None:
    """Nobody ran a command that migrates."""
    store = open_store(f"sqlite:///{tmp_path}/khaen.db")
    with pytest.raises(StoreError) as caught, store.read() as conn:
        locks.holder(conn, "kkn-a-sw01")
    assert caught.value.hint
    assert "migrate" in caught.value.hint.en
    store.close()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """Damaged, or something else by that name."""
    (tmp_path / "khaen.db").write_bytes(b"PK\x03\x04 this is no database" * 100)
    store = open_store(f"sqlite:///{tmp_path}/khaen.db")
    with pytest.raises(StoreError) as caught:
        store.migrate()
    assert caught.value.hint
    assert "backup" in caught.value.hint.en
    store.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file stands where the data folder should be."""
    (tmp_path / "var").write_text("in the way")
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{tmp_path}/var/khaen.db")
    assert "var" in caught.value.message.en


class Contended(sqlite3.Connection):
    """Refuses a few times, as SQLite does with one of two who turn WAL on together."""

    refusals = ["database is locked"] * 3

    def execute(self, *args: Any) -> sqlite3.Cursor:
        """The statement, once the refusals are used up."""
        if self.refusals:
            raise sqlite3.OperationalError(self.refusals.pop())
        return super().execute(*args)


def test_turning_wal_on_together_is_no_error(tmp_path: Path) -> None:
    """It is tried again; any other trouble is not."""
    with closing(sqlite3.connect(tmp_path / "new.db", factory=Contended)) as connection:
        use_wal(connection)
        assert connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
        connection.refusals.append("disk I/O error")
        with pytest.raises(sqlite3.OperationalError, match="disk"):
            use_wal(connection)


def test_another_program_that_writes_only_delays(tmp_path: Path, clock: Clock) -> None:
    """A write lock held by somebody else is waited for."""
    path = tmp_path / "khaen.db"
    store = open_store(f"sqlite:///{path}")
    store.migrate()
    with closing(sqlite3.connect(path, check_same_thread=False, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.3, other.execute, ["COMMIT"])
        timer.start()
        with store.begin() as conn:
            assert locks.take(conn, "kkn-a-sw01", "r1", "e1", clock()) == 1
        timer.join()
    store.close()
