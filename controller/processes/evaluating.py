"""Evaluate a case: results against the objectives, problems, suggestions, satisfaction."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from controller.accounts.actor import Actor
from controller.errors import InputError, Text
from controller.processes.carrying import carried_out
from controller.processes.case import Case, Evaluation, Result
from controller.processes.manual import MANUAL, Manual
from controller.processes.moving import finish_if_complete, written
from controller.processes.walk import (
    process_of,
    require_doer,
    require_no_run,
    require_step,
    step_of,
)

_LOWEST, _HIGHEST = Decimal(1), Decimal(5)


def evaluate(
    case: Case,
    evaluation: Evaluation,
    actor: Actor,
    at: datetime,
    *,
    run_open: bool | None,
    manual: Manual = MANUAL,
) -> Case:
    """The case evaluated; when nothing is missing any more it goes on, at its last step it closes.

    An objective of the study that nobody judged stands there as unknown. A case whose run ended
    with devices left over can be evaluated too, and says so. Errors: `Refused` at another step,
    while a run is open or may be, and while forms are missing and nothing else; `NotAllowed`,
    `InputError` naming what is wrong with the words or figures.
    """
    case, lines = _past_a_run(case, manual)
    step = step_of(case, manual)
    require_doer(case, actor, step)
    require_no_run(case, run_open)
    require_step(case, "evaluate", manual)
    whole = _checked(case, evaluation).model_copy(
        update={"step": case.step, "by": actor.username, "at": at}
    )
    note = "\n".join((*_told(whole), *lines))
    return finish_if_complete(
        case,
        "evaluated",
        actor.username,
        at,
        note,
        manual=manual,
        closing="closed",
        evaluations=(*case.evaluations, whole),
    )


def _past_a_run(case: Case, manual: Manual) -> tuple[Case, tuple[str, ...]]:
    """The case at its evaluation, where only a run stands before it that left devices over."""
    steps = process_of(case, manual).steps
    over = case.state == "open" and "run" in step_of(case, manual).needs and carried_out(case)
    if not over or case.step + 1 == len(steps) or steps[case.step + 1].kind != "evaluate":
        return case, ()
    left = "ดำเนินการไม่ครบทุกเครื่อง (not every device was done)"
    return case.model_copy(update={"step": case.step + 1}), (left,)


def _checked(case: Case, evaluation: Evaluation) -> Evaluation:
    _check_figures(evaluation)
    judged = [result.objective for result in evaluation.objectives]
    forgotten = [
        Result(objective=objective.text, target=objective.target, reached="unknown")
        for objective in (case.study.objectives if case.study else ())
        if objective.text not in judged
    ]
    return evaluation.model_copy(
        update={
            "results": written(evaluation.results, Text("ผลการดำเนินงาน", "the results")),
            "problems": written(evaluation.problems, Text("ปัญหาที่พบ", "the problems")),
            "suggestions": written(evaluation.suggestions, Text("ข้อเสนอแนะ", "the suggestions")),
            "objectives": (*map(_readable, evaluation.objectives), *forgotten),
        }
    )


def _readable(result: Result) -> Result:
    note = result.note.strip()
    return result.model_copy(
        update={
            "objective": written(result.objective, Text("วัตถุประสงค์", "the objective")),
            "note": written(note, Text("หมายเหตุ", "the note")) if note else "",
        }
    )


def _check_figures(evaluation: Evaluation) -> None:
    mean, answers = evaluation.satisfaction, evaluation.answers
    if mean is not None and not (mean.is_finite() and _LOWEST <= mean <= _HIGHEST):
        raise InputError(
            Text(
                th=f"คะแนนความพึงพอใจ {mean} ต้องอยู่ระหว่าง 1 ถึง 5",
                en=f"the satisfaction {mean} is not between 1 and 5",
            )
        )
    if answers is not None and answers < (1 if mean is not None else 0):
        raise InputError(
            Text(th=f"จำนวนผู้ตอบ {answers} คน ไม่ถูกต้อง", en=f"{answers} answers cannot be")
        )


def _told(evaluation: Evaluation) -> tuple[str, ...]:
    return (
        f"ผลการดำเนินงาน (results): {evaluation.results}",
        f"ปัญหา (problems): {evaluation.problems}",
        f"ข้อเสนอแนะ (suggestions): {evaluation.suggestions}",
    )
