"""What many tests need: a migrated store on both databases, and a clock that waits."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from controller.store.audit_keeper import AuditKeeper
from controller.store.engine import Store, open_store
from tests.store.clock import Clock
from tests.store.cluster import Cluster, running_cluster
from tests.store.databases import drop_below
from tests.store.everything import WANTED, everything_on

# How long an example takes says more about the machine than about the code.
settings.register_profile("khaen", deadline=None)
settings.load_profile("khaen")


@pytest.fixture
def clock() -> Clock:
    """A clock that only goes when told to."""
    return Clock()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster | None]:
    """A PostgreSQL server for this test process, or None where there is none."""
    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session", autouse=WANTED)
def everything_on_postgresql(cluster: Cluster | None) -> Iterator[None]:
    """With KHAEN_TEST_POSTGRES every data folder has its database on the server."""
    if cluster is None:
        pytest.exit("KHAEN_TEST_POSTGRES is set, but there is no PostgreSQL to start", 1)
    with everything_on(cluster):
        yield


@pytest.fixture(autouse=WANTED)
def no_database_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test's own folder had on the server goes with the test."""
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder is not None:
        drop_below(folder)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with empty tables, to copy."""
    path = tmp_path_factory.mktemp("migrated") / "khaen.db"
    store = open_store(f"sqlite:///{path}")
    store.migrate()
    store.close()
    return path


@pytest.fixture(params=["postgresql"] if WANTED else ["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with empty tables: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "khaen.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    server: Cluster | None = request.getfixturevalue("cluster")
    if server is None:
        pytest.skip("no PostgreSQL on this machine")
    yield server.cleaned()


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[AuditKeeper]:
    """The keeper of the audit log in a data folder of its own."""
    kept = AuditKeeper(tmp_path / "var")
    yield kept
    kept.close()


@pytest.fixture
def store(database_url: str, keeper: AuditKeeper) -> Iterator[Store]:
    """A migrated store, on SQLite and on PostgreSQL; `store.keeper` keeps its audit log."""
    opened = open_store(database_url, keeper)
    yield opened
    opened.close()
