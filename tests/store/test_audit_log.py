"""Entries are appended in one chain, also by many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection

from controller.store import audit_log
from controller.store.audit_entry import GENESIS, Entry, digest
from controller.store.engine import Store, open_store
from tests.store.clock import Clock


def note(store: Store, clock: Clock, subject: str = "2569-2.3-0001") -> Entry:
    """One more entry, in a transaction of its own."""
    with store.begin() as conn:
        return audit_log.append(
            conn,
            actor="somsak.eng",
            action="open_case",
            subject=subject,
            content={"title": "เปลี่ยน VLAN", "n": [1, 2]},
            at=clock(),
        )


def test_entries_hold_the_hash_of_the_one_before(store: Store, clock: Clock) -> None:
    """The first holds the genesis hash; each its own digest; what is read is what was given."""
    written = [note(store, clock) for _ in range(3)]
    with store.read() as conn:
        read = list(audit_log.entries(conn))
    assert read == written
    assert [e.seq for e in read] == [1, 2, 3]
    assert [e.previous for e in read] == [GENESIS, read[0].hash, read[1].hash]
    assert all(digest(e) == e.hash for e in read)
    assert read[0].content == {"title": "เปลี่ยน VLAN", "n": [1, 2]}
    assert read[0].at == clock()


def test_one_entry_a_part_or_a_subject_can_be_read(store: Store, clock: Clock) -> None:
    """By number, after a number, by subject, and the head."""
    written = [note(store, clock, subject=f"s{i % 2}") for i in range(4)]
    with store.read() as conn:
        assert audit_log.entry(conn, 2) == written[1]
        assert audit_log.entry(conn, 9) is None
        assert list(audit_log.entries(conn, after=2)) == written[2:]
        assert audit_log.about(conn, "s1") == (written[1], written[3])
        assert audit_log.head(conn) == (4, written[3].hash)


def test_reading_entries_leaves_the_transaction_as_it_was(store: Store, clock: Clock) -> None:
    """One may write after reading, also when reading stopped halfway."""
    for _ in range(3):
        note(store, clock)
    with store.begin() as conn:
        assert next(audit_log.entries(conn)).seq == 1
        assert len(list(audit_log.entries(conn))) == 3
        audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=clock())
        assert len(list(audit_log.entries(conn))) == 4


def test_many_entries_of_one_transaction_follow_each_other(store: Store, clock: Clock) -> None:
    """The second of a transaction is chained to the first, not to what was committed."""
    with store.begin() as conn:
        for n in range(5):
            audit_log.append(conn, actor="a", action="b", subject="c", content={"n": n}, at=clock())
    assert store.keeper
    verdict = store.keeper.verify(store)
    assert (verdict.ok, verdict.seen) == (True, 5)


def test_what_is_rolled_back_was_never_there(store: Store, clock: Clock) -> None:
    """The number is given again, and no anchor speaks of the entry."""
    note(store, clock)

    def fail() -> None:
        with store.begin() as conn:
            audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=clock())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert note(store, clock).seq == 2
    assert store.keeper
    assert store.keeper.verify(store).ok is True


def test_writers_at_once_make_one_chain(store: Store, database_url: str, clock: Clock) -> None:
    """Many threads through two stores on the same database, as two processes have."""
    other = open_store(database_url, store.keeper)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: note(other if n % 2 else store, clock), range(120)))
    other.close()
    assert store.keeper
    verdict = store.keeper.verify(store)
    assert (verdict.ok, verdict.seen) == (True, 120)


def test_appending_needs_an_audited_write_transaction(store: Store, clock: Clock) -> None:
    """Neither a read nor a transaction that does not queue for the log will do."""

    def append(conn: Connection) -> None:
        audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=clock())

    with store.read() as conn, pytest.raises(RuntimeError):
        append(conn)
    with store.begin(audited=False) as conn, pytest.raises(RuntimeError):
        append(conn)


def test_text_no_database_takes_is_stored_readably(store: Store, clock: Clock) -> None:
    """NUL and broken characters, as a device may send them."""
    with store.begin() as conn:
        audit_log.append(
            conn,
            actor="a\0b",
            action="b",
            subject="c\udc80",
            content={"said": "x\0y\udcff"},
            at=clock(),
        )
    assert store.keeper
    assert store.keeper.verify(store).ok is True
