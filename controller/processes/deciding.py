"""What the director's decision does to a case: approve, send back, refuse.

A decision is made in three moves, so that the log and the case hold the same words:
`draft_decision` checks it and writes it down; the caller puts `decision_content` of it into the
audit log and `seal`s it with the entry's place and hash; `decide` moves the case by it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from controller.accounts.actor import Actor
from controller.errors import InputError, Refused, StalePlan, Text, UnsafePlan
from controller.inventory.office import Office
from controller.processes.capacity import capacity
from controller.processes.case import Case, Decision, DecisionKind, Submission
from controller.processes.dossier import differences, dossier_id, items_of, submission_to
from controller.processes.evidence import ChangePlan, plan_id, unfit
from controller.processes.history import happened_here
from controller.processes.manual import MANUAL, Manual
from controller.processes.moving import finish_if_complete, record, written
from controller.processes.walk import not_now, process_of, require_step
from controller.thai import bangkok_date

_HAPPENING: dict[DecisionKind, str] = {
    "approve": "approved",
    "return": "returned",
    "refuse": "refused",
}
# Fewer digits could be those of anything.
_SEEN_DIGITS = 6
_SHORT = 12


def draft_decision(
    case: Case,
    kind: DecisionKind,
    *,
    comment: str,
    plan: ChangePlan | None,
    actor: Actor,
    office: Office,
    at: datetime,
    approval_days: int,
    planned_by: str | None = None,
    seen: str = "",
    to_step: int | None = None,
    manual: Manual = MANUAL,
) -> Decision:
    """The decision as it will stand in the audit log, without its seal.

    It is on the dossier that was submitted last. `plan` is the plan the case names, read from its
    bytes; `seen` the first digits of the dossier or plan id that was read; `to_step` the step a
    return goes back to, by its place from 0, when not the one the manual names. Errors: `Refused`
    at another step, `NotAllowed`, `InputError` for a return or refusal without a reason or to a
    step it cannot go to, `StalePlan` when what was read, submitted, or planned is not what the
    case holds now, `UnsafePlan` when it must not be approved.
    """
    _require_undecided(case, manual)
    held = capacity(office, actor.username, case, bangkok_date(at), planned_by)
    submission = submission_to(case, case.step)
    _check_seen(case, submission, seen)
    if kind == "approve":
        _require_as_submitted(case, submission)
        _approvable(case, plan, manual)
    return Decision(
        kind=kind,
        case=case.number,
        plan=case.plan or "",
        dossier=submission.dossier if submission else "",
        step=case.step,
        to_step=_target(case, kind, to_step, manual),
        actor=actor.username,
        title=held.title,
        role=held.role,
        acting_order=held.acting_order,
        comment=_comment(kind, comment),
        at=at,
        expires=at + timedelta(days=approval_days) if kind == "approve" else None,
        audit_seq=0,
        audit_hash="",
    )


def seal(decision: Decision, seq: int, entry_hash: str) -> Decision:
    """The decision, naming the entry of the audit log that holds its words."""
    return decision.model_copy(update={"audit_seq": seq, "audit_hash": entry_hash})


def decide(
    case: Case,
    decision: Decision,
    office: Office,
    *,
    planned_by: str | None = None,
    manual: Manual = MANUAL,
) -> Case:
    """The case after a sealed decision: on, back to the step that has the work, or ended.

    Where the step needs more than the decision, the case stays at it. Errors: `Refused` when the
    decision is about another case, step, dossier or plan, or is not in the audit log; `NotAllowed`
    as when it was drafted; `StalePlan` for an approval of what the case does not hold any more.
    """
    _require_undecided(case, manual)
    held = capacity(office, decision.actor, case, bangkok_date(decision.at), planned_by)
    submission = submission_to(case, case.step)
    same_person = (held.role, held.acting_order) == (decision.role, decision.acting_order)
    matter = (decision.case, decision.plan, decision.dossier, decision.step)
    here = (case.number, case.plan or "", submission.dossier if submission else "", case.step)
    if not same_person or matter != here:
        raise Refused(
            Text(
                th=f"ผลการพิจารณานี้ไม่ใช่ของเรื่อง {case.number} ตามที่เป็นอยู่ในขณะนี้",
                en=f"this decision is not about case {case.number} as it stands now",
            )
        )
    if decision.audit_seq < 1 or not decision.audit_hash:
        raise Refused(
            Text(
                th="ผลการพิจารณานี้ยังไม่ได้ลงบันทึกตรวจสอบ",
                en="this decision is not in the audit log",
            )
        )
    if decision.kind == "approve":
        _require_as_submitted(case, submission)
    return _moved(case, decision, manual)


def _moved(case: Case, decision: Decision, manual: Manual) -> Case:
    what, decisions = _HAPPENING[decision.kind], (*case.decisions, decision)
    by, at, note = decision.actor, decision.at, decision.comment
    if decision.kind == "approve":
        return finish_if_complete(case, what, by, at, note, manual=manual, decisions=decisions)
    if decision.kind == "refuse":
        return record(case, what, by, at, note, decisions=decisions, state="refused")
    back = _target(case, "return", decision.to_step, manual)
    step = process_of(case, manual).steps[back or 0]
    note += f"\nกลับไปขั้นตอนที่ (back to step) {(back or 0) + 1}: {step.name}"
    return record(case, what, by, at, note, decisions=decisions, step=back)


def _require_undecided(case: Case, manual: Manual) -> None:
    """Pass at an approve step that nobody has decided at since the case came to it."""
    step = require_step(case, "approve", manual)
    if happened_here(case, "approved"):
        raise not_now(case, step, manual)


def _target(case: Case, kind: DecisionKind, to_step: int | None, manual: Manual) -> int | None:
    """The step a return goes back to. Errors: `InputError` for one it cannot go to."""
    process = process_of(case, manual)
    if kind != "return":
        if to_step is None:
            return None
        raise InputError(
            Text(
                th="ระบุขั้นตอนที่จะส่งกลับได้เฉพาะเมื่อส่งกลับแก้ไข",
                en="only a return names the step it goes back to",
            )
        )
    if to_step is None:
        return process.returns_to(case.step)
    possible = process.may_return_to(case.step)
    if to_step in possible:
        return to_step
    listed = [(i + 1, process.steps[i]) for i in possible]
    raise InputError(
        Text(
            th=f"ส่งเรื่อง {case.number} กลับไปขั้นตอนที่ {to_step + 1} ไม่ได้",
            en=f"case {case.number} cannot go back to step {to_step + 1}",
        ),
        hint=Text(
            th="ส่งกลับได้ที่ " + ", ".join(f"{n}. {step.name}" for n, step in listed),
            en="it can go back to " + ", ".join(f"{n}. {step.english}" for n, step in listed),
        ),
    )


def _check_seen(case: Case, submission: Submission | None, seen: str) -> None:
    """Pass when `seen` is empty, or the beginning of the hash of what is to be decided on."""
    read = seen.strip().lower()
    if not read:
        return
    if len(read) < _SEEN_DIGITS:
        raise InputError(
            Text(
                th=f"“{seen}” สั้นเกินไป ต้องระบุอย่างน้อย {_SEEN_DIGITS} หลัก",
                en=f"“{seen}” is too short: give {_SEEN_DIGITS} digits or more",
            )
        )
    dossier = submission.dossier if submission else ""
    if dossier.startswith(read) or (case.plan or "").startswith(read):
        return
    raise StalePlan(
        Text(
            th=f"สิ่งที่อ่าน ({read[:_SHORT]}) ไม่ใช่สิ่งที่เรื่อง {case.number} เสนออยู่ในขณะนี้ "
            f"({dossier[:_SHORT] or '-'})",
            en=f"what was read ({read[:_SHORT]}) is not what case {case.number} puts forward now "
            f"({dossier[:_SHORT] or '-'})",
        ),
        hint=Text(
            th=f"เปิดอ่านอีกครั้งก่อนพิจารณา: `khaen case show {case.number}`",
            en=f"read it again before deciding: `khaen case show {case.number}`",
        ),
    )


def _require_as_submitted(case: Case, submission: Submission | None) -> None:
    """Pass when the case holds now exactly what was submitted. Errors: `StalePlan`."""
    again = Text(
        th=f"ดึงเรื่องกลับมาแล้วเสนอใหม่: `khaen case revise {case.number}`",
        en=f"pull the case back and submit it again: `khaen case revise {case.number}`",
    )
    if submission is None:
        raise StalePlan(
            Text(
                th=f"ไม่มีบันทึกว่าเรื่อง {case.number} เสนออะไรต่อผู้อำนวยการ",
                en=f"it is not on record what case {case.number} put before the director",
            ),
            hint=again,
        )
    now = items_of(case)
    whole = dossier_id(submission.items) == submission.dossier
    if whole and dossier_id(now) == submission.dossier:
        return
    titles = ", ".join(change.title for change in differences(submission.items, now)) or "-"
    raise StalePlan(
        Text(
            th=f"เรื่อง {case.number} ไม่ตรงกับที่เสนอไว้ ส่วนที่ต่าง: {titles}",
            en=f"case {case.number} is not what was submitted; these differ: {titles}",
        ),
        hint=again,
    )


def _approvable(case: Case, plan: ChangePlan | None, manual: Manual) -> None:
    if not _plan_is_asked_for(case, manual):
        return
    if plan is None or case.plan is None or plan_id(plan) != case.plan:
        raise StalePlan(
            Text(
                th=f"แผนที่แสดงไม่ใช่แผนของเรื่อง {case.number}",
                en=f"the plan shown is not the plan of case {case.number}",
            ),
            hint=Text(
                th="ส่งกลับแก้ไขแล้ววางแผนใหม่ด้วย `khaen plan`",
                en="send the case back and plan again with `khaen plan`",
            ),
        )
    reasons = tuple(unfit(plan))
    if reasons:
        raise UnsafePlan(
            Text(
                th="อนุมัติแผนนี้ไม่ได้: " + "; ".join(reason.th for reason in reasons),
                en="this plan must not be approved: " + "; ".join(r.en for r in reasons),
            ),
            hint=Text(
                th="ส่งกลับให้แก้แผน หรือให้ผู้เสนอรับเหตุผลนั้นอย่างเปิดเผยในแผน",
                en="send it back to be mended, or to have the reason accepted openly in the plan",
            ),
        )


def _plan_is_asked_for(case: Case, manual: Manual) -> bool:
    """Whether a change plan is part of what this step decides on, and not of an earlier one."""
    before = process_of(case, manual).steps[: case.step]
    last = max((i for i, step in enumerate(before) if step.kind == "approve"), default=-1)
    return any("plan" in step.needs for step in before[last + 1 :])


def _comment(kind: DecisionKind, comment: str) -> str:
    if kind == "approve" and not comment.strip():
        return ""
    try:
        return written(comment, Text(th="ความเห็น", en="the comment"))
    except InputError as error:
        error.hint = Text(
            th="การส่งกลับหรือไม่อนุมัติต้องบอกเหตุผล", en="returning or refusing needs a reason"
        )
        raise
