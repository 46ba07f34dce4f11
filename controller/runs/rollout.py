"""One run from its first device to its last: canary, then as many at once as allowed, or a stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from controller.errors import KhaenError, StoreError
from controller.plans.outcome import FINAL, Run, RunDevice
from controller.plans.plan import Plan
from controller.runs.device import carry, was_lost
from controller.runs.durable import LeftOpen, Slot
from controller.runs.environment import RunEnvironment
from controller.runs.errand import Errand
from controller.runs.errands import errands_of, plan_of
from controller.runs.gate import Permit, permit
from controller.runs.ledger import Ledger
from controller.runs.progress import Progress
from controller.runs.room import NoRoom, Room
from controller.runs.timing import Times
from controller.runs.wording import NOTHING, STOP_ASKED, gate_closed, time_over
from controller.store import runs, snapshots

Signal = Callable[[], bool]


class Rollout:
    """Carrying one run out in this process."""

    def __init__(
        self,
        environment: RunEnvironment,
        executor: str,
        run: Run,
        *,
        stop_asked: Signal,
        leaving: Signal,
        lost: Signal = lambda: False,
    ) -> None:
        """`stop_asked`: begin no more devices and end the run; `leaving`: leave it for another.

        `lost`: this process may have been taken for dead, so nothing more may be sent at all.
        """
        self._environment = environment
        self._run = run
        self._stop_asked = stop_asked
        self._leaving = leaving
        self._lost = lost
        self._ledger = Ledger(
            environment.store,
            environment.backups,
            run,
            executor,
            environment.clock,
            environment.secrets,
            Room(environment, self._has_no_patience),
        )
        self._room = Room(environment)
        self._workers = 1
        self._closed = NOTHING
        self._permit: Permit | None = None
        self._errands: Mapping[str, Errand] = {}
        self._over = NOTHING
        self._times = Times()
        self._at_work: dict[Future[dict[str, Any]], RunDevice] = {}

    def go(self, slots: Callable[[int], list[Slot]]) -> dict[str, Any]:
        """Carry the run out, or on. Devices that are final are left alone.

        Errors: `LeftOpen` when the run was left for another process; `Fenced`, `StoreError`.
        """
        plan = self._pass_gate()
        with self._environment.store.read() as conn:
            rows = runs.run_devices(conn, self._run.id)
        errands = self._errands = errands_of(self._environment, self._run, plan, rows)
        place = dict(zip((row.device for row in rows), slots(len(rows)), strict=True))
        progress = Progress(len(rows), plan.policy)
        for row in rows:
            if row.state in FINAL:
                progress.record(row.device, row.state, lost=was_lost(row))
        with ThreadPoolExecutor(self._at_once(plan), "khaen-device") as pool:

            def begin(row: RunDevice) -> None:
                task = pool.submit(place[row.device].run, self._one, row, errands[row.device])
                self._at_work[task] = row

            # What an earlier attempt began comes first, and is brought to its end in any case:
            # the timers of those devices are running.
            for row in rows:
                if row.state not in FINAL and row.state != "waiting":
                    self._make_room(progress, self._at_once(plan))
                    begin(row)
            waiting = [row for row in rows if row.state == "waiting"]
            sites = {planned.device: planned.site for planned in plan.devices}
            self._begin_waiting(self._room.in_turn(waiting, sites), progress, begin)
            self._make_room(progress, 1)
        return self._end(progress)

    def _pass_gate(self) -> Plan:
        """The plan; a closed gate lets nothing begin, but what was begun is still looked after."""
        try:
            permitted = permit(self._environment, self._run.case, self._run.kind, going_on=True)
        except StoreError:
            raise
        except KhaenError as error:
            self._closed = gate_closed(error.message)
            return plan_of(self._environment.store, self._run)
        self._workers = permitted.workers
        self._permit = permitted
        self._times = permitted.times
        return permitted.plan

    def _has_no_patience(self) -> bool:
        """Whether a device that finds no room is not to wait for it."""
        told = self._stop_asked() or self._leaving() or bool(self._closed.code)
        return told or not self._in_time()

    def _open_permit(self) -> Permit:
        """The leave under which devices are begun; a fault of ours without one."""
        if self._permit is None:
            raise RuntimeError("nothing begins without a permit")
        return self._permit

    def _at_once(self, plan: Plan) -> int:
        return max(1, min(plan.policy.batch, self._workers))

    def _one(self, row: RunDevice, errand: Errand) -> dict[str, Any]:
        may_keep = not self._closed.code
        may_push = may_keep and self._in_time()
        return carry(
            self._environment, self._ledger, row, errand, may_push=may_push, may_keep=may_keep
        )

    def _in_time(self) -> bool:
        """Whether a device may be begun now: in the plan's window, and in no freeze."""
        against = self._times.against(self._environment.clock())
        if against:
            self._over = time_over(against)
        return not against

    def _begin_waiting(
        self, rows: Iterator[RunDevice], progress: Progress, begin: Callable[[RunDevice], None]
    ) -> None:
        """`rows` are asked for one by one, each when its turn may have come."""
        for row in rows:
            self._make_room(progress, None)
            if progress.stop or self._closed.code or self._stop_asked() or self._leaving():
                return
            if not self._in_time():
                return
            begin(row)

    def _make_room(self, progress: Progress, room: int | None) -> None:
        """Wait until fewer devices than `room` are at work, or than the progress allows.

        Errors: what ended a device's step without an outcome, once nothing is at work any more.
        """
        while self._at_work:
            allowed = min(progress.room(), self._workers) if room is None else room
            if len(self._at_work) < allowed:
                return
            done, _ = wait(self._at_work, return_when=FIRST_COMPLETED)
            for task in done:
                row = self._at_work.pop(task)
                error = task.exception()
                if isinstance(error, NoRoom):
                    continue  # it waits as before, for this run to end or for another process
                if error is not None:
                    wait(self._at_work)
                    raise error
                answer = task.result()
                progress.record(row.device, answer["state"], lost=answer["lost"])

    def _end(self, progress: Progress) -> dict[str, Any]:
        with self._environment.store.read() as conn:
            rows = runs.run_devices(conn, self._run.id)
        left = [row for row in rows if row.state not in FINAL]
        why = self._closed if self._closed.code else progress.stop
        if why is None and left and self._over.code:
            why = self._over
        self._keep_backups(rows)
        if left and why is None and not self._stop_asked():
            raise LeftOpen(f"{len(left)} devices are left for another process")
        if left:
            why = why or STOP_ASKED
        self._ledger.finish("stopped" if left or progress.stop else "finished", why or NOTHING)
        return {"left": len(left)}

    def _keep_backups(self, rows: tuple[RunDevice, ...]) -> None:
        """One commit for what the devices of the run have now; doing it again changes nothing."""
        files: dict[str, str] = {}
        planned = plan_of(self._environment.store, self._run).devices
        sites = {d.device: d.site for d in planned}
        with self._environment.store.read() as conn:
            for row in rows:
                kept = snapshots.snapshot(conn, row.device, row.after) if row.after else None
                if row.state == "confirmed" and kept:
                    files[f"{sites[row.device]}/{row.device}.cfg"] = kept.blob
        if files:
            message = f"{self._run.kind} {self._run.case} ({self._run.id})"
            self._environment.backups.commit(files, message, self._environment.clock())
