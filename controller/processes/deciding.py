"""Who may decide on a case, in which capacity, and what the decision does to the case.

A decision is made in three moves, so that the log and the case hold the same words:
`draft_decision` checks it and writes it down; the caller puts `decision_content` of it into the
audit log and `seal`s it with the entry's place and hash; `decide` moves the case by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from controller.accounts.actor import Actor
from controller.errors import InputError, NotAllowed, Refused, StalePlan, Text, UnsafePlan
from controller.inventory.office import ActingOrder, Office
from controller.processes.case import Case, Decision, DecisionKind
from controller.processes.evidence import ChangePlan, plan_id, unfit
from controller.processes.groups import in_service
from controller.processes.manual import MANUAL, Manual
from controller.processes.walk import ahead, process_of, record, require_step, written
from controller.thai import bangkok_date

_HAPPENING: dict[DecisionKind, str] = {
    "approve": "approved",
    "return": "returned",
    "refuse": "refused",
}
# Whoever did one of these stands behind what is proposed.
_PROPOSING = frozenset({"opened", "planned", "submitted", "voided"})


@dataclass(frozen=True)
class Capacity:
    """In which capacity somebody decides. `title` is what documents print under the name."""

    role: Literal["director", "acting-director"]
    title: str
    acting_order: str | None


def standing(office: Office, username: str, day: date) -> Capacity | None:
    """The capacity in which this person could decide on `day`, by the office file alone.

    The director's role held on that day, or an order, dated by then and covering the day, to act
    for the director. No other role counts, and no role of a session. None: may not decide.
    """
    person = office.person(username)
    if person is None:
        return None
    if person.holds("director", day):
        return Capacity("director", person.title, None)
    orders = [order for order in office.acting if _covers(order, username, day)]
    if not orders or not in_service(person, day):
        return None
    latest = max(orders, key=lambda order: order.dated)
    title = f"{person.title} รักษาราชการแทน{office.director_title}"
    return Capacity("acting-director", title, latest.order)


def proposers(case: Case, planned_by: str | None = None) -> frozenset[str]:
    """Everybody who stands behind what is proposed, and so may not decide on it.

    The proposer, whoever attached a plan or submitted the case, and who made the plan if known.
    """
    behind = {event.actor for event in case.events if event.what in _PROPOSING}
    return frozenset(behind | {case.proposer} | ({planned_by} if planned_by else set()))


def capacity(
    office: Office, actor: Actor, case: Case, day: date, *, planned_by: str | None = None
) -> Capacity:
    """The capacity in which `actor` decides on `case` on `day`.

    Errors: `NotAllowed` for the proposers of the case, and for everybody who is neither the
    director nor acting for them on that day, superusers included.
    """
    return _capacity(office, actor.username, case, day, planned_by)


def approval(case: Case) -> Decision | None:
    """The decision the case goes by now, when it is an approval of the plan it has."""
    last = case.decisions[-1] if case.decisions else None
    turning = [e.what for e in case.events if e.what in {*_HAPPENING.values(), "voided"}]
    if last is None or last.kind != "approve" or last.plan != (case.plan or ""):
        return None
    return last if turning and turning[-1] == "approved" else None


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
    manual: Manual = MANUAL,
) -> Decision:
    """The decision as it will stand in the audit log, without its seal.

    `plan` is the plan the case names, read from its bytes. Errors: `Refused` at another step,
    `NotAllowed`, `InputError` for a return or refusal without a reason, `StalePlan` when the plan
    is not the case's, `UnsafePlan` when it must not be approved.
    """
    require_step(case, "approve", manual)
    day = bangkok_date(at)
    held = _capacity(office, actor.username, case, day, planned_by)
    if kind == "approve":
        _approvable(case, plan, manual)
    return Decision(
        kind=kind,
        case=case.number,
        plan=case.plan or "",
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

    Errors: `Refused` when the decision is about another case or plan, or is not in the audit log;
    `NotAllowed` as when it was drafted.
    """
    require_step(case, "approve", manual)
    held = _capacity(office, decision.actor, case, bangkok_date(decision.at), planned_by)
    same_person = (held.role, held.acting_order) == (decision.role, decision.acting_order)
    same_matter = (decision.case, decision.plan) == (case.number, case.plan or "")
    if not (same_person and same_matter):
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
    return record(
        case,
        _HAPPENING[decision.kind],
        decision.actor,
        decision.at,
        decision.comment,
        decisions=(*case.decisions, decision),
        **_after(case, decision.kind, manual),
    )


def _after(case: Case, kind: DecisionKind, manual: Manual) -> dict[str, Any]:
    if kind == "approve":
        return ahead(case, manual)
    if kind == "return":
        return {"step": process_of(case, manual).returns_to(case.step)}
    return {"state": "refused"}


def _covers(order: ActingOrder, username: str, day: date) -> bool:
    return (
        order.username == username
        and bool(order.order.strip())
        and order.dated <= day
        and order.since <= day <= order.until
    )


def _capacity(
    office: Office, username: str, case: Case, day: date, planned_by: str | None
) -> Capacity:
    if username in proposers(case, planned_by):
        raise NotAllowed(
            Text(
                th=f"{username} เป็นผู้เสนอเรื่อง {case.number} จึงพิจารณาเรื่องนี้เองไม่ได้",
                en=f"{username} proposed case {case.number} and so cannot decide on it",
            ),
            hint=_deciders(office, case, day, planned_by),
        )
    held = standing(office, username, day)
    if held is None:
        raise NotAllowed(
            Text(
                th=f"{username} ไม่ได้เป็น{office.director_title} และไม่มีคำสั่งรักษาราชการแทน "
                f"ในวันที่ {day.isoformat()}",
                en=f"{username} is neither the director nor acting by an order "
                f"on {day.isoformat()}",
            ),
            hint=_deciders(office, case, day, planned_by),
        )
    return held


def deciders(
    office: Office, case: Case, day: date, planned_by: str | None = None
) -> tuple[str, ...]:
    """The user names of everybody who may decide on `case` on `day`, in the office's order."""
    behind = proposers(case, planned_by)
    return tuple(
        person.username
        for person in office.people
        if person.username not in behind and standing(office, person.username, day)
    )


def _deciders(office: Office, case: Case, day: date, planned_by: str | None) -> Text:
    names = ", ".join(deciders(office, case, day, planned_by))
    if names:
        return Text(th=f"ผู้พิจารณาได้: {names}", en=f"who may decide: {names}")
    return Text(
        th="วันนี้ไม่มีผู้พิจารณาได้ ต้องมีคำสั่งรักษาราชการแทนใน inventory/office.yaml",
        en="nobody may decide today: inventory/office.yaml needs an order for an acting director",
    )


def _approvable(case: Case, plan: ChangePlan | None, manual: Manual) -> None:
    wanted = any("plan" in step.needs for step in process_of(case, manual).steps[: case.step])
    if not wanted:
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
