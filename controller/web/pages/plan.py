"""One plan: its change groups, where it came from, and what differs from another."""

from __future__ import annotations

from urllib.parse import urlencode

from controller.accounts.actor import Actor, may
from controller.errors import Text
from controller.operations.compare_plans import compare_plans
from controller.operations.read_plan import describe_plan, list_plans
from controller.plans.plan import ACCEPTABLE, Plan
from controller.playbooks.parameter import typed
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.change_groups import put_change_groups
from controller.web.visit import Visit


@page("/plans/{plan_id}", Text(th="แผนการเปลี่ยนแปลง", en="Plan"))
async def build(visit: Visit, actor: Actor) -> None:
    """The plan; `?part=` the further groups of a large one, `?with=ID` what differs from that."""
    record = await visit.ask(describe_plan, visit.path["plan_id"])
    other = visit.query.get("with", "")
    refused = {reason.check for _, reason in record.plan.refusals()}
    acceptable = sorted(refused) if refused and refused <= ACCEPTABLE else []
    put(
        visit,
        "plan.html",
        plan=record.plan,
        made=record.made,
        cases=record.cases,
        wait=record.wait,
        ahead=record.ahead,
        others=[p for p in await visit.ask(list_plans) if p.id != record.plan.id],
        other=other,
        differences=await visit.ask(compare_plans, other, record.plan.id) if other else None,
        may_propose=may(actor, "open_case") and not refused and bool(record.plan.devices),
        acceptable=acceptable if may(actor, "plan_change") else [],
        may_plan=may(actor, "plan_change"),
        again=_again(record.plan),
    )
    part = visit.query.get("part", "1")
    put_change_groups(visit, record.plan, int(part) if part.isdecimal() and len(part) < 6 else 1)


def _again(plan: Plan) -> str:
    """The page that makes such a plan, filled in as this one was."""
    if plan.playbook is None:
        return f"/plans/new?{urlencode({'select': plan.selector})}"
    told = {name: typed(value) for name, value in plan.playbook.parameters}
    return f"/playbooks/{plan.playbook.name}/plan?{urlencode(told | {'select': plan.selector})}"
