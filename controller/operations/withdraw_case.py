"""Withdraw a case: it ends without a decision."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case


def withdraw_case(context: Context, actor: Actor, number: str, reason: str) -> Case:
    """The case ended; its devices are free again. Errors: as `processes.steps.withdraw`."""
    return move_case(
        context,
        actor,
        "withdraw_case",
        number,
        lambda case, now, run_open: steps.withdraw(case, reason, actor, now, run_open=run_open),
        {"reason": reason},
    )
