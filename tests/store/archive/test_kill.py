"""A kill at any moment loses nothing and doubles nothing."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from controller.settings import Health
from controller.store.archive import Archive
from tests.store.archive.polls import STEP, polled

DAY = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
HEALTH = Health(keep_days=1)


class KilledError(BaseException):
    """Stands for the end of the process: nothing in the product catches it."""


def stop_at(patch: pytest.MonkeyPatch, step: int) -> list[str]:
    """From here on the process ends before its `step`th rename, removal or write to the disk."""
    done: list[str] = []

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if len(done) >= step:
                raise KilledError
            done.append(name)
            return real(*args, **kwargs)

        return call

    for owner, name in ((Path, "replace"), (Path, "unlink"), (os, "fsync"), (Path, "write_text")):
        patch.setattr(owner, name, counted(name, getattr(owner, name)))
    return done


def story(archive: Archive) -> list[Callable[[], object]]:
    """Two days as they come: polls, merging by the hour, a day ends, something comes late."""
    later = DAY + timedelta(days=1)

    def poll(at: datetime) -> Callable[[], object]:
        return lambda: archive.append([polled("sw-1", at, 1.0), polled("sw-2", at, 3.0)])

    def house(at: datetime) -> Callable[[], object]:
        return lambda: archive.keep_house(at, HEALTH)

    return [
        poll(DAY), poll(DAY + STEP), house(DAY + 2 * STEP), poll(DAY + 3 * STEP),
        house(later + timedelta(hours=1)), poll(later), poll(DAY + 4 * STEP),
        house(later + timedelta(hours=2)), house(later + timedelta(days=2)),
    ]  # fmt: skip


def seen(archive: Archive) -> tuple[object, ...]:
    """What the archive tells, by samples, hours and days."""
    whole = DAY - timedelta(days=1), DAY + timedelta(days=3)
    return (
        [(t.device, t.port, t.polls, t.mean) for t in archive.totals("in_bps", *whole, ports=True)],
        archive.series("sw-1", "in_bps", "Gi0/1", DAY - timedelta(days=30), whole[1]).samples,
        archive.series("sw-1", "in_bps", "Gi0/1", DAY - timedelta(days=400), whole[1]).samples,
    )


@pytest.mark.slow
def test_killed_at_every_step(tmp_path: Path) -> None:
    """Stopped before each step of the file system in turn, then begun again."""
    expected = None
    step = 0
    while True:
        folder = tmp_path / str(step)
        with pytest.MonkeyPatch.context() as patch:
            stop = step if expected is not None else 10**6
            done = stop_at(patch, stop)
            archive = Archive(folder)
            left = story(archive)
            try:
                while left:
                    left[0]()
                    left.pop(0)
            except KilledError:
                archive.close()
        if expected is None:
            expected = seen(archive)
            assert expected[1:] == (5, 5)
            total = len(done)
            continue
        again = Archive(folder)
        if left:
            # What was being appended may be there in part: the poll was not reported as kept.
            for work in (*story(again)[len(story(again)) - len(left) :], *story(again)[-1:]):
                work()
        assert seen(again) == expected, step
        stray = [p for p in folder.rglob(".*.parquet") if "fresh" not in p.parts]
        assert not stray, (step, stray)
        again.close()
        if not left:
            break
        step += max(total // 8, 1)  # every single one was tried once


@pytest.mark.slow
def test_pollers_and_readers_beside_the_merging(tmp_path: Path) -> None:
    """Every sample is seen once, at every moment, while files are merged away."""
    archive = Archive(tmp_path)
    rounds = 25
    wrong: list[str] = []
    kept = [0]
    stop = threading.Event()

    def poll(share: int) -> None:
        for number in range(rounds):
            archive.append([polled(f"sw-{share}", DAY + number * STEP)])
            kept[0] = number

    def read() -> None:
        last = 0
        while not stop.is_set():
            found = archive.series("sw-1", "cpu", None, DAY, DAY + rounds * STEP)
            if found.samples < last or found.damaged:
                wrong.append(f"{found.samples} after {last}, {found.damaged}")
            last = found.samples

    pollers = [threading.Thread(target=poll, args=(share,)) for share in (1, 2)]
    reader = threading.Thread(target=read)
    for thread in (*pollers, reader):
        thread.start()
    while any(thread.is_alive() for thread in pollers):
        archive.compact(DAY + timedelta(hours=1))
    stop.set()
    reader.join()
    archive.compact(DAY + timedelta(days=2))
    assert not wrong
    assert [t.samples for t in archive.totals("cpu", DAY, DAY + timedelta(days=1))] == [rounds] * 2
    archive.close()
