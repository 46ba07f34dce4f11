"""Take the whole change of a case back."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.follow_run import Outcome, Show, follow_run, require_group


def roll_back_case(
    context: Context, actor: Actor, number: str, show: Show | None = None
) -> Outcome:
    """Put every device that the case's run changed back on its configuration from before.

    A device somebody changed since is left alone (`drifted`). Errors: as `apply_plan`.
    """
    require(actor, "roll_back_case")
    require_group(context, actor, number)
    run = context.runs().start(number, "rollback", actor)
    return follow_run(context, run, show)
