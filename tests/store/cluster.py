"""A PostgreSQL server for one test session, in a folder of its own, reached by its socket alone."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from controller.store.engine import open_store
from controller.store.tables import metadata

# Nothing here outlives the session, so nothing need reach the disk.
_QUICK = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=32MB",
    "logging_collector=off",
)
_SECONDS = 60


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest version where there are several."""
    found = [Path(p) for p in Path("/usr/lib/postgresql").glob("*/bin")]
    found.sort(key=lambda p: [int(part) for part in p.parent.name.split(".") if part.isdigit()])
    on_path = shutil.which("initdb")
    if on_path:
        found.insert(0, Path(on_path).resolve().parent)
    whole = [p for p in found if (p / "initdb").exists() and (p / "postgres").exists()]
    return whole[-1] if whole else None


def server_user() -> pwd.struct_passwd | None:
    """Who runs the server: PostgreSQL refuses to run as root. None when nobody can."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


class Cluster:
    """A running server, with one migrated database that every test finds empty."""

    def __init__(self, folder: Path, user: str) -> None:
        self._folder, self._user = folder, user
        self._numbers = count(1)
        self._run("CREATE DATABASE khaen")
        store = open_store(self.url("khaen"))
        store.migrate()
        store.close()

    def url(self, database: str) -> str:
        """The address of a database, as settings give it."""
        return f"postgresql://{self._user}@/{database}?host={self._folder}"

    def cleaned(self) -> str:
        """The address of the migrated database, its rows deleted: far quicker than a new one."""
        # Children before their parents, and no triggers, which keep proof from being deleted.
        rows = ";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
        self._run(f"SET session_replication_role = replica; {rows}", "khaen")
        return self.url("khaen")

    @contextmanager
    def empty(self, name: str = "") -> Iterator[str]:
        """The address of a database without tables, which is dropped afterwards."""
        name = name or f"khaen_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_cluster() -> Iterator[Cluster | None]:
    """A server for as long as the `with` lasts; None where there is no PostgreSQL to run."""
    found, user = binaries(), server_user()
    if found is None or user is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="khaen-pg-"))
    try:
        os.chown(folder, user.pw_uid, user.pw_gid)
        server = _start(found, folder, user)
        try:
            _wait(server, folder, user.pw_name)
            yield Cluster(folder, user.pw_name)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(_SECONDS)
    finally:
        shutil.rmtree(folder)


def _start(found: Path, folder: Path, user: pwd.struct_passwd) -> subprocess.Popen[bytes]:
    data = folder / "data"
    subprocess.run(
        [
            str(found / "initdb"),
            *("-D", str(data), "-U", user.pw_name, "-A", "trust", "-E", "UTF8"),
            *("--locale=C", "--no-sync"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **_as(user),
    )
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [
                *(str(found / "postgres"), "-D", str(data), "-k", str(folder)),
                *(part for setting in _QUICK for part in ("-c", setting)),
            ],
            stdout=log,
            stderr=log,
            cwd=folder,
            **_as(user),
        )


def _as(user: pwd.struct_passwd) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _wait(server: subprocess.Popen[bytes], folder: Path, user: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            psycopg.connect(f"postgresql://{user}@/postgres?host={folder}").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "log").read_text()) from None
            time.sleep(0.05)
        else:
            return
