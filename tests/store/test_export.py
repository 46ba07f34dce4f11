"""A whole installation as one file: the same in either database, and nothing altered gets in."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from controller.errors import InputError, Refused
from controller.store import audit_log
from controller.store.audit_keeper import AuditKeeper
from controller.store.backups import BackupRepository
from controller.store.engine import Store, open_store
from controller.store.export import reading
from controller.store.export.checking import check_export
from controller.store.export.reading import OLD_ANCHORS, read_export
from controller.store.export.shape import LEFT_OUT
from controller.store.export.writing import Wanted, write_export
from controller.store.files import FileStore
from controller.store.migrations.upgrade import upgrade
from tests.store.clock import Clock
from tests.store.cluster import Cluster
from tests.store.filled import ROWS, contents, fill

KEYS = Wanted(keys=True)
TEXT = "hostname kkn-a-sw01\n"


@dataclass
class Office:
    """An installation: its database, var folder and keeper."""

    store: Store
    keeper: AuditKeeper
    folder: Path
    clock: Clock

    def exported(self, file: Path, wanted: Wanted = KEYS) -> Path:
        """The file with everything."""
        write_export(
            self.store, self.keeper, self.folder, file, wanted, at=self.clock(), told=_quietly
        )
        return file

    def imports(self, file: Path) -> None:
        """Fill this installation from the file."""
        export = check_export(file)
        read_export(self.store, self.keeper, self.folder, export, at=self.clock(), told=_quietly)

    @property
    def log(self) -> list[tuple[int, str, str]]:
        """Number, action and hash of each entry."""
        with self.store.read() as conn:
            return [(e.seq, e.action, e.hash) for e in audit_log.entries(conn)]


def _quietly(_: str, __: int) -> None:
    pass


@contextmanager
def an_office(url: str, folder: Path, clock: Clock, *, to: str = "head") -> Iterator[Office]:
    """An installation with empty tables, of this revision."""
    keeper = AuditKeeper(folder)
    store = open_store(url, keeper)
    if to == "head":
        store.migrate()
    else:
        with store.begin() as conn:
            upgrade(conn, to)
    yield Office(store, keeper, folder, clock)
    keeper.close()
    store.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The var folder of an installation with everything in it, to copy, and its export."""
    folder = tmp_path_factory.mktemp("kept")
    with an_office(f"sqlite:///{folder}/khaen.db", folder, Clock()) as office:
        _work_in(office)
        return folder, office.exported(tmp_path_factory.mktemp("exported") / "a.khaen")


@pytest.fixture
def filled(tmp_path: Path, clock: Clock, kept: tuple[Path, Path]) -> Iterator[Office]:
    """An installation on SQLite with rows in every table, a backup, a file and a pinned key."""
    folder = tmp_path / "first"
    shutil.copytree(kept[0], folder)
    with an_office(f"sqlite:///{folder}/khaen.db", folder, clock) as office:
        yield office


def _work_in(office: Office) -> None:
    fill(office.store, office.clock)
    backups = BackupRepository(office.folder / "backups")
    blob = backups.write("a/kkn-a-sw01.cfg", TEXT)
    backups.commit({"a/kkn-a-sw01.cfg": blob}, "backup", office.clock())
    backups.close()
    FileStore(office.folder / "files").put(b"%PDF-1.7")
    for name in ("pins/kkn-a-sw01.ssh", "keys/web.key", "lab/addresses.json", "session"):
        (office.folder / name).parent.mkdir(exist_ok=True)
        (office.folder / name).write_text("{}")


@pytest.fixture
def elsewhere(tmp_path: Path, clock: Clock, migrated_file: Path) -> Iterator[Office]:
    """An empty installation on SQLite in another folder."""
    folder = tmp_path / "second"
    folder.mkdir()
    shutil.copy(migrated_file, folder / "khaen.db")
    with an_office(f"sqlite:///{folder}/khaen.db", folder, clock) as office:
        yield office


def test_from_sqlite_to_postgresql_and_back_is_the_same(
    filled: Office, elsewhere: Office, cluster: Cluster | None, clock: Clock, tmp_path: Path
) -> None:
    """Every row, backup and file; the log goes on as the same log and verifies at each stop."""
    if cluster is None:
        pytest.skip("no PostgreSQL on this machine")
    before = contents(filled.store, {*LEFT_OUT, "audit_log"})
    assert all(len(rows) >= ROWS for rows in before.values())
    folder = tmp_path / "between"
    with cluster.empty() as url, an_office(url, folder, clock) as between:
        between.imports(filled.exported(tmp_path / "a.khaen"))
        assert contents(between.store, {*LEFT_OUT, "audit_log"}) == before
        assert between.keeper.verify(between.store).ok is True
        with between.store.begin() as conn:  # numbers go on after those that came
            conn.execute(
                text(
                    "INSERT INTO snapshots (device, fingerprint, blob, at, why) "
                    "VALUES ('d', '', '', '', '') "
                )
            )
            conn.execute(text("DELETE FROM snapshots WHERE device = 'd'"))
        elsewhere.imports(between.exported(tmp_path / "b.khaen"))
    assert contents(elsewhere.store, {*LEFT_OUT, "audit_log"}) == before
    assert elsewhere.log[:-2] == filled.log
    assert [action for _, action, _ in elsewhere.log[-2:]] == ["import_history"] * 2
    assert elsewhere.keeper.verify(elsewhere.store).ok is True
    assert elsewhere.keeper.public_key == filled.keeper.public_key
    _same_folders(filled.folder, elsewhere.folder)


def _same_folders(first: Path, second: Path) -> None:
    copied = BackupRepository(second / "backups")
    (version,) = copied.history("a/kkn-a-sw01.cfg")
    assert copied.read(version.blob) == TEXT
    copied.write("a/kkn-a-sw02.cfg", TEXT)  # and it can be written to
    copied.close()
    for name in ("files", "pins", "keys"):
        named = {p.relative_to(first): p.read_bytes() for p in (first / name).rglob("*.*")}
        assert {
            p.relative_to(second): p.read_bytes() for p in (second / name).rglob("*.*")
        } == named
    assert not (second / "lab").exists()
    assert not (second / "session").exists()
    assert not (second / "importing").exists()
    private = [*(second / "keys").iterdir(), *(second / "pins").iterdir()]
    assert {stat.S_IMODE(p.stat().st_mode) for p in private} == {0o600}


def test_without_keys_this_installation_vouches_from_then_on(
    filled: Office, elsewhere: Office, tmp_path: Path
) -> None:
    """No key leaves; the entries are the same, sealed and signed anew, and the log says so."""
    file = filled.exported(tmp_path / "a.khaen", Wanted())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not [n for n in _names(file) if n.startswith("keys/")]
    elsewhere.imports(file)
    assert elsewhere.keeper.public_key != filled.keeper.public_key
    assert elsewhere.log[:-1] == filled.log
    assert elsewhere.keeper.verify(elsewhere.store).ok is True
    with elsewhere.store.read() as conn:
        told = list(audit_log.entries(conn))[-1]
    assert (told.actor, told.subject) == ("import", filled.keeper.public_key)
    assert (elsewhere.folder / OLD_ANCHORS).exists()


def test_an_export_of_an_older_program_is_brought_forward(
    elsewhere: Office, clock: Clock, tmp_path: Path
) -> None:
    """Its rows go into tables of its own revision, which are then migrated."""
    folder = tmp_path / "old"
    with an_office(f"sqlite:///{folder}/khaen.db", folder, clock, to="0003") as old:
        fill(old.store, clock)
        elsewhere.imports(old.exported(tmp_path / "a.khaen"))
    with elsewhere.store.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM plan_devices")).scalar() == ROWS
    assert elsewhere.keeper.verify(elsewhere.store).ok is True


def _names(file: Path) -> list[str]:
    with tarfile.open(file) as tar:
        return tar.getnames()


def _rewritten(file: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The file with members changed, or left out where `change` gives None."""
    out = to / "changed.khaen"
    with tarfile.open(file) as old, tarfile.open(out, "w:gz") as new:
        for info in old:
            content = old.extractfile(info)
            said = change(info.name, content.read() if content else b"")
            if said is not None:
                info.size = len(said)
                new.addfile(info, io.BytesIO(said))
    return out


def _cut(name: str, content: bytes) -> bytes:
    return (
        b"".join(content.splitlines(keepends=True)[:-1]) if name.endswith("log.jsonl") else content
    )


TAMPERED: dict[str, tuple[Callable[[str, bytes], bytes | None], str]] = {
    "a row": (lambda n, c: c.replace(b"\\u", b"\\U", 1) if "cases" in n else c, "cases.jsonl"),
    "a backup": (lambda n, c: c[:-1] + b"!" if "objects/" in n else c, "backups/objects"),
    "a file": (lambda n, c: c + b" " if n.startswith("files/") else c, "files/"),
    "a table gone": (lambda n, c: None if "decisions" in n else c, "decisions.jsonl"),
    "the log cut": (_cut, "audit_log.jsonl"),
    "the manifest": (lambda n, c: c.replace(b'"last":3', b'"last":2'), "manifest.json"),
    "no signature": (lambda n, c: None if n == "manifest.sig" else c, "manifest.json"),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERED)
def test_whatever_is_altered_is_named(kept: tuple[Path, Path], tmp_path: Path, how: str) -> None:
    """Before anything is written: `read_export` takes nothing but a proved export."""
    change, named = TAMPERED[how]
    with pytest.raises(InputError) as caught:
        check_export(_rewritten(kept[1], tmp_path, change))
    assert any(named in problem.path for problem in caught.value.problems)


def test_a_stranger_cannot_sign_it_again(filled: Office, elsewhere: Office, tmp_path: Path) -> None:
    """With the office's key named, a file signed with another one is refused."""
    file = elsewhere.exported(tmp_path / "b.khaen")
    with pytest.raises(InputError, match="another key"):
        check_export(file, filled.keeper.public_key)
    assert check_export(file, elsewhere.keeper.public_key).manifest.last == 0


def test_what_is_no_whole_file_is_told(kept: tuple[Path, Path], tmp_path: Path) -> None:
    """Cut off, something else, not there; and nothing is written outside the var folder."""
    file = kept[1]
    half = tmp_path / "half"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    other = tmp_path / "other"
    other.write_bytes(gzip.compress(b"hello"))
    foreign = tmp_path / "foreign.tar.gz"
    with tarfile.open(foreign, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("../outside"))
    for path in (half, other, foreign, tmp_path / "missing"):
        with pytest.raises(InputError):
            check_export(path)

    def escape(name: str, content: bytes) -> bytes:
        return content.replace(b"pins/", b"../p/") if name == "manifest.json" else content

    with pytest.raises(InputError):
        check_export(_rewritten(file, tmp_path, escape))


def test_history_is_never_imported_over(filled: Office, elsewhere: Office, tmp_path: Path) -> None:
    """Neither over rows nor over folders."""
    file = filled.exported(tmp_path / "a.khaen")
    with pytest.raises(Refused, match="history here already"):
        filled.imports(file)
    FileStore(elsewhere.folder / "files").put(b"own")
    with pytest.raises(Refused, match="the folder files"):
        elsewhere.imports(file)


def test_a_log_that_was_tampered_with_is_not_laundered(
    filled: Office, elsewhere: Office, tmp_path: Path
) -> None:
    """Sealing anew would make it look whole: it comes in with its own keys only, bad as it was."""
    with filled.store.begin() as conn:
        conn.execute(text("DROP TRIGGER audit_log_no_update"))
        conn.execute(text("UPDATE audit_log SET actor = 'nobody' WHERE seq = 2"))
    with pytest.raises(Refused, match="cannot be proved"):
        elsewhere.imports(filled.exported(tmp_path / "a.khaen", Wanted()))
    elsewhere.imports(filled.exported(tmp_path / "b.khaen"))
    verdict = elsewhere.keeper.verify(elsewhere.store)
    assert verdict.ok is False
    assert {problem.seq for problem in verdict.problems} == {2}


def test_an_import_that_was_stopped_can_be_done_again(
    filled: Office, elsewhere: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the worst moment: the folders are in place and the rows are not committed."""
    file = filled.exported(tmp_path / "a.khaen")
    settle = reading._settle

    def dies(staging: Path, folder: Path, *, same_keys: bool) -> None:
        settle(staging, folder, same_keys=same_keys)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_settle", dies)
        with pytest.raises(KeyboardInterrupt):
            elsewhere.imports(file)
    assert elsewhere.log == []
    elsewhere.imports(file)
    assert elsewhere.keeper.verify(elsewhere.store).ok is True
    _same_folders(filled.folder, elsewhere.folder)


def test_work_goes_on_while_it_is_made(filled: Office, elsewhere: Office, tmp_path: Path) -> None:
    """The file is one moment of the log, proved by itself, whatever is written meanwhile."""
    made = threading.Event()

    def works() -> None:
        while not made.is_set():
            with filled.store.begin() as conn:
                audit_log.append(
                    conn, actor="a", action="b", subject="c", content={}, at=filled.clock()
                )

    worker = threading.Thread(target=works)
    worker.start()
    file = filled.exported(tmp_path / "a.khaen")
    made.set()
    worker.join()
    elsewhere.imports(file)
    assert ROWS < len(elsewhere.log) <= len(filled.log) + 1
    assert elsewhere.keeper.verify(elsewhere.store).ok is True


def test_times_and_numbers_stand_in_it_as_they_are_kept(kept: tuple[Path, Path]) -> None:
    """Anybody can read the file without this program: a row is a line of JSON by column names."""
    with tarfile.open(kept[1]) as tar:
        content = tar.extractfile("tables/audit_log.jsonl")
        assert content is not None
        row = json.loads(content.readline())
    assert (row["seq"], row["actor"]) == (1, "director")
    assert row["at"].endswith("Z")
