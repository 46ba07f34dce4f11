"""Carry an approved case out."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.follow_run import Outcome, Show, follow_run, require_group


def apply_plan(context: Context, actor: Actor, number: str, show: Show | None = None) -> Outcome:
    """Push the case's approved plan; a run of the case that died is gone on with instead.

    Only members of the case's working group may. Whether the approval holds is asked in
    `runs.gate`, which every start and resume passes. Errors: `NotAllowed`, `NotApproved`,
    `StalePlan`, `DeviceBusy`. What happens to devices is in the outcome, never an error.
    """
    require(actor, "apply_plan")
    require_group(context, actor, number)
    run = context.runs().start(number, "apply", actor)
    return follow_run(context, run, show)
