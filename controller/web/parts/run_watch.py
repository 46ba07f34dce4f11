"""Many pages watch one run: it is read once for all of them, at most about once a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from weakref import WeakValueDictionary

from controller.operations.follow_run import Outcome
from controller.operations.show_run import show_run
from controller.web.visit import Visit

FRESH = 0.8
"""Seconds for which what one page read is good enough for the others."""

OWN = 30.0
"""Seconds after which a page asks for itself, so that a session that ended stops seeing."""


class RunWatch:
    """One run as the pages of this process see it. `look` gives the newest known state."""

    def __init__(self, run: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.run = run
        self._clock = clock
        self._turn = asyncio.Lock()
        self._outcome: Outcome | None = None
        self._read = 0.0

    async def look(self, visit: Visit, *, own: bool = False) -> Outcome:
        """The run now; `own` asks on the visitor's own behalf. Errors: `NotAllowed`, `NotFound`."""
        async with self._turn:
            fresh = self._clock() - self._read < FRESH
            if own or self._outcome is None or not fresh:
                self._outcome = await visit.ask(show_run, self.run)
                self._read = self._clock()
            return self._outcome


_watched: WeakValueDictionary[str, RunWatch] = WeakValueDictionary()


def watch(run: str) -> RunWatch:
    """The watch all pages of this process share; it goes when the last of them goes."""
    found = _watched.get(run)
    if found is None:
        found = _watched[run] = RunWatch(run)
    return found
