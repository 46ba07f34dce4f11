"""The sign of life of this process, and the requests to stop that others left for its runs."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable

from controller.errors import StoreError
from controller.runs.environment import RunEnvironment
from controller.runs.identity import host, process_started
from controller.store import executors, runs
from controller.store.executors import Executor

_log = logging.getLogger(__name__)


class Pulse:
    """Registers this process as an executor and beats until it is closed."""

    def __init__(
        self,
        environment: RunEnvironment,
        executor: str,
        in_hand: Callable[[], Iterable[str]],
        queues: tuple[str, ...] = (),
    ) -> None:
        """`queues` are what this process takes work from by itself.

        Errors: `Refused` when another process has or had this id.
        """
        self._queues = queues
        self._environment = environment
        self._executor = executor
        self._in_hand = in_hand
        self._closing = threading.Event()
        self._stops: set[str] = set()
        self.declared_dead = False
        self._register()
        self._beaten = time.monotonic()
        self._thread = threading.Thread(target=self._beat, name="khaen-pulse", daemon=True)
        self._thread.start()

    def stop_asked(self, run: str) -> bool:
        """Whether somebody asked this run to stop."""
        return run in self._stops

    @property
    def lost(self) -> bool:
        """Whether this process was taken for dead, or may soon be: its sign of life is overdue."""
        silent = time.monotonic() - self._beaten
        return self.declared_dead or silent > self._environment.patience.lease / 2

    def serve(self, queues: tuple[str, ...]) -> None:
        """Say from which queues this process takes work from now on."""
        with self._environment.store.begin(audited=False) as conn:
            executors.serve(conn, self._executor, queues)

    def drain(self) -> None:
        """Say that this process begins nothing more."""
        with self._environment.store.begin(audited=False) as conn:
            executors.drain(conn, self._executor, self._environment.clock())

    def close(self) -> None:
        """Say that this process carries nothing out any more."""
        self._closing.set()
        self._thread.join()
        with self._environment.store.begin(audited=False) as conn:
            executors.retire(conn, self._executor, self._environment.clock())

    def _register(self) -> None:
        with self._environment.store.begin(audited=False) as conn:
            now = executors.clock_of(conn, self._environment.clock)
            started = process_started(os.getpid()) or now
            me = Executor(self._executor, host(), os.getpid(), started, now, self._queues)
            executors.register(conn, me)

    def _beat(self) -> None:
        while not self._closing.wait(self._environment.patience.beat):
            try:
                self._beat_once()
            except StoreError as error:
                # A missed beat is made good by the next one; the lease allows for several.
                _log.warning("no heartbeat written: %s", error.message.en)

    def _beat_once(self) -> None:
        with self._environment.store.begin(audited=False) as conn:
            now = executors.clock_of(conn, self._environment.clock)
            alive = executors.beat(conn, self._executor, now)
        self.declared_dead = not alive
        self._beaten = time.monotonic()
        with self._environment.store.read() as conn:
            self._stops |= {run for run in self._in_hand() if runs.stop_requested(conn, run)}
