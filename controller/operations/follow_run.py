"""What `apply_plan`, `roll_back_case` and `verify_devices` share: follow a run to its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.move_case import case_to_move
from controller.plans.outcome import BAD, Run, RunDevice
from controller.processes.walk import require_member
from controller.store import audit_log, runs

Show = Callable[[RunDevice], None]


@dataclass(frozen=True)
class Outcome:
    """How a run ended. `good` only when it finished and every device is as approved or drifted."""

    run: Run
    devices: tuple[RunDevice, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Devices by state."""
        return dict(Counter(d.state for d in self.devices))

    @property
    def good(self) -> bool:
        """Whether nothing needs a person: finished, and no device in a bad or open state."""
        settled = all(d.state in ("confirmed", "drifted") for d in self.devices)
        return self.run.state == "finished" and settled and not (set(self.counts) & BAD)


def ask_to_run(context: Context, actor: Actor, permission: str, number: str) -> None:
    """Pass when the actor may, as a member of the case; the audit log says who asked.

    The entry is written before the gate is asked, so that refused attempts are on record too, and
    so that a log whose newest anchor a killed process did not write is whole again.
    Errors: `NotAllowed`, `NotFound`.
    """
    require(actor, permission)
    with context.store.begin() as conn:
        require_member(case_to_move(context, conn, number), actor)
        audit_log.append(
            conn,
            actor=actor.username,
            action=permission,
            subject=number,
            content={},
            at=context.clock(),
        )


def follow_run(context: Context, run: str, show: Show | None) -> Outcome:
    """Show every change of a run until it ends here, then read how it ended."""
    for change in context.runs().watch(run):
        if show:
            show(change)
    return outcome_of(context, run)


def outcome_of(context: Context, run: str) -> Outcome:
    """How a run stands in the store."""
    with context.store.read() as conn:
        return Outcome(runs.load_run(conn, run), runs.run_devices(conn, run))
