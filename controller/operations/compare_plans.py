"""Tell in words what differs between two stored plans."""

from __future__ import annotations

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.operations.context import Context
from controller.operations.read_plan import read_plan
from controller.plans.compare import compare


def compare_plans(context: Context, actor: Actor, old: str, new: str) -> tuple[Text, ...]:
    """What is different in the plan `new`; empty when both are the same. Errors: as `read_plan`."""
    return compare(read_plan(context, actor, old), read_plan(context, actor, new))
