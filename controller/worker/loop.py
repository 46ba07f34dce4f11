"""The loop of `khaen worker` with the queue `runs`, and of the worker inside `khaen serve`."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from controller.errors import StoreError
from controller.runs.engine import RunEngine

_log = logging.getLogger(__name__)
Played = Callable[[Callable[[], bool]], str | None]
"""Carries one playbook run out, told whether to leave it; its id, None when there is none."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def wait(engine: RunEngine, told: Callable[[], object]) -> Iterator[str]:
    """Take no runs, until told to stop: for a worker that has other queues."""
    with _told_to_stop(told) as stopped:
        while not stopped():
            engine.rest()
    yield from ()


def work(
    engine: RunEngine,
    *,
    once: bool = False,
    told: Callable[[], object] = lambda: None,
    played: Played = lambda _: None,
) -> Iterator[str]:
    """Take runs that wait or whose process died until told to stop (Ctrl-C, SIGTERM); their ids.

    `told` is called in the moment it is told to stop.

    `once`: end when no run is left to take over and none goes on here; `played` is then asked to
    carry a playbook run out, until it has none, as nothing else does. When told to stop, devices
    in work are finished and what waits is left for another process: that is `engine.close()`, which
    the caller does anyway. Call from the main thread. Errors: `StoreError` with `once`; without it
    a database that is held by somebody else, or gone for a moment, is asked again later.
    """
    with _told_to_stop(told) as stopped:
        yield from _looks(engine, stopped, once=once, played=played)


def carry_on(engine: RunEngine, stopped: Callable[[], bool]) -> None:
    """The same beside other work, in a thread of its own, until `stopped()`."""
    for run in _looks(engine, stopped, once=False):
        _log.info("took over run %s", run)


def _looks(
    engine: RunEngine,
    stopped: Callable[[], bool],
    *,
    once: bool,
    played: Played = lambda _: None,
) -> Iterator[str]:
    while not stopped():
        taken: list[str] = []
        try:
            taken = [*engine.resume_dead(), *engine.take_waiting()]
        except StoreError as error:
            if once:
                raise
            _log.warning("no look for runs of dead processes: %s", error.message.en)
        yield from taken
        if once and not taken and not engine.in_hand():
            run = played(stopped)
            if run is None:
                return
            yield run
            continue
        engine.rest()


@contextmanager
def _told_to_stop(tell: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    told: list[int] = []

    def hear(number: int, _frame: object) -> None:
        if not told:
            tell()
        told.append(number)

    before = {number: signal.signal(number, hear) for number in _SIGNALS}
    try:
        yield lambda: bool(told)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
