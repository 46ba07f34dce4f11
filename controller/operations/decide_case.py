"""Approve a case, send it back, or refuse it: signed with the password, kept in the audit log."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.log_in import check_password
from controller.operations.move_case import case_to_move
from controller.operations.read_plan import trusted_plan
from controller.processes import deciding
from controller.processes.case import Case, DecisionKind
from controller.processes.evidence import DECISION_ACTION, decision_content
from controller.store import audit_log, cases, plans


@dataclass(frozen=True)
class Verdict:
    """What somebody decides. `seen` are first digits of the dossier or plan id they read.

    `to_step` is the step a return goes back to, None for the one the manual names.
    """

    kind: DecisionKind
    comment: str = ""
    seen: str = ""
    to_step: int | None = None


def decide_case(
    context: Context, actor: Actor, number: str, verdict: Verdict, password: str
) -> Case:
    """The case after the decision. It is on the dossier the case has now, and on no other.

    Errors: `NotAllowed` for a wrong password, the proposer, and whoever is neither director nor
    acting today; `UnsafePlan`, `StalePlan`, `Refused` as `processes.deciding` says.
    """
    require(actor, "decide_case")
    check_password(context, actor.username, password)
    office = context.office()
    with context.store.begin() as conn:
        now = context.clock()
        before = case_to_move(context, conn, number)
        stored = plans.load_plan(conn, before.plan) if before.plan else None
        planned_by = stored.by if stored else None
        draft = deciding.draft_decision(
            before,
            verdict.kind,
            comment=verdict.comment,
            seen=verdict.seen,
            to_step=verdict.to_step,
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
