"""Record the order that appoints a case's working group."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case, Group


def appoint_group(context: Context, actor: Actor, number: str, group: Group) -> Case:
    """The case with its working group. Errors: as `processes.steps.appoint`."""
    office = context.office()
    return move_case(
        context,
        actor,
        "appoint_group",
        number,
        lambda case, now, _: steps.appoint(case, group, office, actor, now),
        {"group": group.model_dump(mode="json")},
    )
