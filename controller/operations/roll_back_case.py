"""Take the whole change of a case back."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.follow_run import Outcome, Show, ask_to_run, follow_run


def roll_back_case(
    context: Context, actor: Actor, number: str, show: Show | None = None
) -> Outcome:
    """Put every device that the case's run changed back on its configuration from before.

    A device somebody changed since is left alone (`drifted`). Errors: as `apply_plan`.
    """
    ask_to_run(context, actor, "roll_back_case", number)
    run = context.runs().start(number, "rollback", actor)
    return follow_run(context, run, show)
