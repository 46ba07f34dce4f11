"""Look again at the devices of a case whose state is unknown."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.follow_run import Outcome, Show, outcome_of


def verify_devices(
    context: Context, actor: Actor, number: str, show: Show | None = None
) -> Outcome:
    """Settle each `unknown` device by what is on it; nothing is pushed.

    Errors: `NotAllowed`, `NotFound` when no device of the case is unknown, `DeviceBusy`.
    """
    require(actor, "verify_devices")
    return outcome_of(context, context.runs().verify(number, actor, show))
