"""Read cases: one, or all of them."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.processes.case import Case
from controller.processes.deadlines import overdue
from controller.store import cases


def show_case(context: Context, actor: Actor, number: str) -> Case:
    """One case with its history. Errors: `NotFound`."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return cases.load_case(conn, number)


def list_cases(
    context: Context, actor: Actor, state: str | None = None, *, late: bool = False
) -> tuple[Case, ...]:
    """Every case, newest first, or those in one state; with `late` only those that are overdue."""
    require(actor, "read_history")
    with context.store.read() as conn:
        found = tuple(reversed(cases.list_cases(conn, state)))
    return tuple(case for case in found if overdue(case, context.today())) if late else found
