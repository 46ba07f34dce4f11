"""The gate: may this plan be carried out for this case, now?

It is three-valued and opens only on an explicit yes. It gives all its reasons at once. Nothing may
touch a device without having passed it, at the start of a run and again when one is resumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from controller.errors import NotApproved, StalePlan, Text
from controller.inventory.office import Office
from controller.processes.case import Case
from controller.processes.conditions import CONDITIONS, Question
from controller.processes.evidence import (
    DECISION_ACTION,
    ChangePlan,
    LoggedEntry,
    decision_content,
)
from controller.processes.manual import MANUAL, Manual
from controller.processes.walk import next_move

__all__ = ["DECISION_ACTION", "Verdict", "decision_content", "insist", "may_apply"]


@dataclass(frozen=True)
class Verdict:
    """What the gate says. `open` is True, False, or None when nobody can tell: then it is shut.

    `stale` means that nothing stands against it but the files the plan was computed from.
    """

    open: bool | None
    reasons: tuple[Text, ...]
    stale: bool = False


def may_apply(
    case: Case,
    plan: ChangePlan | None,
    decision_entry: LoggedEntry | None,
    chain_ok: bool | None,
    office: Office,
    inputs_now: Mapping[str, str | None],
    now: datetime,
    *,
    kind: Literal["apply", "rollback"] = "apply",
    planned_by: str | None = None,
    outdated: tuple[Text, ...] = (),
    manual: Manual = MANUAL,
) -> Verdict:
    """Whether `plan` may be carried out for `case` at the moment `now`.

    `decision_entry` is the audit log's entry with the number that the decision before the run
    names (`history.governing`), None when there is none; `chain_ok` what verifying the whole chain
    gave, None when it was not done. `inputs_now` maps every file the plan would be computed from
    today to its SHA-256, None for a file that is gone; it does not matter for taking a change back.
    `planned_by` is who made the plan, where known; `outdated` what else it rests on that is not
    what it was.
    """
    question = Question(
        case=case,
        plan=plan,
        entry=decision_entry,
        chain_ok=chain_ok,
        office=office,
        inputs_now=inputs_now,
        now=now,
        kind=kind,
        planned_by=planned_by,
        manual=manual,
        outdated=outdated,
    )
    against = [objection for condition in CONDITIONS for objection in condition(question)]
    if not against:
        return Verdict(open=True, reasons=())
    return Verdict(
        open=False if any(objection.sure for objection in against) else None,
        reasons=tuple(objection.text for objection in against),
        stale=all(objection.about_inputs for objection in against),
    )


def insist(verdict: Verdict, case: Case, *, manual: Manual = MANUAL) -> None:
    """Pass when the gate is open.

    Errors: `StalePlan` when only the plan's files stand against it, else `NotApproved`; each
    with every reason.
    """
    if verdict.open is True:
        return
    message = Text(
        th=f"ดำเนินการตามเรื่อง {case.number} ไม่ได้: " + "; ".join(r.th for r in verdict.reasons),
        en=f"case {case.number} must not be carried out: "
        + "; ".join(r.en for r in verdict.reasons),
    )
    if verdict.stale:
        raise StalePlan(
            message,
            hint=Text(
                th="คืนไฟล์ให้เหมือนเดิม หรือวางแผนใหม่แล้วเสนอพิจารณาอีกครั้ง",
                en="put the files back as they were, or plan again and have it decided again",
            ),
        )
    raise NotApproved(message, hint=_next(case, manual))


def _next(case: Case, manual: Manual) -> Text:
    """The step that is due, where that is what is missing; otherwise where to look."""
    steps = next((p.steps for p in manual.processes if p.number == case.process), ())
    walking = case.state == "open" and 0 <= case.step < len(steps)
    if walking and "run" not in steps[case.step].needs:
        return next_move(case, manual)
    return Text(
        th=f"ดูสถานะของเรื่อง: `khaen case show {case.number}`",
        en=f"see where it stands: `khaen case show {case.number}`",
    )
