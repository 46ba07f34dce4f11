"""Executors: signs of life, and taking over the runs of those that died."""

from __future__ import annotations

from datetime import datetime, timedelta

from controller.plans.outcome import Run
from controller.runs.environment import RunEnvironment
from controller.runs.identity import host, is_gone
from controller.store import audit_log, executors, runs
from controller.store.engine import Connection
from controller.store.executors import Executor

TO_A_WORKER = ""
"""The executor of a run that waits for a worker."""


def is_dead(executor: Executor, now: datetime, lease: float) -> bool:
    """Whether an executor will not go on: its process is gone, or it is silent for too long."""
    if executor.host == host() and is_gone(executor.pid, executor.started):
        return True
    return executor.heartbeat < now - timedelta(seconds=lease)


def orphans(conn: Connection, me: str, now: datetime, lease: float) -> tuple[Run, ...]:
    """Runs that have not ended and whose executor is dead; not those left to a worker."""
    alive = {e.id for e in executors.living(conn) if e.id == me or not is_dead(e, now, lease)}
    begun = (run for run in runs.open_runs(conn) if run.executor != TO_A_WORKER)
    return tuple(run for run in begun if run.executor not in alive)


def take_over(environment: RunEnvironment, me: str) -> tuple[Run, ...]:
    """Move the runs of dead executors to this one; each run is moved by one process only.

    The dead ones are retired in the same transaction: should one of them only have been frozen, it
    finds that out before it writes anything. Gives the runs as they were. Errors: `StoreError`.
    """
    lease = environment.patience.lease
    with environment.store.read() as conn:
        now = executors.clock_of(conn, environment.clock)
        if not orphans(conn, me, now, lease):
            return ()
    with environment.store.begin() as conn:
        now = executors.clock_of(conn, environment.clock)
        if not executors.beat(conn, me, now):
            return ()  # others took this process for dead: it takes nothing under this id
        moved = []
        for run in orphans(conn, me, now, lease):
            executors.retire(conn, run.executor, now)
            if runs.move_run(conn, run.id, me, previous=run.executor):
                _tell(conn, run, me, now)
                moved.append(run)
    return tuple(moved)


def take_waiting(environment: RunEnvironment, me: str, only: str | None = None) -> tuple[Run, ...]:
    """Take the runs that were left to a worker, or one; each is taken by one process only.

    Errors: `StoreError`.
    """
    with environment.store.read() as conn:
        left = [run for run in runs.open_runs(conn) if run.executor == TO_A_WORKER]
    waiting = [run for run in left if only in (None, run.id)]
    if not waiting:
        return ()
    with environment.store.begin() as conn:
        if not executors.beat(conn, me, executors.clock_of(conn, environment.clock)):
            return ()
        taken = [run for run in waiting if runs.move_run(conn, run.id, me, previous=TO_A_WORKER)]
        for run in taken:
            _tell(conn, run, me, environment.clock())
    return tuple(taken)


def _tell(conn: Connection, run: Run, me: str, at: datetime) -> None:
    audit_log.append(
        conn,
        actor=run.by,
        action="run_taken_over",
        subject=run.case,
        content={"run": run.id, "from": run.executor, "to": me},
        at=at,
    )
