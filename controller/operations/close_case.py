"""Evaluate a case, report and close it."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.move_case import move_case
from controller.processes import steps
from controller.processes.case import Case


def close_case(
    context: Context, actor: Actor, number: str, results: str, problems: str, suggestions: str
) -> Case:
    """The closed case; its devices are free again. Errors: as `processes.steps.close`."""
    return move_case(
        context,
        actor,
        "close_case",
        number,
        lambda case, now, run_open: steps.close(
            case,
            actor,
            now,
            results=results,
            problems=problems or "-",
            suggestions=suggestions or "-",
            run_open=run_open,
        ),
        {"results": results, "problems": problems, "suggestions": suggestions},
    )
