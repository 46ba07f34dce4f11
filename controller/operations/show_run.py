"""Read runs: one with its devices, or all of them."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.follow_run import Outcome, outcome_of
from controller.plans.outcome import Run
from controller.store import runs


def show_run(context: Context, actor: Actor, run: str) -> Outcome:
    """How a run stands now, with every device. Errors: `NotFound`."""
    require(actor, "read_history")
    return outcome_of(context, run)


def list_runs(
    context: Context, actor: Actor, *, case: str | None = None, most: int = 200
) -> tuple[Run, ...]:
    """The newest runs, or those of a case, newest first."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return runs.newest_runs(conn, case=case, most=most)
