"""Carry an approved case out."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.follow_run import Outcome, Show, ask_to_run, follow_run


def apply_plan(context: Context, actor: Actor, number: str, show: Show | None = None) -> Outcome:
    """Push the case's approved plan and wait for the end; errors as `start_apply`.

    What happens to devices is in the outcome, never an error.
    """
    return follow_run(context, start_apply(context, actor, number), show)


def leave_apply(context: Context, actor: Actor, number: str) -> str:
    """The id of the run that a worker with the queue `runs` takes; the gate is asked now and then.

    Errors: as `start_apply`.
    """
    ask_to_run(context, actor, "apply_plan", number)
    return context.runs().leave(number, "apply", actor)


def start_apply(context: Context, actor: Actor, number: str) -> str:
    """The id of the run that pushes the case's approved plan from now on, in this process.

    A run of the case that died is gone on with instead. Only members of the case's working group
    may. Whether the approval holds is asked in `runs.gate`, which every start and resume passes.
    Errors: `NotAllowed`, `NotApproved`, `StalePlan`, `DeviceBusy`.
    """
    ask_to_run(context, actor, "apply_plan", number)
    return context.runs().start(number, "apply", actor)
