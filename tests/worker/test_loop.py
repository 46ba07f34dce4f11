"""The loop of the worker: what it takes over, when it ends, what it outlives."""

from __future__ import annotations

import os
import signal
import threading
from typing import cast

import pytest

from controller.errors import StoreError, Text
from controller.runs.engine import RunEngine
from controller.worker.loop import work


class FewRuns:
    """An engine that finds what is left behind, look by look."""

    def __init__(self, *looks: list[str] | StoreError) -> None:
        self.looks = list(looks)
        self.going_on: list[str] = []
        self.rests = 0

    def resume_dead(self) -> list[str]:
        found = self.looks.pop(0) if self.looks else []
        if isinstance(found, StoreError):
            raise found
        self.going_on = found
        return found

    def take_waiting(self) -> list[str]:
        return []

    def in_hand(self) -> tuple[str, ...]:
        return tuple(self.going_on)

    def rest(self) -> None:
        self.rests += 1
        if self.rests > 5:
            os.kill(os.getpid(), signal.SIGTERM)


def loop(engine: FewRuns, *, once: bool = False) -> list[str]:
    return list(work(cast("RunEngine", engine), once=once))


LOCKED = StoreError(Text(th="ฐานข้อมูลถูกล็อก", en="the database is locked"))


def test_once_ends_when_nothing_is_left_and_nothing_goes_on() -> None:
    engine = FewRuns(["r1"], ["r2"], [])
    assert loop(engine, once=True) == ["r1", "r2"]
    assert engine.rests == 2


def test_it_goes_on_until_it_is_told_to_stop() -> None:
    engine = FewRuns(["r1"], [], ["r2"])
    assert loop(engine) == ["r1", "r2"]
    assert engine.rests == 6


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_both_signals_stop_it_and_are_given_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    timer = threading.Timer(0.2, os.kill, (os.getpid(), number))
    timer.start()
    engine = FewRuns()
    engine.rests = -(10**9)
    assert loop(engine) == []
    timer.join()
    assert signal.getsignal(number) is before


def test_a_database_that_is_held_for_a_while_does_not_end_it() -> None:
    assert loop(FewRuns(LOCKED, ["r1"])) == ["r1"]


def test_with_once_the_database_has_to_be_there() -> None:
    with pytest.raises(StoreError):
        loop(FewRuns(LOCKED), once=True)
