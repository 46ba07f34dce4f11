"""Take a paper off a case."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case


def detach_paper(context: Context, actor: Actor, number: str, paper: str) -> Case:
    """The case without it; the paper itself is kept. Errors: as `processes.steps.detach`."""
    return move_case(
        context,
        actor,
        "detach_paper",
        number,
        lambda case, now, _: steps.detach(case, paper, actor, now),
        {"paper": paper},
    )
