"""Pull a case back to be worked on again, or withdraw it."""

from __future__ import annotations

from datetime import datetime

from controller.accounts.actor import Actor
from controller.errors import NotAllowed, Refused, Text
from controller.processes.carrying import left_changed
from controller.processes.case import Case
from controller.processes.manual import MANUAL, Manual
from controller.processes.moving import record, written
from controller.processes.walk import (
    next_move,
    process_of,
    require_doer,
    require_member,
    require_no_run,
    step_of,
)

_REASON = Text(th="เหตุผล", en="the reason")


def revise(
    case: Case,
    reason: str,
    actor: Actor,
    at: datetime,
    *,
    run_open: bool | None,
    manual: Manual = MANUAL,
) -> Case:
    """The case back at the plan or evaluation before the approve step it is at or came past last.

    What was submitted there is not before the director any more, and an approval given there is
    void. In a process without approvals it goes back to the plan or evaluation before. Errors:
    `Refused` where there is nothing to go back to and while a run is open or may be; `NotAllowed`,
    `InputError` without a reason.
    """
    step = step_of(case, manual)
    if step.kind == "approve":
        require_member(case, actor, proposer_too=True)
    elif actor.username != case.proposer:
        require_doer(case, actor, step)
    why = written(reason, _REASON)
    require_no_run(case, run_open)
    back = goes_back_to(case, manual)
    if back is None:
        raise Refused(
            Text(
                th=f"เรื่อง {case.number} ยังไม่ได้เสนอ จึงไม่มีอะไรให้ดึงกลับ แก้ไขได้เลย",
                en=f"case {case.number} was not submitted yet: there is nothing to pull back",
            ),
            hint=next_move(case, manual),
        )
    return record(case, "revised", actor.username, at, why, step=back)


def withdraw(
    case: Case,
    reason: str,
    actor: Actor,
    at: datetime,
    *,
    run_open: bool | None,
    manual: Manual = MANUAL,
) -> Case:
    """The case ended by its proposer, without a result.

    Errors: `NotAllowed` for everybody else, `Refused` while a run is open or may be and when
    devices were changed, or may have been, and that was not taken back; `InputError` without a
    reason.
    """
    step_of(case, manual)
    if actor.username != case.proposer:
        raise NotAllowed(
            Text(
                th=f"{actor.username} ไม่ใช่ผู้เสนอเรื่อง {case.number} จึงถอนเรื่องไม่ได้",
                en=f"{actor.username} did not propose case {case.number} and cannot withdraw it",
            ),
            hint=Text(th=f"ผู้ถอนเรื่องได้: {case.proposer}", en=f"who may: {case.proposer}"),
        )
    why = written(reason, _REASON)
    require_no_run(case, run_open)
    if left_changed(case):
        raise Refused(
            Text(
                th=f"อุปกรณ์ตามเรื่อง {case.number} ถูกเปลี่ยนแล้ว จึงถอนเรื่องไม่ได้",
                en=f"devices of case {case.number} were changed: it cannot be withdrawn",
            ),
            hint=Text(
                th=f"นำการเปลี่ยนแปลงออกก่อน: `khaen rollback {case.number}` หรือสรุปประเมินผล",
                en=f"take the change back first: `khaen rollback {case.number}`, or evaluate it",
            ),
        )
    return record(case, "withdrawn", actor.username, at, why, state="withdrawn")


def goes_back_to(case: Case, manual: Manual = MANUAL) -> int | None:
    """The step `revise` brings an open case back to; None where there is nothing to pull back."""
    process = process_of(case, manual)
    passed = [i for i, s in enumerate(process.steps[: case.step + 1]) if s.kind == "approve"]
    anchor = passed[-1] if passed else case.step
    back = process.work_before(anchor)
    return back if back < case.step and process.steps[back].kind in {"plan", "evaluate"} else None
