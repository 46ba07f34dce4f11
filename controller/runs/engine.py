"""Runs in this process: start, go on with those of dead processes, follow, stop, leave."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from controller.accounts.actor import Actor, require
from controller.errors import DeviceBusy, Text
from controller.logs import about
from controller.plans.outcome import Run, RunDevice, RunKind
from controller.runs.durable import Durable, LeftOpen, Slot, TakenOver
from controller.runs.environment import RunEnvironment
from controller.runs.errand import in_order
from controller.runs.errands import devices_to_do
from controller.runs.gate import permit
from controller.runs.identity import new_executor_id
from controller.runs.playbook_rollout import rollout_of
from controller.runs.pulse import Pulse
from controller.runs.takeover import TO_A_WORKER, take_over, take_waiting
from controller.runs.verifying import verify_unknown
from controller.store import audit_log, runs

_PERMISSIONS = {"apply": "apply_plan", "rollback": "roll_back_case"}


@dataclass(frozen=True)
class _Opened:
    """What exists once this process is known to the others; the engine when it first has a run."""

    executor: str
    pulse: Pulse
    launch: Callable[[], Durable]

    @cached_property
    def durable(self) -> Durable:
        """This process's place in the durable engine."""
        return self.launch()

    def in_hand(self) -> tuple[str, ...]:
        """The runs that go on here."""
        return self.durable.in_hand() if "durable" in self.__dict__ else ()


class RunEngine:
    """The runs of this process. Nothing is opened before the first one; one engine per process.

    Safe to share between threads. `close` it at the end.
    """

    def __init__(
        self,
        environment: RunEnvironment,
        *,
        executor_id: Callable[[], str] = new_executor_id,
    ) -> None:
        self._environment = environment
        self._new_id = executor_id
        self._guard = threading.RLock()
        self._made: _Opened | None = None
        self._queues: tuple[str, ...] = ()
        self._stopping = False
        self._leaving = False

    def start(self, case_number: str, kind: RunKind, actor: Actor) -> str:
        """Start carrying out the case's approved plan, or taking it back; gives the run's id.

        Runs of dead processes are taken over first. A run of this kind that is still open is not
        started again: its id is given, to be followed. An apply is for the devices on which the
        change does not stand yet; a rollback for those on which it does.
        Errors: `NotAllowed`, `NotApproved`, `StalePlan`, `UnsafePlan`, `DeviceBusy`, `Refused`
        (nothing to do, or devices to verify first), `NotFound`, `StoreError`.
        """
        require(actor, _PERMISSIONS[kind])
        self.resume_dead()
        with self._guard:
            going_on = self._open_run(case_number)
            if going_on is not None:
                if going_on.kind != kind:
                    raise _busy(going_on)
                if going_on.executor == TO_A_WORKER:
                    self.take_waiting(going_on.id)
                return going_on.id
            run = self._create(case_number, kind, actor, self._opened().executor)
            self._opened().durable.begin(run.id)
        return run.id

    def leave(self, case_number: str, kind: RunKind, actor: Actor) -> str:
        """Leave the same to a worker with the queue `runs`; the gate is asked now and then again.

        Gives the id of the run, or of the one that is open already. Errors: as `start`.
        """
        require(actor, _PERMISSIONS[kind])
        with self._guard:
            going_on = self._open_run(case_number)
            if going_on is not None and going_on.kind != kind:
                raise _busy(going_on)
            return (going_on or self._create(case_number, kind, actor, TO_A_WORKER)).id

    def serve(self, queues: tuple[str, ...]) -> str:
        """Be known to all as a worker with these queues, alive from now on; gives its id."""
        with self._guard:
            self._queues = queues
            known = self._made is not None
            opened = self._opened()
            if known:
                opened.pulse.serve(queues)
        return opened.executor

    def take_waiting(self, only: str | None = None) -> list[str]:
        """Begin here the runs that were left to a worker, or one of them; gives their ids."""
        with self._guard:
            if not self._still_alive():
                return []
            opened = self._opened()
            ids = [run.id for run in take_waiting(self._environment, opened.executor, only)]
            for run in ids:
                opened.durable.go_on(run)
        return ids

    def verify(
        self,
        case_number: str,
        actor: Actor,
        show: Callable[[RunDevice], None] | None = None,
    ) -> str:
        """Look again at the case's `unknown` devices and settle them; nothing is pushed.

        Waits until all were looked at; `show` is told of each. Gives the id of the newest run they
        are of. Errors: `NotAllowed`, `NotFound` (no such device), `DeviceBusy`, `StoreError`.
        """
        require(actor, "verify_devices")
        self.resume_dead()
        if (going_on := self._open_run(case_number)) is not None:
            raise _busy(going_on)
        executor = self._opened().executor
        run = verify_unknown(self._environment, executor, case_number, actor, show)
        self._environment.ended(run)
        return run

    def watch(self, run: str) -> Iterator[RunDevice]:
        """Every device of the run, then each change, until the run ends, in whatever process.

        Should that process die, the run is taken over here. Ends early when this engine is closed.
        Errors: what ended the run here without an outcome: `StoreError`, or a fault of ours.
        """
        seen: dict[str, tuple[str, str]] = {}
        while True:
            with self._environment.store.read() as conn:
                state = runs.load_run(conn, run).state
                rows = runs.run_devices(conn, run)
            for row in rows:
                if seen.get(row.device) != (row.state, row.reason):
                    seen[row.device] = (row.state, row.reason)
                    yield row
            if state != "running" or not self._pause(run):
                return

    def wait(self, run: str) -> Run:
        """The run, once it has ended. Errors: as `watch`."""
        for _ in self.watch(run):
            pass
        with self._environment.store.read() as conn:
            return runs.load_run(conn, run)

    def resume_dead(self) -> list[str]:
        """Take over the runs of dead executors and go on with them here; gives their ids.

        Also those that were left open in this process, say by a full disk.
        """
        with self._guard:
            if not self._still_alive():
                return []
            opened = self._opened()
            taken = take_over(self._environment, opened.executor)
            ids = [run.id for run in taken] + self._left_here(opened, {r.id for r in taken})
            for run in ids:
                opened.durable.go_on(run)
            for executor in {run.executor for run in taken}:
                opened.durable.forget(executor)
        return ids

    def in_hand(self) -> tuple[str, ...]:
        """The runs that go on in this process."""
        return self._made.in_hand() if self._made else ()

    def stop_gracefully(self) -> None:
        """Let the runs of this process begin no more devices and end. Safe in a signal handler."""
        self._stopping = True

    def rest(self) -> None:
        """Wait as long as lies between two looks for runs of dead executors."""
        time.sleep(self._environment.patience.poll)

    def drain(self, seconds: float | None = None) -> bool:
        """Begin no more devices and finish those in work, at most so long; whether all ended."""
        with self._guard:
            opened = self._made
            self._leaving = True
        if opened is None:
            return True
        until = None if seconds is None else time.monotonic() + seconds
        if opened.in_hand():
            opened.pulse.drain()
        for run in opened.in_hand():
            left = None if until is None else max(0.0, until - time.monotonic())
            if not _ended(opened.durable, run, left):
                return False
        return True

    def close(self) -> None:
        """Leave: devices in work are finished, what waits is left for another process."""
        self.drain()
        if self._made is not None:
            self._sign_off(self._made)

    def _opened(self) -> _Opened:
        with self._guard:
            if self._leaving:
                raise RuntimeError("the engine was closed")
            if self._made is None:
                executor = self._new_id()
                pulse = Pulse(self._environment, executor, self.in_hand, self._queues)
                url = self._environment.engine_url()
                self._made = _Opened(
                    executor, pulse, lambda: Durable(url, executor, self._carry_out)
                )
            return self._made

    def _still_alive(self) -> bool:
        """Whether this process may take work; one the others took for dead starts under a new id.

        Not before what it had in hand has ended here, with no further word to any device.
        """
        opened = self._made
        if self._leaving:
            return False
        if opened is None or not opened.pulse.declared_dead:
            return True
        if opened.in_hand():
            return False
        self._sign_off(opened)
        return True

    def _sign_off(self, opened: _Opened) -> None:
        opened.pulse.close()
        if "durable" in opened.__dict__:
            opened.durable.close()
        self._made = None

    def _carry_out(self, run_id: str, slots: Callable[[int], list[Slot]]) -> dict[str, Any]:
        opened = self._made
        if opened is None:
            raise LeftOpen("the engine was closed")
        with self._environment.store.read() as conn:
            run = runs.load_run(conn, run_id)
        with about(run=run.id, case=run.case):
            came = rollout_of(self._environment, run)(
                self._environment,
                opened.executor,
                run,
                stop_asked=lambda: self._stopping or opened.pulse.stop_asked(run_id),
                leaving=lambda: self._leaving or opened.pulse.declared_dead,
                lost=lambda: opened.pulse.lost,
            ).go(slots)
            self._environment.ended(run_id)
        return came

    def _open_run(self, case_number: str) -> Run | None:
        with self._environment.store.read() as conn:
            return next((r for r in runs.open_runs(conn) if r.case == case_number), None)

    def _left_here(self, opened: _Opened, known: set[str]) -> list[str]:
        held = set(opened.in_hand()) | known
        with self._environment.store.read() as conn:
            mine = [r.id for r in runs.open_runs(conn) if r.executor == opened.executor]
        return [run for run in mine if run not in held]

    def _create(self, case_number: str, kind: RunKind, actor: Actor, executor: str) -> Run:
        environment = self._environment
        permitted = permit(environment, case_number, kind)
        names = devices_to_do(environment.store, permitted, kind)
        at = environment.clock()
        with environment.store.begin() as conn:
            number = len(runs.runs_of(conn, case_number)) + 1
            run = Run(
                id=f"{case_number}-{kind}-{number}",
                kind=kind,
                case=case_number,
                plan=permitted.plan.id,
                by=actor.username,
                state="running",
                executor=executor,
                started=at,
            )
            batches = in_order(permitted.plan, names)
            runs.create_run(
                conn,
                run,
                [
                    RunDevice(run=run.id, device=name, batch=batch, state="waiting")
                    for name, batch in batches.items()
                ],
            )
            audit_log.append(
                conn,
                actor=actor.username,
                action="run_started",
                subject=case_number,
                content={"run": run.id, "kind": kind, "plan": run.plan, "devices": len(names)},
                at=at,
            )
        return run

    def _pause(self, run: str) -> bool:
        """Wait a little, or until the run ends here; False when there is nothing to wait for."""
        opened = self._made
        if opened is None or self._leaving:
            return False
        known = run in opened.durable.in_hand() or opened.durable.ended_here(run)
        try:
            if known:
                opened.durable.wait(run, self._environment.patience.watch)
                return True
        except TakenOver:
            pass
        except LeftOpen as left:
            if left.__cause__ is not None:
                raise left.__cause__ from None
            return False
        time.sleep(self._environment.patience.watch)
        self.resume_dead()
        return True


def _ended(durable: Durable, run: str, seconds: float | None) -> bool:
    try:
        return durable.wait(run, seconds)
    except LeftOpen:
        # Whoever watches the run has been told; the run itself is there for the next process.
        return True


def _busy(run: Run) -> DeviceBusy:
    return DeviceBusy(
        Text(
            th=f"การดำเนินการ {run.id} ยังไม่จบ",
            en=f"run {run.id} is still going on",
        )
    )
