"""The sign of life of whoever carries a playbook run out, and whether somebody asks it to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Self

from controller.errors import StoreError
from controller.playbooks.running import PlaybookRecord
from controller.runs.environment import Patience
from controller.runs.identity import new_executor_id
from controller.runs.sign_of_life import SignOfLife
from controller.runs.takeover import is_dead
from controller.store import executors, playbook_runs
from controller.store.engine import Connection, Store

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
        self._run = run
        self._life = SignOfLife(store, clock, self.me, every, self._look)

    def __enter__(self) -> Self:
        """Be alive from now on. Errors: `StoreError`."""
        self._life.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Say that this executor carries nothing out any more."""
        try:
            self._life.close()
        except StoreError as error:
            # Then this process is found to have gone, which comes to the same.
            _log.warning("not signed off: %s", error.message.en)

    def _look(self, alive: bool) -> None:
        self.declared_dead = not alive
        with self._store.read() as conn:
            self.stop_asked = playbook_runs.stop_requested(conn, self._run)


def left_runs(
    conn: Connection, now: datetime, patience: Patience | None = None
) -> tuple[PlaybookRecord, ...]:
    """Playbook runs nobody is at, oldest first: those that wait, and those of dead processes.

    `now` by the clock of the signs of life (`executors.clock_of`).
    """
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
