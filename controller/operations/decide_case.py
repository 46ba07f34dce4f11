"""Approve a case, send it back, or refuse it: signed with the password, kept in the audit log."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.log_in import check_password
from controller.operations.read_plan import trusted_plan
from controller.processes import deciding
from controller.processes.case import Case, DecisionKind
from controller.processes.evidence import DECISION_ACTION, decision_content
from controller.store import audit_log, cases, plans


def decide_case(
    context: Context, actor: Actor, number: str, kind: DecisionKind, comment: str, password: str
) -> Case:
    """The case after the decision. It is on the plan id the case has now, and on no other.

    Errors: `NotAllowed` for a wrong password, the proposer, and whoever is neither director nor
    acting today; `UnsafePlan`, `StalePlan`, `Refused` as `processes.deciding` says.
    """
    require(actor, "decide_case")
    check_password(context, actor.username, password)
    office = context.office()
    with context.store.begin() as conn:
        now = context.clock()
        before = cases.load_case(conn, number)
        stored = plans.load_plan(conn, before.plan) if before.plan else None
        planned_by = stored.by if stored else None
        draft = deciding.draft_decision(
            before,
            kind,
            comment=comment,
            plan=trusted_plan(stored) if stored else None,
            actor=actor,
            office=office,
            at=now,
            approval_days=context.settings.approval_days,
            planned_by=planned_by,
        )
        entry = audit_log.append(
            conn,
            actor=actor.username,
            action=DECISION_ACTION,
            subject=number,
            content=decision_content(draft),
            at=now,
        )
        decision = deciding.seal(draft, entry.seq, entry.hash)
        after = deciding.decide(before, decision, office, planned_by=planned_by)
        cases.save_case(conn, after, expected_events=len(before.events))
        if after.state != "open":
            cases.release(conn, number)
    return after
