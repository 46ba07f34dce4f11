"""Configurations are kept in a git folder, whole, and found again."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from dulwich.objects import Blob
from dulwich.repo import Repo

from controller.errors import NotFound, StoreError
from controller.store.backups import BackupRepository
from tests.store.clock import Clock

A, B = "kkn-school-a/kkn-a-sw01.cfg", "kkn-school-b/kkn-b-sw01.cfg"
WRITE = (
    "import sys; from pathlib import Path; from datetime import datetime, UTC; "
    "from controller.store.backups import BackupRepository as R; "
    "r = R(Path(sys.argv[1])); n = sys.argv[2]; "
    "[r.commit({f's{n}/d{k}.cfg': r.write(f's{n}/d{k}.cfg', f'{n} {k}')}, n, datetime.now(UTC)) "
    "for k in range(8)]"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the repository will be."""
    return tmp_path / "var" / "backups"


@pytest.fixture
def backups(folder: Path) -> Iterator[BackupRepository]:
    """An empty repository."""
    made = BackupRepository(folder)
    yield made
    made.close()


def files(folder: Path) -> dict[str, str]:
    """Every file of the newest commit, as another git implementation would list it."""
    found = {}
    with Repo(str(folder)) as repo:
        head = repo[repo.refs[b"refs/heads/main"]]  # type: ignore[index]
        for entry in repo.object_store.iter_tree_contents(head.tree):  # type: ignore[attr-defined]
            blob = repo[entry.sha]
            assert isinstance(blob, Blob)
            found[entry.path.decode()] = blob.data.decode()
    return found


def test_the_folder_is_for_its_owner_alone(backups: BackupRepository, folder: Path) -> None:
    """Also when it was there before, more open; the objects in it too."""
    folder.mkdir(parents=True, mode=0o755)
    blob = backups.write(A, "hostname kkn-a-sw01\n")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    kept = folder / "objects" / blob[:2] / blob[2:]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    ["", "hostname kkn-a-sw01\n", "banner ห้ามเข้า\r\n", "\0 \udcff\udc80 no utf-8", "x" * 10**6],
)
def test_a_text_comes_back_as_it_was(backups: BackupRepository, folder: Path, text: str) -> None:
    """Also with bytes that are no UTF-8, as a device may send them."""
    blob = backups.write(A, text)
    assert len(blob) == 40
    assert backups.read(blob) == text
    assert backups.write(B, text) == blob
    other = BackupRepository(folder)
    assert other.read(blob) == text
    other.close()


def test_commits_change_only_what_they_name(
    backups: BackupRepository, folder: Path, clock: Clock
) -> None:
    """Everything else stays; a device can be replaced, and new ones added."""
    backups.commit({A: backups.write(A, "1"), B: backups.write(B, "1")}, "first", clock())
    backups.commit({A: backups.write(A, "2")}, "second", clock())
    new = "kkn-school-a/kkn-a-ap01.cfg"
    backups.commit({new: backups.write(new, "3"), "top.cfg": backups.write(A, "4")}, "3", clock())
    assert files(folder) == {A: "2", B: "1", new: "3", "top.cfg": "4"}


def test_only_the_trees_on_the_way_are_written(
    backups: BackupRepository, folder: Path, clock: Clock
) -> None:
    """One device of many sites: its site's tree, the root and the commit."""
    places = [f"site-{n:02}/sw{k:02}.cfg" for n in range(20) for k in range(5)]
    backups.commit({p: backups.write(p, p) for p in places}, "all", clock())
    before = set(folder.rglob("objects/??/*"))
    blob = backups.write(places[0], "new")
    backups.commit({places[0]: blob}, "one", clock())
    assert len(set(folder.rglob("objects/??/*")) - before) == 4


def test_the_same_again_is_no_commit(backups: BackupRepository, clock: Clock) -> None:
    """The id of the last one is given."""
    first = backups.commit({A: backups.write(A, "1")}, "first", clock())
    assert backups.commit({A: backups.write(A, "1")}, "again", clock()) == first
    assert backups.commit({}, "nothing", clock()) == first
    assert len(backups.history(A)) == 1


def test_the_history_of_a_device_is_its_own(backups: BackupRepository, clock: Clock) -> None:
    """Newest first, with what it was; the commits of others do not show."""
    commits = []
    for n in range(4):
        commits.append(backups.commit({A: backups.write(A, str(n))}, f"A {n}", clock()))
        backups.commit({B: backups.write(B, str(n))}, f"B {n}", clock())
        clock.forward(days=1)
    found = backups.history(A)
    assert [v.commit for v in found] == commits[::-1]
    assert [backups.read(v.blob) for v in found] == ["3", "2", "1", "0"]
    assert found[0].message == "A 3"
    assert found[0].at == clock.forward(days=-1)
    assert backups.history(A, most=2) == found[:2]
    assert backups.history("kkn-school-z/none.cfg") == ()
    assert backups.history(A.split("/", maxsplit=1)[0]) == ()


def test_what_is_not_there_is_not_found(backups: BackupRepository, clock: Clock) -> None:
    """Unknown, malformed, or no text at all."""
    commit = backups.commit({A: backups.write(A, "1")}, "first", clock())
    for blob in ("0" * 40, "", "zz", "../../etc/passwd", commit):
        with pytest.raises(NotFound):
            backups.read(blob)
    for blob in ("0" * 40, "", "zz"):
        with pytest.raises(NotFound):
            backups.commit({A: blob}, "of nothing", clock())
    assert len(backups.history(A)) == 1


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/.git/config", ".GIT/x", "a/.", "a\0b"]
)
def test_a_path_that_leads_elsewhere_is_refused(
    backups: BackupRepository, clock: Clock, path: str
) -> None:
    """Names come from the inventory, and still."""
    with pytest.raises(ValueError, match="path"):
        backups.write(path, "x")
    with pytest.raises(ValueError, match="path"):
        backups.commit({path: backups.write(A, "x")}, "x", clock())


def test_many_threads_write_and_commit(
    backups: BackupRepository, folder: Path, clock: Clock
) -> None:
    """The same text by several at once, and commits that follow each other."""

    def write(n: int) -> None:
        path = f"site-{n % 5}/sw{n:03}.cfg"
        blob = backups.write(path, f"text {n % 10}")
        assert backups.read(blob) == f"text {n % 10}"
        if n % 4 == 0:
            backups.commit({path: blob}, f"commit {n}", clock())

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(100)))
    assert files(folder) == {
        f"site-{n % 5}/sw{n:03}.cfg": f"text {n % 10}" for n in range(0, 100, 4)
    }
    assert sum(len(backups.history(path, most=1000)) for path in files(folder)) == 25


def test_many_processes_commit(folder: Path) -> None:
    """From an empty folder, all at once: no commit loses another's files."""
    command = [sys.executable, "-W", "error", "-c", WRITE, str(folder)]
    started = [subprocess.Popen([*command, str(n)]) for n in range(4)]
    assert [process.wait() for process in started] == [0] * 4
    assert files(folder) == {f"s{n}/d{k}.cfg": f"{n} {k}" for n in range(4) for k in range(8)}


def test_what_a_kill_leaves_behind_does_not_matter(
    backups: BackupRepository, folder: Path, clock: Clock
) -> None:
    """Half files under other names, lock files of git, a lock held by nobody."""
    backups.commit({A: backups.write(A, "1")}, "first", clock())
    backups.close()
    (folder / "refs/heads/.new-0123").write_bytes(b"half")
    (folder / "refs/heads/main.lock").touch()
    blob = "0cfbf08886fca9a91cb753ec8734c84fcbe52c9f"  # of the text "2"
    (folder / "objects" / blob[:2]).mkdir(exist_ok=True)
    (folder / "objects" / blob[:2] / f"{blob[2:]}.lock").touch()
    assert backups.write(A, "2\n") == blob
    backups.commit({A: blob}, "second", clock())
    assert files(folder) == {A: "2\n"}


def test_a_folder_made_halfway_is_finished(folder: Path, clock: Clock) -> None:
    """Killed while it was made for the first time."""
    made = BackupRepository(folder)
    made.write(A, "1")
    made.close()
    (folder / "HEAD").unlink()
    shutil.rmtree(folder / "refs")
    again = BackupRepository(folder)
    again.commit({A: again.write(A, "1")}, "first", clock())
    assert files(folder) == {A: "1"}
    again.close()


@pytest.mark.skipif(not shutil.which("git"), reason="no git on this machine")
def test_git_itself_finds_nothing_wrong(
    backups: BackupRepository, folder: Path, clock: Clock
) -> None:
    """And what it packs is still found, and can be added to."""
    for n in range(3):
        texts = {p: backups.write(p, f"{p} {n}") for p in (A, B, "site/a.b.cfg", "site/a/b.cfg")}
        backups.commit(texts, f"รุ่นที่ {n}", clock())
    git = ["git", "-C", str(folder)]
    quiet = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder), "PATH": os.environ["PATH"]}
    checked = subprocess.run([*git, "fsck", "--strict"], env=quiet, capture_output=True, check=True)
    assert checked.stdout == b""
    subprocess.run([*git, "gc", "--quiet", "--prune=now"], env=quiet, check=True)
    subprocess.run([*git, "pack-refs", "--all"], env=quiet, check=True)
    assert [backups.read(v.blob) for v in backups.history(A)] == [f"{A} {n}" for n in (2, 1, 0)]
    backups.commit({A: backups.write(A, "new")}, "after packing", clock())
    assert files(folder)[A] == "new"
    assert files(folder)[B] == f"{B} 2"


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(StoreError, match="backups"):
        BackupRepository(tmp_path / "backups").write(A, "x")


def test_a_file_where_a_folder_is_needed_gives_way(
    backups: BackupRepository, folder: Path, clock: Clock
) -> None:
    """A site that has the name a device's file had."""
    backups.commit({"site": backups.write("site", "x")}, "file", clock())
    backups.commit({"site/a.cfg": backups.write("site/a.cfg", "y")}, "folder", clock())
    assert files(folder) == {"site/a.cfg": "y"}
