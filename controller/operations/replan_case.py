"""Give a case another plan."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.operations.move_case import case_to_move
from controller.operations.open_case import require_fit, reserve_devices
from controller.operations.read_plan import trusted_plan
from controller.processes import steps
from controller.processes.case import Case
from controller.store import audit_log, cases, plans, runs


def replan_case(context: Context, actor: Actor, number: str, plan_id: str) -> Case:
    """The case with this plan; another id than the approved one voids the approval.

    Errors: as `open_case` and `processes.steps.attach_plan`.
    """
    require(actor, "submit_case")
    now = context.clock()
    with context.store.begin() as conn:
        before = case_to_move(context, conn, number)
        plan = trusted_plan(plans.load_plan(conn, plan_id))
        require_fit(plan, before.process)
        run_open = any(r.case == number for r in runs.open_runs(conn))
        after = steps.attach_plan(before, plan.id, actor, now, run_open=run_open)
        if after == before:
            return before
        cases.save_case(conn, after, expected_events=len(before.events))
        cases.release(conn, number)
        reserve_devices(cases.reserve(conn, number, [d.device for d in plan.devices]))
        audit_log.append(
            conn,
            actor=actor.username,
            action="replan_case",
            subject=number,
            content={"before": before.plan, "plan": plan.id, "step": after.step},
            at=now,
        )
    return after
