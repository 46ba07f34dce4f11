"""Many pages watch one playbook run: it is read once for all of them, and only what is new."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakValueDictionary

from controller.operations.show_playbook_run import PlaybookRunView, show_playbook_run
from controller.playbooks.result import TaskResult
from controller.web.parts.run_watch import FRESH
from controller.web.visit import Visit


class PlaybookWatch:
    """One run as the pages of this process see it. `look` gives the newest known state."""

    def __init__(self, run: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.run = run
        self._clock = clock
        self._turn = asyncio.Lock()
        self._view: PlaybookRunView | None = None
        self._results: tuple[TaskResult, ...] = ()
        self._read = 0.0

    async def look(self, visit: Visit, *, own: bool = False) -> PlaybookRunView:
        """The run now with every result; `own` asks on the visitor's own behalf.

        Errors: `NotAllowed`, `NotFound`.
        """
        async with self._turn:
            fresh = self._clock() - self._read < FRESH
            if own or self._view is None or not fresh:
                self._view = await self._newer(visit)
                self._read = self._clock()
            return self._view

    async def _newer(self, visit: Visit) -> PlaybookRunView:
        after = self._results[-1].number if self._results else 0
        view = await visit.ask(show_playbook_run, self.run, after=after)
        before = self._view.record.executor if self._view else ""
        if after and view.record.executor != before:
            # Taken over: what was known of devices that had not ended is gone.
            view = await visit.ask(show_playbook_run, self.run)
            self._results = ()
        self._results += tuple(replace(one, lines="", answer="") for one in view.results)
        return replace(view, results=self._results)


_watched: WeakValueDictionary[str, PlaybookWatch] = WeakValueDictionary()


def watch_playbook(run: str) -> PlaybookWatch:
    """The watch all pages of this process share; it goes when the last of them goes."""
    found = _watched.get(run)
    if found is None:
        found = _watched[run] = PlaybookWatch(run)
    return found
