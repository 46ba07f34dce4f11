"""Playbook runs that wait for a worker, or whose process died: carried out beside other work."""

from __future__ import annotations

import logging
import threading

from controller.accounts.actor import SCHEDULE
from controller.errors import KhaenError
from controller.operations.context import Context
from controller.operations.take_playbook_run import prune_playbook_runs, take_playbook_run

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0
_AT_ONCE = 2
"""Runs at one time: every one may start `playbooks.forks` processes of Ansible."""
_PRUNE_SECONDS = 3600.0


class PlaybookRuns:
    """Takes playbook runs from `start()` to `stop()`. One a process."""

    def __init__(
        self, context: Context, every: float = _LOOK_SECONDS, at_once: int = _AT_ONCE
    ) -> None:
        self._context = context
        self._every = every
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(
                target=self._go, args=(number,), name=f"khaen-playbooks-{number}", daemon=True
            )
            for number in range(at_once)
        ]

    def start(self) -> None:
        """Begin, in threads of its own."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Take nothing more; what goes on is stopped and left for another process."""
        self._stopped.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _go(self, number: int) -> None:
        # The first look comes after one wait: a command that ends at once never begins anything.
        since_pruned = 0.0
        while not self._stopped.wait(self._every):
            since_pruned += self._every
            try:
                while self._take():
                    pass
                if number == 0 and since_pruned >= _PRUNE_SECONDS:
                    since_pruned = 0.0
                    while prune_playbook_runs(self._context, SCHEDULE):
                        pass
            except KhaenError as error:
                # A database held by somebody else, a full disk: tried again at the next look.
                _log.warning("playbook runs wait: %s", error.message.en)

    def _take(self) -> bool:
        if self._stopped.is_set():
            return False
        run = take_playbook_run(self._context, SCHEDULE, self._stopped.is_set)
        if run is not None:
            _log.info("carried out playbook run %s", run)
        return run is not None
