"""Write down what was studied and is proposed: the words the memo to the director is made of."""

from __future__ import annotations

from datetime import datetime

from controller.accounts.actor import Actor
from controller.errors import InputError, Text
from controller.processes.case import Case, Objective, Study
from controller.processes.manual import MANUAL, Manual
from controller.processes.moving import record, written
from controller.processes.walk import require_doer, require_step


def study(
    case: Case,
    study: Study,
    actor: Actor,
    at: datetime,
    *,
    manual: Manual = MANUAL,
) -> Case:
    """The case with its study; it replaces an earlier one.

    Errors: `Refused` but at a plan step, `NotAllowed`, `InputError` for words that are missing, a
    budget below nothing, or work that ends before it begins.
    """
    step = require_step(case, "plan", manual)
    require_doer(case, actor, step)
    whole = _checked(study)
    note = whole.work.splitlines()[0]
    return record(case, "studied", actor.username, at, note, study=whole)


def _checked(study: Study) -> Study:
    if study.budget is not None and not (study.budget.is_finite() and study.budget >= 0):
        raise InputError(
            Text(
                th=f"งบประมาณ {study.budget} บาท ไม่ถูกต้อง",
                en=f"a budget of {study.budget} cannot be",
            )
        )
    if study.begins and study.ends and study.ends < study.begins:
        raise InputError(
            Text(
                th=f"วันสิ้นสุด {study.ends.isoformat()} อยู่ก่อนวันเริ่ม {study.begins.isoformat()}",
                en=f"the work ends on {study.ends.isoformat()}, "
                f"before it begins on {study.begins.isoformat()}",
            )
        )
    return study.model_copy(
        update={
            "reason": written(study.reason, Text(th="เหตุผลและผลการศึกษา", en="the reason")),
            "work": written(study.work, Text(th="สิ่งที่จะดำเนินการ", en="the work")),
            "objectives": tuple(_objective(objective) for objective in study.objectives),
        }
    )


def _objective(objective: Objective) -> Objective:
    target = objective.target.strip()
    return Objective(
        text=written(objective.text, Text(th="วัตถุประสงค์", en="the objective")),
        target=written(target, Text(th="เป้าหมาย", en="the target")) if target else "",
    )
