"""Carry an approved case out."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.follow_run import Outcome, Show, ask_to_run, follow_run


def apply_plan(context: Context, actor: Actor, number: str, show: Show | None = None) -> Outcome:
    """Push the case's approved plan; a run of the case that died is gone on with instead.

    Only members of the case's working group may. Whether the approval holds is asked in
    `runs.gate`, which every start and resume passes. Errors: `NotAllowed`, `NotApproved`,
    `StalePlan`, `DeviceBusy`. What happens to devices is in the outcome, never an error.
    """
    ask_to_run(context, actor, "apply_plan", number)
    run = context.runs().start(number, "apply", actor)
    return follow_run(context, run, show)
