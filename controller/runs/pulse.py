"""The sign of life of this process, and the requests to stop that others left for its runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from controller.runs.environment import RunEnvironment
from controller.runs.sign_of_life import SignOfLife
from controller.store import executors, runs


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
        self._environment = environment
        self._executor = executor
        self._in_hand = in_hand
        self._stops: set[str] = set()
        self.declared_dead = False
        self._beaten = time.monotonic()
        beat = environment.patience.beat
        store, clock = environment.store, environment.clock
        self._life = SignOfLife(store, clock, executor, beat, self._look, queues)
        self._life.start()

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
        self._life.close()

    def _look(self, alive: bool) -> None:
        self.declared_dead = not alive
        self._beaten = time.monotonic()
        with self._environment.store.read() as conn:
            self._stops |= {run for run in self._in_hand() if runs.stop_requested(conn, run)}
