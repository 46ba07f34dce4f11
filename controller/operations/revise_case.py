"""Pull a case back to be worked on again; an approval it had is void."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case


def revise_case(context: Context, actor: Actor, number: str, reason: str) -> Case:
    """The case back at the step that has the work. Errors: as `processes.steps.revise`."""
    return move_case(
        context,
        actor,
        "revise_case",
        number,
        lambda case, now, run_open: steps.revise(case, reason, actor, now, run_open=run_open),
        {"reason": reason},
    )
