"""Evaluate a case and report; at its last step it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.operations.show_recheck import make_up_recheck
from controller.processes import steps
from controller.processes.case import Case, Evaluation, Result


def evaluate_case(
    context: Context,
    actor: Actor,
    number: str,
    *,
    results: str,
    problems: str = "",
    suggestions: str = "",
    objectives: Sequence[Result] = (),
    satisfaction: Decimal | None = None,
    answers: int | None = None,
) -> Case:
    """The case evaluated; where that closes it, its devices are free again.

    Devices its runs touched that were not judged since are judged first: whoever is quick must not
    be told to wait for what the program does by itself.

    Errors: as `processes.steps.evaluate`; `Refused` while the re-check does not pass.
    """

    def change(case: Case, now: datetime, run_open: bool) -> Case:
        evaluation = Evaluation(
            results=results,
            problems=problems or "-",
            suggestions=suggestions or "-",
            objectives=tuple(objectives),
            satisfaction=satisfaction,
            answers=answers,
            step=case.step,
            by=actor.username,
            at=now,
        )
        return steps.evaluate(case, evaluation, actor, now, run_open=run_open)

    content = {
        "results": results,
        "problems": problems,
        "suggestions": suggestions,
        "objectives": [result.model_dump(mode="json") for result in objectives],
    }
    require(actor, "evaluate_case")
    make_up_recheck(context, number)
    return move_case(context, actor, "evaluate_case", number, change, content)
