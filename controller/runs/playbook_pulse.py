"""The sign of life of whoever carries a playbook run out, and whether somebody asks it to stop."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Self

from controller.errors import StoreError
from controller.playbooks.running import PlaybookRecord
from controller.runs.environment import Patience
from controller.runs.identity import host, new_executor_id, process_started
from controller.runs.takeover import is_dead
from controller.store import executors, playbook_runs
from controller.store.engine import Connection, Store
from controller.store.executors import Executor

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0


class PlaybookPulse:
    """An executor of its own for one run: it beats from `with` to the end of it, in a thread.

    `me` is its name alone. `stop_asked` says who asked the run to stop, about a second after;
    `declared_dead` that another process has taken the run: then nothing of it may be written.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        run: str,
        *,
        me: str = "",
        every: float = _LOOK_SECONDS,
    ) -> None:
        self.me = me or new_executor_id()
        self.stop_asked: str | None = None
        self.declared_dead = False
        self._store = store
        self._clock = clock
        self._run = run
        self._every = every
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="khaen-playbook-pulse", daemon=True)

    def __enter__(self) -> Self:
        """Be alive from now on. Errors: `StoreError`."""
        now = self._clock()
        started = process_started(os.getpid()) or now
        with self._store.begin(audited=False) as conn:
            executors.register(conn, Executor(self.me, host(), os.getpid(), started, now))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Say that this executor carries nothing out any more."""
        self._closing.set()
        self._thread.join()
        try:
            with self._store.begin(audited=False) as conn:
                executors.retire(conn, self.me, self._clock())
        except StoreError as error:
            # Then this process is found to have gone, which comes to the same.
            _log.warning("not signed off: %s", error.message.en)

    def _beat(self) -> None:
        while not self._closing.wait(self._every):
            try:
                with self._store.begin(audited=False) as conn:
                    self.declared_dead = not executors.beat(conn, self.me, self._clock())
                with self._store.read() as conn:
                    self.stop_asked = playbook_runs.stop_requested(conn, self._run)
            except StoreError as error:
                # A missed beat is made good by the next one; the lease allows for several.
                _log.warning("no heartbeat written: %s", error.message.en)


def left_runs(
    conn: Connection, now: datetime, patience: Patience | None = None
) -> tuple[PlaybookRecord, ...]:
    """Playbook runs nobody is at, oldest first: those that wait, and those of dead processes."""
    going_on = playbook_runs.open_runs(conn)
    if not going_on:
        return ()
    lease = (patience or Patience()).lease
    alive = {e.id for e in executors.living(conn) if not is_dead(e, now, lease)}
    return tuple(run for run in going_on if run.executor not in alive)


def take_left(conn: Connection, run: PlaybookRecord, me: str, now: datetime) -> bool:
    """Make a left run the one of executor `me`; False when another process was quicker.

    Who had it is retired in the same transaction: should that process only have been frozen, it
    finds out before it writes anything.
    """
    if run.executor:
        executors.retire(conn, run.executor, now)
    return playbook_runs.take_run(conn, run.id, me, previous=run.executor)
