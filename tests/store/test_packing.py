"""Packing keeps every text, stays small, and can be killed at any moment."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from dulwich.pack import apply_delta
from hypothesis import given
from hypothesis import strategies as st

from controller.store import packing
from controller.store.backups import BackupRepository
from controller.store.delta import entries_of, lines_of, make_delta
from controller.store.pack_files import PackFolder
from tests.store.clock import Clock

PATHS = [f"site-{n % 3}/sw{n:02}.cfg" for n in range(9)]


class Office:
    """Devices whose configurations change by some lines a night, in a repository."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock
        self.random = random.Random(7)
        self.backups = BackupRepository(folder)
        self.kept: dict[str, str] = {}
        self.now = {path: [f"line {self.random.random()}\n" for _ in range(80)] for path in PATHS}
        self.night(PATHS)

    def night(self, paths: list[str]) -> None:
        """One commit with a new version of these."""
        blobs = {}
        for path in paths:
            lines = self.now[path]
            lines[self.random.randrange(len(lines))] = f"line {self.random.random()}\n"
            text = "".join(lines)
            blobs[path] = self.backups.write(path, text)
            self.kept[blobs[path]] = text
        self.backups.commit(blobs, "night", self.clock.forward(days=1))

    def everything_is_there(self) -> None:
        """Every text ever kept, read by a program that starts anew; and all commits."""
        fresh = BackupRepository(self.folder)
        assert {blob: fresh.read(blob) for blob in self.kept} == self.kept
        for path in PATHS:
            assert fresh.read(fresh.history(path)[0].blob) == "".join(self.now[path])
        fresh.close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order of what is written is tested here, not the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """An office after its first night."""
    made = Office(tmp_path / "backups", clock)
    yield made
    made.backups.close()


def bytes_of(folder: Path) -> int:
    """The size of all files."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_many_nights_become_few_small_packs(office: Office) -> None:
    """What was whole becomes a difference; git agrees that nothing is wrong."""
    first = office.backups.pack()
    assert first
    assert first.objects > len(PATHS)
    for _ in range(40):
        office.night(office.random.sample(PATHS, 2))
        done = office.backups.pack()
        assert done
        assert done.objects in range(5, 8)
        assert done.packs <= 8
    assert packing.loose_objects(office.folder) == {}
    office.everything_is_there()
    whole = sum(map(len, office.kept.values()))
    assert bytes_of(office.folder) < whole / 3
    if shutil.which("git"):
        quiet = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(office.folder), "PATH": os.environ["PATH"]}
        command = ["git", "-C", str(office.folder), "fsck", "--strict", "--full"]
        told = subprocess.run(command, env=quiet, capture_output=True, check=True)
        assert told.stdout == told.stderr == b""


def test_differences_are_never_piled_too_high(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some, a version is kept whole again, also where packs are put together."""
    monkeypatch.setattr(packing, "DEEPEST", 3)
    for _ in range(20):
        office.night(PATHS[:1])
        office.backups.pack()
    packs = PackFolder(office.folder)
    deepest = 0
    for name in packs.ours():
        depth: dict[bytes, int] = {}
        for sha, packed in packs.read(name):
            depth[sha] = depth[packed.base] + 1 if packed.base else 0
        deepest = max(deepest, *depth.values())
    assert deepest == 3
    office.everything_is_there()


def test_a_text_of_no_commit_is_packed_too(office: Office) -> None:
    """A run keeps what a device had before; the commit comes later, or never."""
    alone = office.backups.write(PATHS[0], "before a run\n")
    office.backups.pack()
    assert packing.loose_objects(office.folder) == {}
    assert office.backups.read(alone) == "before a run\n"
    assert office.backups.write(PATHS[0], "before a run\n") == alone
    assert packing.loose_objects(office.folder) == {}


def test_a_configuration_that_comes_back_goes_in_no_circle(office: Office) -> None:
    """One text after the other and the first again, over several packs that become one."""
    for name in "ABABA":
        blob = office.backups.write(PATHS[0], f"{name}\n" * 50)
        office.kept[blob] = f"{name}\n" * 50
        office.now[PATHS[0]] = [f"{name}\n"] * 50
        office.backups.commit({PATHS[0]: blob}, name, office.clock.forward(days=1))
        office.backups.pack()
    office.everything_is_there()


class Killed(BaseException):
    """The process ended here."""


def test_a_kill_at_any_moment_loses_nothing(office: Office, tmp_path: Path) -> None:
    """Before each step that changes something on the disk; the next packing tidies up."""
    office.backups.pack()
    for paths in (PATHS[:1], PATHS[1:2], PATHS):
        office.backups.pack()
        office.night(paths)
    office.backups.close()
    whole, steps, ended = office.folder, 0, False
    while not ended:
        office.folder = tmp_path / f"killed-{steps}"
        shutil.copytree(whole, office.folder)
        ended = _packed_until(office.folder, steps)
        office.everything_is_there()
        backups = BackupRepository(office.folder)
        assert backups.pack()
        backups.close()
        left = [f.name for f in office.folder.rglob("*") if f.name.startswith(".new-")]
        packs = {f.stem for f in (office.folder / "objects/pack").iterdir()}
        assert not left
        assert packs == set(PackFolder(office.folder).ours())
        assert packing.loose_objects(office.folder) == {}
        shutil.rmtree(office.folder)
        steps += 1
    assert steps > 30


def _packed_until(folder: Path, steps: int) -> bool:
    """Pack and be killed before the step of this number; True when it was over before."""
    left = iter(range(steps))

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any, **words: Any) -> Any:
            if next(left, None) is None:
                raise Killed
            return real(*given, **words)

        return step

    backups = BackupRepository(folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", counted(os.fsync))
        patched.setattr(Path, "replace", counted(Path.replace))
        patched.setattr(Path, "unlink", counted(Path.unlink))
        try:
            backups.pack()
        except Killed:
            return False
        finally:
            backups.close()
    return True


def test_reading_goes_on_while_packs_come_and_go(office: Office) -> None:
    """Threads of the same program, and another program with its own view of the folder."""
    ended = threading.Event()
    faults: list[BaseException] = []

    def read(backups: BackupRepository) -> None:
        choose = random.Random(3)
        while not ended.is_set():
            blob = choose.choice(list(office.kept))
            try:
                assert backups.read(blob) == office.kept[blob]
            except BaseException as fault:
                faults.append(fault)
                raise

    other = BackupRepository(office.folder)
    readers = [threading.Thread(target=read, args=(b,)) for b in (office.backups, other, other)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(15):
            office.night(PATHS[:4])
            office.backups.pack()
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    other.close()
    assert not faults
    office.everything_is_there()


def test_only_one_packs_at_a_time(office: Office) -> None:
    """The second is told so, and does nothing."""
    with packing.packing_alone(office.folder) as alone:
        assert alone
        other = BackupRepository(office.folder)
        assert other.pack() is None
        other.close()
    assert office.backups.pack()


@pytest.mark.skipif(not shutil.which("git"), reason="no git on this machine")
def test_packs_of_git_are_left_alone(office: Office) -> None:
    """They are read, and counted, but never taken apart."""
    quiet = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(office.folder), "PATH": os.environ["PATH"]}
    subprocess.run(["git", "-C", str(office.folder), "gc", "--quiet"], env=quiet, check=True)
    theirs = set((office.folder / "objects/pack").glob("*.pack"))
    for _ in range(3):
        office.night(PATHS[:6])
        done = office.backups.pack()
    assert done
    assert done.packs > len(theirs)
    assert theirs <= set((office.folder / "objects/pack").glob("*.pack"))
    office.everything_is_there()


PIECES = st.lists(
    st.sampled_from([b"a\n", b"bb\n", b"!\n", b"x" * 200 + b"\n", b"\n"]), max_size=30
)


@given(PIECES, PIECES)
def test_a_difference_gives_the_new_one(old: list[bytes], new: list[bytes]) -> None:
    """As git reads it."""
    delta = make_delta(old, new)
    assert b"".join(apply_delta(b"".join(old), delta)) == b"".join(new)


def test_a_line_more_costs_a_line(office: Office) -> None:
    """Not the rest of the text, however often the same lines stand in it."""
    old = lines_of(b"".join(b"interface %d\n no shutdown\n!\n" % n for n in range(9000)))
    new = [*old[:3000], b" description new\n", *old[3000:12000], *old[12003:]]
    assert len(make_delta(old, new)) < 60
    large = b"x" * 0x1FFFFFF
    delta = make_delta([large], [large, b"y"])
    assert b"".join(apply_delta(large, delta)) == large + b"y"


def test_a_folder_is_compared_by_its_entries() -> None:
    """An id may hold any byte."""
    one = b"100644 a\0" + b"\n\0 \n" * 5
    other = b"40000 b\0" + bytes(range(20))
    assert entries_of(one + other) == [one, other]
