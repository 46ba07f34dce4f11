"""The plans kept: what each would do to how many devices, who made it, and from what."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.read_plan import list_plans
from controller.web.drawing import put
from controller.web.page import page
from controller.web.visit import Visit


@page("/plans", Text(th="แผนการเปลี่ยนแปลง", en="Plans"))
async def build(visit: Visit, actor: Actor) -> None:
    """The newest plans; `?by=USERNAME` only those somebody made."""
    by = visit.query.get("by", "")
    found = await visit.ask(list_plans)
    put(
        visit,
        "plans.html",
        plans=[plan for plan in found if by in ("", plan.by)],
        by=by,
        actor=actor,
        may_plan=visit.may(actor, "plan_change"),
    )
