"""The loop of `khaen worker`."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from controller.runs.engine import RunEngine

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def work(engine: RunEngine, *, once: bool = False) -> Iterator[str]:
    """Take over runs of dead processes until told to stop (Ctrl-C, SIGTERM); yields their ids.

    `once`: end when no run is left to take over and none goes on here. When told to stop, devices
    in work are finished and what waits is left for another process: that is `engine.close()`, which
    the caller does anyway. Call from the main thread.
    """
    with _told_to_stop() as stopped:
        while not stopped():
            taken = engine.resume_dead()
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
