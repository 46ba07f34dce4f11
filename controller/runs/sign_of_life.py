"""An executor's sign of life: registered, written again and again, signed off."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime

from controller.errors import StoreError
from controller.runs.identity import host, process_started
from controller.store import executors
from controller.store.engine import Connection, Store
from controller.store.executors import Executor

_log = logging.getLogger(__name__)


class SignOfLife:
    """Beats from `start` to `close`, in a thread, by the clock others judge it by.

    `beaten` is told after each beat whether the executor still counts as alive; what it raises as
    `StoreError` is made good by the next beat, as a missed one is.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        executor: str,
        every: float,
        beaten: Callable[[bool], None],
        queues: tuple[str, ...] = (),
    ) -> None:
        """`every` in seconds. `queues` are what the executor takes work from by itself."""
        self._store = store
        self._clock = clock
        self._executor = executor
        self._every = every
        self._beaten = beaten
        self._queues = queues
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="khaen-pulse", daemon=True)

    def start(self) -> None:
        """Be alive from now on. Errors: `Refused` when the id was ever used, `StoreError`."""
        with self._store.begin(audited=False) as conn:
            now = self._now(conn)
            started = process_started(os.getpid()) or now
            me = Executor(self._executor, host(), os.getpid(), started, now, self._queues)
            executors.register(conn, me)
        self._thread.start()

    def close(self) -> None:
        """Say that the executor carries nothing out any more. Errors: `StoreError`."""
        self._closing.set()
        self._thread.join()
        with self._store.begin(audited=False) as conn:
            executors.retire(conn, self._executor, self._clock())

    def _beat(self) -> None:
        while not self._closing.wait(self._every):
            try:
                with self._store.begin(audited=False) as conn:
                    alive = executors.beat(conn, self._executor, self._now(conn))
                self._beaten(alive)
            except StoreError as error:
                # A missed beat is made good by the next one; the lease allows for several.
                _log.warning("no heartbeat written: %s", error.message.en)

    def _now(self, conn: Connection) -> datetime:
        return executors.clock_of(conn, self._clock)
