"""Listening to a playbook that changes devices: every result kept, and held against the plan."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from controller.errors import KhaenError
from controller.plans.plan import DevicePlan
from controller.platforms.registry import platform
from controller.playbooks.predicting import DoesOf
from controller.playbooks.result import TaskResult
from controller.runs.ledger import Ledger
from controller.runs.sent import Sent
from controller.store import playbook_runs


class Listening:
    """The results of one start of Ansible, on the devices `planned` says.

    `lost` says that this process may have lost its run: then nothing goes on. Safe to be told
    results from another thread.
    """

    def __init__(
        self,
        ledger: Ledger,
        planned: Mapping[str, DevicePlan],
        does_of: DoesOf,
        lost: Callable[[], bool],
    ) -> None:
        self._ledger = ledger
        self._lost = lost
        self._guard = threading.Lock()
        self._sent = {
            device: Sent(one.tasks, platform(one.platform).redact, does_of)
            for device, one in planned.items()
        }
        self._strays: dict[str, list[str]] = {device: [] for device in planned}
        self._words: dict[str, str] = {}
        self._trouble: KhaenError | None = None

    def take(self, result: TaskResult) -> None:
        """One result, kept at once. Never raises: what goes wrong stops the playbook."""
        with self._guard:
            sent = self._sent.get(result.device)
            if sent is not None and (stray := sent.stray(result)):
                self._strays[result.device].append(stray)
            if result.status in ("failed", "unreachable") and not result.ignored:
                told = f"{result.task}: {' '.join(result.answer.split())}"
                self._words[result.device] = told[:500]
            if self._trouble is not None:
                return
            try:
                with self._ledger.store.begin(audited=False) as conn:
                    self._ledger.owned(conn)
                    playbook_runs.add_results(conn, self._ledger.run.id, (result,))
            except KhaenError as error:
                self._trouble = error

    def must_stop(self) -> bool:
        """Whether nothing of the playbook may go on: run lost, store broken, or a stray sent."""
        with self._guard:
            strayed = any(self._strays.values())
            return strayed or self._trouble is not None or self._lost()

    def insist(self) -> None:
        """Pass when every result was kept by the process that has the run.

        Errors: `Fenced`, `StoreError`.
        """
        if self._trouble is not None:
            raise self._trouble

    def strays(self, device: str) -> tuple[str, ...]:
        """What was sent to the device and nobody approved."""
        return tuple(self._strays.get(device, ()))

    def last_words(self, device: str) -> str:
        """What the last task that failed on the device said; empty when none did."""
        return self._words.get(device, "")
