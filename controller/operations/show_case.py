"""Read cases: one, or all of them."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.processes.case import Case
from controller.store import cases


def show_case(context: Context, actor: Actor, number: str) -> Case:
    """One case with its history. Errors: `NotFound`."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return cases.load_case(conn, number)


def list_cases(context: Context, actor: Actor, state: str | None = None) -> tuple[Case, ...]:
    """Every case, newest first, or those in one state."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return tuple(reversed(cases.list_cases(conn, state)))
