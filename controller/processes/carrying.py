"""What a run leaves in its case, and whether devices were left changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from controller.processes.case import Case
from controller.processes.manual import MANUAL, Manual
from controller.processes.moving import finish, record
from controller.processes.walk import require_step, step_of

# A device in any other state at the end of a run is work that is left.
_DONE: dict[str, frozenset[str]] = {
    "apply": frozenset({"confirmed"}),
    "rollback": frozenset({"confirmed", "rolled_back"}),
}
# A device in one of these states is as it was before the run.
_AS_BEFORE = frozenset({"waiting", "drifted", "refused", "rolled_back"})


def executed(
    case: Case,
    run: str,
    kind: Literal["apply", "rollback"],
    outcomes: Mapping[str, int],
    actor: str,
    at: datetime,
    *,
    manual: Manual = MANUAL,
) -> Case:
    """The case after a run has ended, as the program records it.

    `outcomes` counts the plan's devices by their final state. When all are done the case goes on
    to its evaluation; otherwise it stays, so that the rest can be applied, planned again, or
    reported as not done. Taking a change back always goes on. Recording a run twice changes
    nothing. Errors: `Refused` for a case that is not being carried out.
    """
    what = "executed" if kind == "apply" else "rolled-back"
    if any(e.what == what and e.note.startswith(f"{run}: ") for e in case.events):
        return case
    step = step_of(case, manual)
    running = "run" in step.needs
    if not running and not (kind == "rollback" and step.kind == "evaluate"):
        require_step(case, "execute", manual)
    present = {state for state, count in outcomes.items() if count}
    complete = bool(present) and present <= _DONE[kind]
    note = f"{run}: " + ", ".join(f"{state} {outcomes[state]}" for state in sorted(present))
    if running and (complete or kind == "rollback"):
        return finish(case, what, actor, at, note, manual=manual)
    return record(case, what, actor, at, note)


def carried_out(case: Case) -> bool:
    """Whether the plan approved last was carried out at least once, whatever came of it."""
    approved = max((i for i, e in enumerate(case.events) if e.what == "approved"), default=None)
    return approved is not None and any(e.what == "executed" for e in case.events[approved:])


def left_changed(case: Case) -> bool:
    """Whether a run changed devices, or may have, and that was not taken back on all of them."""
    changed = False
    for event in case.events:
        states = _states(event.note)
        if event.what == "executed":
            changed = changed or not (states and states <= _AS_BEFORE)
        elif event.what == "rolled-back" and states and states <= _DONE["rollback"]:
            changed = False
    return changed


def _states(note: str) -> frozenset[str]:
    """The states of devices in the note that `executed` leaves."""
    counts = note.partition(": ")[2]
    return frozenset(part.split(" ")[0] for part in counts.split(", ") if part)
