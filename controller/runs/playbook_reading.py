"""Carries a playbook run out: share by share, results kept as they come, stopped where need be.

Reading twice is harmless, so a share that was not finished is simply read again by whoever takes
the run over; what had been kept of it is forgotten by then, so that nothing counts twice.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from controller.errors import KhaenError, Text
from controller.playbooks.following import ShareEnd, breaks_promise, broken_words, ended_as
from controller.playbooks.meta import Risk
from controller.playbooks.result import TaskResult
from controller.playbooks.running import PlaybookRecord, PlaybookState
from controller.runs.playbook_pulse import PlaybookPulse
from controller.store import playbook_runs
from controller.store.engine import Connection, Store
from controller.store.limits import Limits, room_for

_FLUSH_SECONDS = 0.25
_FLUSH_AT = 100
_ROOM_SECONDS = 0.3


Ask = Callable[
    [Sequence[str], float, Callable[[TaskResult], None], Callable[[], bool]],
    ShareEnd,
]
"""Runs the playbook on some devices for at most so many seconds, telling each result."""


@dataclass
class Reading:
    """One run as this process carries it out.

    `ask` runs the playbook on a share of at most `share` devices. `leaving` says that this process
    is to end: then the run is left for another. `stopped` says that who waits for the run wants it
    stopped, and is their name. `betrayed` is called in the transaction that keeps a result which
    broke the promise to read only. `show` is told every result. `limits` are how many devices may
    be in work across all processes: a share is as large as there is room for.
    """

    store: Store
    clock: Callable[[], datetime]
    record: PlaybookRecord
    risk: Risk
    pulse: PlaybookPulse
    ask: Ask
    share: int
    seconds: float
    betrayed: Callable[[Connection, TaskResult], None]
    leaving: Callable[[], bool] = lambda: False
    stopped: Callable[[], str | None] = lambda: None
    show: Callable[[TaskResult], None] = lambda _: None
    limits: Limits = field(default_factory=Limits)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _waiting: list[TaskResult] = field(default_factory=list)
    _changed: set[str] = field(default_factory=set)
    _flushed: float = field(default_factory=time.monotonic)
    _broken: TaskResult | None = None
    _trouble: KhaenError | None = None
    _lost: bool = False

    def go(self) -> bool:
        """Carry the run out; False when it was left for another process, or taken by one.

        Errors: `StoreError`, after which the run is as good as left by a dead process.
        """
        ends_at = time.monotonic() + self.seconds
        waiting = self._unended()
        while waiting:
            left = ends_at - time.monotonic()
            if left <= 0:
                return self._finish(*self._last(ShareEnd("timed-out", {})))
            begun = self._begin(waiting[: self.share])
            if not begun and not self._must_stop():
                time.sleep(_ROOM_SECONDS)
                # Waiting for others is none of the time the playbook may take.
                ends_at += _ROOM_SECONDS
                continue
            waiting = waiting[len(begun) :]
            end = ShareEnd("stopped", {})
            if begun:
                end = self.ask(begun, left, self._take, self._must_stop)
            self._flush(all_of_it=True)
            if self._trouble is not None:
                raise self._trouble
            if self._lost or not self._settle(end):
                return False
            if end.state != "finished" or self._broken is not None:
                return self._finish(*self._last(end))
        return self._finish("finished", None)

    def _unended(self) -> list[str]:
        with self.store.read() as conn:
            found = playbook_runs.run_devices(conn, self.record.id)
        return [device.device for device in found if device.state in ("waiting", "running")]

    def _begin(self, devices: list[str]) -> list[str]:
        """Those of a share there is room for now, which are in work from then on."""
        if not self.limits.any():
            return devices
        run, now = self.record.id, self.clock()
        with self.store.begin() as conn:
            if not playbook_runs.still_mine(conn, run, self.pulse.me):
                self._lost = True
                return []
            begun = devices[: room_for(conn, len(devices), self.limits, now)]
            playbook_runs.set_device_states(conn, run, dict.fromkeys(begun, "running"), now)
        return begun

    def _take(self, result: TaskResult) -> None:
        """One result; called from whatever thread reads Ansible, never raises."""
        with self._guard:
            self._waiting.append(result)
            if result.status == "changed":
                self._changed.add(result.device)
            if self._broken is None and breaks_promise(self.risk, result):
                self._broken = result
            urgent = self._broken is result
        self.show(result)
        self._flush(all_of_it=urgent)

    def _must_stop(self) -> bool:
        self._flush(all_of_it=False)
        return bool(
            self._broken is not None
            or self._trouble is not None
            or self._lost
            or self.pulse.declared_dead
            or self.pulse.stop_asked
            or self.stopped()
            or self.leaving()
        )

    def _flush(self, *, all_of_it: bool) -> None:
        """Keep what has come, now and then; what goes wrong ends the run, not the thread."""
        with self._guard:
            soon = time.monotonic() - self._flushed > _FLUSH_SECONDS
            if not self._waiting or self._lost or self._trouble is not None:
                return
            if not (all_of_it or soon or len(self._waiting) >= _FLUSH_AT):
                return
            try:
                self._keep(tuple(self._waiting))
            except KhaenError as error:
                self._trouble = error
            self._waiting.clear()
            self._flushed = time.monotonic()

    def _keep(self, found: tuple[TaskResult, ...]) -> None:
        run, broken = self.record.id, self._broken
        with self.store.begin(audited=broken in found) as conn:
            if not playbook_runs.still_mine(conn, run, self.pulse.me):
                self._lost = True
                return
            playbook_runs.add_results(conn, run, found)
            names = [one.device for one in found]
            playbook_runs.set_device_states(
                conn, run, dict.fromkeys(names, "running"), self.clock()
            )
            if broken is not None and broken in found:
                self.betrayed(conn, broken)

    def _settle(self, end: ShareEnd) -> bool:
        """Note how the devices of a share ended; False when the run is not ours to go on with."""
        run, now = self.record.id, self.clock()
        whole = end.state in ("finished", "failed")
        states = ended_as(end.devices, self._changed, whole=whole)
        with self.store.begin(audited=False) as conn:
            if not playbook_runs.still_mine(conn, run, self.pulse.me):
                return False
            playbook_runs.set_device_states(conn, run, states, now)
            leaves = end.state == "stopped" and self._asked_by() is None and self._broken is None
            return not (leaves and playbook_runs.leave_run(conn, run, self.pulse.me))

    def _asked_by(self) -> str | None:
        return self.pulse.stop_asked or self.stopped()

    def _last(self, end: ShareEnd) -> tuple[PlaybookState, Text | None]:
        if self._broken is not None:
            words = broken_words(self.record.playbook, self._broken, check=self.record.check)
            return "stopped", words
        if end.state == "stopped":
            by = self._asked_by() or ""
            return "stopped", Text(th=f"{by} สั่งหยุด", en=f"stopped by {by}")
        if end.state == "timed-out":
            minutes = f"{self.seconds / 60:g}"
            return "timed-out", Text(
                th=f"ไม่เสร็จภายใน {minutes} นาที", en=f"not done within {minutes} minutes"
            )
        return end.state, end.words

    def _finish(self, state: PlaybookState, words: Text | None) -> bool:
        with self.store.begin(audited=False) as conn:
            mine = playbook_runs.still_mine(conn, self.record.id, self.pulse.me)
            if not mine:
                return False
            at = self.clock()
            return playbook_runs.finish_run(conn, self.record.id, state, at=at, note=words)
