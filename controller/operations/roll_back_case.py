"""Take the whole change of a case back."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.follow_run import Outcome, Show, ask_to_run, follow_run


def roll_back_case(
    context: Context, actor: Actor, number: str, show: Show | None = None
) -> Outcome:
    """Put every device that the case's run changed back, and wait for the end.

    A device somebody changed since is left alone (`drifted`). Errors: as `apply_plan`.
    """
    return follow_run(context, start_rollback(context, actor, number), show)


def start_rollback(context: Context, actor: Actor, number: str) -> str:
    """The id of the run that takes the case's change back from now on, in this process."""
    ask_to_run(context, actor, "roll_back_case", number)
    return context.runs().start(number, "rollback", actor)
