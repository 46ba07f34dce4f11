"""Several processes on one database, and one that is killed in the middle of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from controller.store import audit_log, registers
from controller.store.engine import Store
from tests.store.writer import number

ROOT = Path(__file__).parents[2]


@contextmanager
def writer(url: str, folder: Path, what: str, times: int = 0) -> Iterator[subprocess.Popen[str]]:
    """A process of `tests.store.writer`, killed at the end if it still lives."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", url, str(folder), what, str(times)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def said_by_three(url: str, folder: Path, what: str, times: int) -> list[int]:
    """All the numbers that three processes at once print."""
    with (
        writer(url, folder, what, times) as one,
        writer(url, folder, what, times) as two,
        writer(url, folder, what, times) as three,
    ):
        texts = [process.communicate()[0] for process in (one, two, three)]
        assert [process.returncode for process in (one, two, three)] == [0, 0, 0]
    return [int(line) for text in texts for line in text.split()]


def test_numbers_and_the_chain_hold_over_processes(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    """No number twice, none left out; one chain, whole and anchored."""
    given = said_by_three(database_url, tmp_path / "var", "numbers", 40)
    assert sorted(given) == list(range(1, 121))
    assert store.keeper
    verdict = store.keeper.verify(store)
    assert (verdict.ok, verdict.seen) == (True, 120)
    with store.read() as conn:
        assert sorted(int(e.subject) for e in audit_log.entries(conn)) == sorted(given)


def test_fences_hold_over_processes(database_url: str, tmp_path: Path) -> None:
    """Each that was given was given once, and they grow without a gap."""
    given = said_by_three(database_url, tmp_path / "var", "locks", 60)
    fences = sorted(fence for fence in given if fence)
    assert fences == list(range(1, len(fences) + 1))
    assert len(fences) >= 60


def test_who_is_killed_in_mid_transaction_leaves_nothing(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    """The chain is valid, no number is lost, and the next writer waits for nobody."""
    assert number(store) == 1
    with writer(database_url, tmp_path / "var", "stuck") as process:
        assert process.stdout
        assert process.stdout.readline() == "stuck\n"
        process.kill()
        process.wait()
    assert store.keeper
    assert store.keeper.verify(store).ok is True
    assert number(store) == 2
    verdict = store.keeper.verify(store)
    assert (verdict.ok, verdict.seen) == (True, 2)


@pytest.mark.parametrize("after", [1, 7, 23])
def test_who_is_killed_while_writing_loses_nothing_it_has_told(
    store: Store, database_url: str, tmp_path: Path, after: int
) -> None:
    """Everything it said was committed is there; the log goes on, whole."""
    with writer(database_url, tmp_path / "var", "for-ever") as process:
        assert process.stdout
        told = [int(process.stdout.readline()) for _ in range(after)]
        process.kill()
        process.wait()
    assert store.keeper
    # Between its commit and its anchor: not wrong, and proved by the next entry.
    assert store.keeper.verify(store).ok in (True, None)
    following = number(store)
    verdict = store.keeper.verify(store)
    assert (verdict.ok, verdict.seen) == (True, following)
    with store.begin() as conn:
        kept = [int(e.subject) for e in audit_log.entries(conn)]
        assert registers.next_number(conn, "2.3", 2569) == following + 1
    assert kept == list(range(1, following + 1))
    assert told == kept[: len(told)]
