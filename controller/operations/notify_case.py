"""Record that the people concerned were told of the work."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case


def notify_case(
    context: Context, actor: Actor, number: str, to: tuple[str, ...], how: str, message: str
) -> Case:
    """The case ready to be carried out. Errors: as `processes.steps.notify`."""
    return move_case(
        context,
        actor,
        "notify_case",
        number,
        lambda case, now, _: steps.notify(case, actor, now, to=to, how=how, message=message),
        {"to": list(to), "how": how, "message": message},
    )
