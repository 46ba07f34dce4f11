"""A playbook run's devices and tasks as the page shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from controller.errors import Text
from controller.operations.show_playbook_run import PlaybookRunView
from controller.playbooks.result import STATUSES, Status, TaskResult
from controller.playbooks.running import DEVICE_STATES, DeviceState, PlaybookState
from controller.web.parts.run_rows import Share

MOST = 300
"""Tasks shown on the page of the whole run; the others stand on the page of their device."""
DEVICE_COLOURS: dict[DeviceState, str] = {
    "waiting": "", "running": "going", "ok": "good", "changed": "warn", "failed": "bad",
    "unreachable": "bad", "not-run": "",
}  # fmt: skip
STATUS_COLOURS: dict[Status, str] = {
    "ok": "good", "changed": "warn", "skipped": "", "failed": "bad", "unreachable": "bad",
}  # fmt: skip
_ORDER: dict[DeviceState, int] = {
    "failed": 0, "unreachable": 0, "changed": 1, "running": 2, "waiting": 3, "ok": 4, "not-run": 5,
}  # fmt: skip


@dataclass(frozen=True)
class DeviceRow:
    """One device, how many of its tasks ended, and the last of them."""

    device: str
    state: Text
    colour: str
    tasks: int
    last: str


def run_colour(state: PlaybookState, *, good: bool) -> str:
    """The class of a run's state."""
    if state in ("waiting", "running"):
        return "going"
    return "good" if good else "bad"


def playbook_shares(counts: Mapping[DeviceState, int]) -> tuple[Share, ...]:
    """The bar: each state with its share of all devices."""
    whole = sum(counts.values()) or 1
    return tuple(
        Share(words, DEVICE_COLOURS[state], counts[state], 100 * counts[state] / whole)
        for state, words in DEVICE_STATES.items()
        if counts.get(state)
    )


def device_rows(view: PlaybookRunView) -> tuple[DeviceRow, ...]:
    """What somebody must look at first, then what goes on, then the others by name."""
    tasks = Counter(one.device for one in view.results)
    last = {one.device: one.task for one in view.results}
    ordered = sorted(view.shown, key=lambda one: (_ORDER[one.state], one.device))
    return tuple(
        DeviceRow(
            one.device,
            DEVICE_STATES[one.state],
            DEVICE_COLOURS[one.state],
            tasks[one.device],
            last.get(one.device, ""),
        )
        for one in ordered
    )


def task_rows(results: Sequence[TaskResult]) -> tuple[tuple[TaskResult, Text, str], ...]:
    """The results in their order, with words and class; of many only the newest to look at."""
    shown = results
    if len(results) > MOST:
        shown = [one for one in results if one.status not in ("ok", "skipped")]
    return tuple((one, STATUSES[one.status], STATUS_COLOURS[one.status]) for one in shown[-MOST:])
