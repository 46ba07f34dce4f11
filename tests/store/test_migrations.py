"""The tables come into being, once, and are the ones the code knows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from controller.compliance.brought import Running
from controller.errors import StoreError
from controller.store import audit_log
from controller.store.canonical import time_text, time_value
from controller.store.cases import insert_case
from controller.store.device_history import touching_cases
from controller.store.device_pasts import device_pasts
from controller.store.engine import Store, open_store
from controller.store.migrations import upgrade
from controller.store.playbook_tables import metadata
from tests.store.clock import Clock
from tests.store.cluster import Cluster
from tests.store.samples import CASE, a_case, a_plan

# What the two databases make of a trigger that refuses.
REFUSED = (StoreError, IntegrityError)
START = (
    "import sys; from controller.store.engine import open_store; open_store(sys.argv[1]).migrate()"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/khaen.db"
        return
    server: Cluster | None = request.getfixturevalue("cluster")
    if server is None:
        pytest.skip("no PostgreSQL on this machine")
    with server.empty() as url:
        yield url


@pytest.fixture
def fresh(empty_url: str) -> Iterator[Store]:
    """A store on it, migrated by the test."""
    opened = open_store(empty_url)
    yield opened
    opened.close()


def test_migrating_makes_exactly_the_tables_the_code_knows(fresh: Store) -> None:
    """What Alembic would still change: nothing."""
    fresh.migrate()
    with fresh.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(conn).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_migrating_again_changes_nothing(fresh: Store, clock: Clock) -> None:
    """History stays, and nothing is done twice."""
    fresh.migrate()
    with fresh.begin() as conn:
        audit_log.append(conn, actor="a", action="b", subject="c", content={}, at=clock())
    fresh.migrate()
    with fresh.read() as conn:
        assert audit_log.head(conn)[0] == 1


def test_the_newest_revision_is_the_one_the_code_names() -> None:
    """`upgrade.HEAD` spares a command from loading Alembic; it must not lie."""
    script = ScriptDirectory(str(Path(upgrade.__file__).parent))
    assert script.get_heads() == [upgrade.HEAD]


def test_many_first_starts_at_once_are_safe(empty_url: str) -> None:
    """Six processes on an empty database: all succeed, the tables are made once."""
    command = [sys.executable, "-W", "error", "-c", START, empty_url]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(6)]
    said = [process.communicate()[1].decode() for process in started]
    assert said == [""] * 6
    assert [process.returncode for process in started] == [0] * 6
    store = open_store(empty_url)
    with store.read() as conn:
        assert upgrade.is_current(conn)
        assert conn.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
    store.close()


def test_a_database_of_a_newer_program_is_refused(fresh: Store) -> None:
    """With its revision named, and nothing changed."""
    fresh.migrate()
    with fresh.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError) as caught:
        fresh.migrate()
    assert "9999" in caught.value.message.en
    with fresh.read() as conn:
        assert conn.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


@pytest.mark.parametrize("table", ["audit_log", "decisions"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}"])
def test_proof_cannot_be_changed_through_the_front_door(
    store: Store, clock: Clock, table: str, statement: str
) -> None:
    """The database itself refuses to change or delete rows of the audit log and of decisions."""
    _one_row_in_each(store, clock)
    with pytest.raises(REFUSED, match="append-only"), store.begin() as conn:
        conn.execute(text(statement.format(table)))
    with store.read() as conn:
        assert conn.execute(text(f"SELECT actor FROM {table}")).scalars().all() == ["director"]


def test_proof_cannot_be_emptied_on_postgresql(store: Store, clock: Clock) -> None:
    """TRUNCATE is a verb of its own there."""
    if store.dialect == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    _one_row_in_each(store, clock)
    for table in ("audit_log", "decisions"):
        with pytest.raises(StoreError, match="append-only"), store.begin() as conn:
            conn.execute(text(f"TRUNCATE {table} CASCADE"))


def _one_row_in_each(store: Store, clock: Clock) -> None:
    with store.begin() as conn:
        entry = audit_log.append(
            conn, actor="director", action="decide_case", subject="c", content={}, at=clock()
        )
        conn.execute(
            text(
                "INSERT INTO cases (number, process, state, opened, events, content) "
                "VALUES ('c', '2.3', 'open', '', 0, '{}')"
            )
        )
        conn.execute(
            text(
                "INSERT INTO decisions (case_number, position, kind, plan, actor, title, role, "
                "comment, at, audit_seq, audit_hash) VALUES ('c', 0, 'approve', '', 'director', "
                "'', 'director', '', '', 1, :hash)"
            ),
            {"hash": entry.hash},
        )


def test_a_database_of_the_first_version_keeps_its_decisions(fresh: Store, clock: Clock) -> None:
    """They get the new columns, empty, and still nobody can change them."""
    with fresh.begin() as conn:
        config = Config()
        config.set_main_option("script_location", str(Path(upgrade.__file__).parent))
        config.attributes["connection"] = conn
        command.upgrade(config, "0001")
    _one_row_in_each(fresh, clock)
    fresh.migrate()
    with fresh.read() as conn:
        row = conn.execute(text("SELECT dossier, step, to_step, actor FROM decisions")).one()
        assert tuple(row) == ("", None, None, "director")
    with pytest.raises(REFUSED, match="append-only"), fresh.begin() as conn:
        conn.execute(text("UPDATE decisions SET dossier = 'x'"))


def test_plans_of_before_are_found_by_their_devices(fresh: Store, clock: Clock) -> None:
    """A plan kept by an earlier version names its devices afterwards, so their history is whole."""
    plan = a_plan()
    with fresh.begin() as conn:
        config = Config()
        config.set_main_option("script_location", str(Path(upgrade.__file__).parent))
        config.attributes["connection"] = conn
        command.upgrade(config, "0003")
        conn.execute(
            text(
                "INSERT INTO plans (id, content, office, selector, devices, made_by, at, edited) "
                "VALUES (:id, :content, '', '', 1, 'engineer1', '', '[]')"
            ),
            {"id": plan.id, "content": plan.canonical()},
        )
    fresh.migrate()
    with fresh.begin() as conn:
        insert_case(conn, a_case(clock(), plan=plan.id))
    with fresh.read() as conn:
        assert [case.number for case in touching_cases(conn, "kkn-a-sw01")] == [CASE]
        assert touching_cases(conn, "kkn-a-sw02") == ()


def test_what_devices_ran_before_is_known_afterwards(fresh: Store, clock: Clock) -> None:
    """Snapshots of an earlier version say which configuration a device runs, and since when."""
    days = [time_text(clock.forward(days=1)) for _ in range(4)]
    with fresh.begin() as conn:
        config = Config()
        config.set_main_option("script_location", str(Path(upgrade.__file__).parent))
        config.attributes["connection"] = conn
        command.upgrade(config, "0005")
        for at, device, print_ in (
            (days[0], "a", "1"), (days[1], "a", "2"), (days[2], "a", "2"), (days[3], "b", "1"),
        ):  # fmt: skip
            conn.execute(
                text(
                    "INSERT INTO snapshots (device, fingerprint, blob, at, why) "
                    "VALUES (:device, :print, :at, :at, 'backup')"
                ),
                {"device": device, "print": print_, "at": at},
            )
    fresh.migrate()
    with fresh.read() as conn:
        a, b = (device_pasts(conn, ["a", "b"])[name].running for name in "ab")
    assert a == Running("a", "2", days[1], time_value(days[1]), time_value(days[2]), first=False)
    assert b == Running("b", "1", days[3], time_value(days[3]), time_value(days[3]), first=True)
