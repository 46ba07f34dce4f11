"""A database of any older version, with rows in every table, comes forward with all of them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from controller.errors import StoreError
from controller.store.audit_keeper import AuditKeeper
from controller.store.engine import open_store
from controller.store.migrations import upgrade as migrations
from controller.store.migrations.upgrade import HEAD, is_current, remake, revision_of, upgrade
from tests.store.clock import Clock
from tests.store.cluster import Cluster
from tests.store.filled import columns_now, fill, rows_of

OLDER = sorted(
    script.revision
    for script in ScriptDirectory(str(Path(migrations.__file__).parent)).walk_revisions()
    if script.revision != HEAD
)
REFUSED = (StoreError, IntegrityError)


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_database_comes_forward_with_every_row(
    tmp_path: Path, clock: Clock, revision: str
) -> None:
    """On SQLite; the log verifies as before, proof stays append-only, a copy is kept beside it."""
    keeper = AuditKeeper(tmp_path)
    store = open_store(f"sqlite:///{tmp_path}/khaen.db", keeper)
    with store.begin() as conn:
        upgrade(conn, revision)
    fill(store, clock)
    columns = columns_now(store)
    before = rows_of(store, columns)
    assert all(before.values())
    store.migrate()
    with store.read() as conn:
        assert is_current(conn)
    assert rows_of(store, columns) == before
    assert keeper.verify(store).ok is True
    for table in ("audit_log", "decisions"):
        with pytest.raises(REFUSED, match="append-only"), store.begin() as conn:
            conn.execute(text(f"DELETE FROM {table}"))
    copy = tmp_path / f"khaen-before-{HEAD}.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    kept = open_store(f"sqlite:///{copy}")
    with kept.read() as conn:
        assert revision_of(conn) == revision
    assert rows_of(kept, columns) == before
    for one in (keeper, store, kept):
        one.close()


def test_an_older_database_comes_forward_on_postgresql(
    cluster: Cluster | None, tmp_path: Path, clock: Clock
) -> None:
    """From the very first version, through every step."""
    if cluster is None:
        pytest.skip("no PostgreSQL on this machine")
    keeper = AuditKeeper(tmp_path)
    with cluster.empty() as url:
        store = open_store(url, keeper)
        with store.begin() as conn:
            upgrade(conn, OLDER[0])
        fill(store, clock)
        columns = columns_now(store)
        before = rows_of(store, columns)
        store.migrate()
        assert rows_of(store, columns) == before
        assert keeper.verify(store).ok is True
        store.close()
    keeper.close()


def test_without_room_for_the_copy_nothing_is_upgraded(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, the database is as it was, and it can be done again."""
    store = open_store(f"sqlite:///{tmp_path}/khaen.db")
    with store.begin() as conn:
        upgrade(conn, OLDER[-1])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("controller.store.sqlite.sqlite3.connect", full)
        with pytest.raises(StoreError, match="left as it is"):
            store.migrate()
    with store.read() as conn:
        assert revision_of(conn) == OLDER[-1]
    store.migrate()
    assert {p.name for p in tmp_path.glob("*before*")} == {f"khaen-before-{HEAD}.db"}
    store.close()


def test_a_new_database_is_not_copied(tmp_path: Path) -> None:
    """There is nothing to keep; nor when it is made anew for rows of an older version."""
    store = open_store(f"sqlite:///{tmp_path}/khaen.db")
    store.migrate()
    with store.begin() as conn:
        remake(conn, OLDER[2])
        assert revision_of(conn) == OLDER[2]
        upgrade(conn)
        assert is_current(conn)
    assert not [*tmp_path.glob("*before*")]
    store.close()
