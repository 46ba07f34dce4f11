"""Put a case's plan to the director."""

from __future__ import annotations

from datetime import datetime

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.lint_specification import require_fit
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case


def submit_case(context: Context, actor: Actor, number: str) -> Case:
    """The case at its approval step.

    Errors: as `processes.steps.submit`; `Refused` for a procurement whose specification the lint
    finds errors in, or warnings without a reason.
    """

    def change(case: Case, now: datetime, _: bool) -> Case:
        after = steps.submit(case, None, actor, now)
        require_fit(context, case)
        return after

    return move_case(context, actor, "submit_case", number, change)
