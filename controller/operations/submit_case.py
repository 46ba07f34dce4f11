"""Put a case's plan to the director."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case


def submit_case(context: Context, actor: Actor, number: str) -> Case:
    """The case at its approval step. Errors: as `processes.steps.submit`."""
    return move_case(
        context,
        actor,
        "submit_case",
        number,
        lambda case, now, _: steps.submit(case, None, actor, now),
    )
