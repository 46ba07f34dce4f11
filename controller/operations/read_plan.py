"""Read stored plans; the id is always computed anew from the bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from controller.accounts.actor import Actor, require
from controller.errors import InputError, StalePlan, Text
from controller.operations.context import Context
from controller.plans.plan import Plan
from controller.plans.verify import read_plan as plan_of_bytes
from controller.runs.timing import times_of
from controller.store import plans


def read_plan(context: Context, actor: Actor, plan_id: str) -> Plan:
    """The plan whose id is or begins so. Errors: `NotFound`, `InputError`, `StalePlan`."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return trusted_plan(plans.load_plan(conn, plan_id))


@dataclass(frozen=True)
class PlanRecord:
    """A plan, who made it from what and when, and the cases that were opened with it.

    `wait` is what forbids carrying it out now, its window or a freeze; `ahead` the freezes of its
    devices that are yet to begin.
    """

    plan: Plan
    made: plans.PlanSummary
    cases: tuple[str, ...]
    wait: tuple[Text, ...]
    ahead: tuple[Text, ...]


def describe_plan(context: Context, actor: Actor, plan_id: str) -> PlanRecord:
    """The plan with what is known about it beside its content. Errors: as `read_plan`."""
    require(actor, "read_history")
    with context.store.read() as conn:
        stored = plans.load_plan(conn, plan_id)
        held = plans.cases_with(conn, stored.id)
    plan = trusted_plan(stored)
    wait, ahead = _times(context, plan)
    return PlanRecord(plan, stored, held, wait, ahead)


def _times(context: Context, plan: Plan) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    now = context.clock()
    try:
        freezes = context.schedule().freezes
        times = times_of(plan, context.inventory(), freezes, now)
    except InputError as error:
        # As the gate has it: a file nobody can read forbids everything.
        return (error.message,), ()
    coming = (one.coming for one in times.freezes if one.since > now)
    return times.against(now), tuple(coming)


def list_plans(
    context: Context,
    actor: Actor,
    *,
    after: tuple[datetime, str] | None = None,
    most: int = 100,
) -> tuple[plans.PlanSummary, ...]:
    """The plans kept, newest first, `after` the time and id of the last one seen."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return plans.list_plans(conn, most, after=after)


def trusted_plan(stored: plans.StoredPlan) -> Plan:
    """The plan in the stored bytes.

    Errors: `StalePlan` when they are not those of the id they are kept under: somebody edited them.
    """
    plan = _plan_in(stored.plan_bytes)
    if plan.id == stored.id:
        return plan
    raise StalePlan(
        Text(
            th=f"เนื้อหาของแผน {stored.id[:12]} ในฐานข้อมูลถูกแก้ไข (คำนวณได้ {plan.id[:12]})",
            en=f"the stored content of plan {stored.id[:12]} was edited (it is {plan.id[:12]} now)",
        ),
        hint=Text(
            th="ตรวจด้วย khaen audit-log verify แล้ววางแผนใหม่",
            en="run khaen audit-log verify, then plan again",
        ),
    )


@lru_cache(maxsize=8)
def _plan_in(content: bytes) -> Plan:
    """The same bytes are the same plan: a page of 1,500 devices is read again and again."""
    return plan_of_bytes(content)
