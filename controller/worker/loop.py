"""The loop of `khaen worker`, and of the worker inside `khaen serve`."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from controller.errors import StoreError
from controller.runs.engine import RunEngine

_log = logging.getLogger(__name__)
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def work(engine: RunEngine, *, once: bool = False) -> Iterator[str]:
    """Take over runs of dead processes until told to stop (Ctrl-C, SIGTERM); yields their ids.

    `once`: end when no run is left to take over and none goes on here. When told to stop, devices
    in work are finished and what waits is left for another process: that is `engine.close()`, which
    the caller does anyway. Call from the main thread. Errors: `StoreError` with `once`; without it
    a database that is held by somebody else, or gone for a moment, is asked again later.
    """
    with _told_to_stop() as stopped:
        yield from _looks(engine, stopped, once=once)


def carry_on(engine: RunEngine, stopped: Callable[[], bool]) -> None:
    """The same beside other work, in a thread of its own, until `stopped()`."""
    for run in _looks(engine, stopped, once=False):
        _log.info("took over run %s", run)


def _looks(engine: RunEngine, stopped: Callable[[], bool], *, once: bool) -> Iterator[str]:
    while not stopped():
        taken: list[str] = []
        try:
            taken = engine.resume_dead()
        except StoreError as error:
            if once:
                raise
            _log.warning("no look for runs of dead processes: %s", error.message.en)
        yield from taken
        if once and not taken and not engine.in_hand():
            return
        engine.rest()


@contextmanager
def _told_to_stop() -> Iterator[Callable[[], bool]]:
    told: list[int] = []
    before = {number: signal.signal(number, lambda n, _: told.append(n)) for number in _SIGNALS}
    try:
        yield lambda: bool(told)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
