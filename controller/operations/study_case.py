"""Write down what was studied and is proposed."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case, Study


def study_case(context: Context, actor: Actor, number: str, study: Study) -> Case:
    """The case with its study; an earlier one is replaced. Errors: as `processes.steps.study`."""
    return move_case(
        context,
        actor,
        "study_case",
        number,
        lambda case, now, _: steps.study(case, study, actor, now),
        {"study": study.model_dump(mode="json")},
    )
