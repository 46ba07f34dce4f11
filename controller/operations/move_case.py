"""How every operation on a case goes: permission, read, pure change, write, one audit line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from controller.accounts.actor import Actor, require
from controller.compliance.rechecking import require_recheck
from controller.operations.context import Context
from controller.operations.show_recheck import recheck_of
from controller.processes.case import Case
from controller.store import audit_log, cases, runs
from controller.store.engine import Connection


def move_case(
    context: Context,
    actor: Actor,
    permission: str,
    number: str,
    change: Callable[[Case, datetime, bool], Case],
    content: dict[str, Any] | None = None,
) -> Case:
    """Change a case in one transaction, with its audit line, or not at all.

    `change` is told the moment, and whether a run of the case is going on right then.

    A case whose run touched devices closes only when they pass their re-check.
    Errors: `NotAllowed`, `NotFound`, `Refused`, and whatever `change` refuses.
    """
    require(actor, permission)
    now = context.clock()
    with context.store.begin() as conn:
        before = case_to_move(context, conn, number)
        run_open = any(run.case == number for run in runs.open_runs(conn))
        after = change(before, now, run_open)
        if before.state == "open" and after.state == "closed":
            require_recheck(recheck_of(context, conn, number))
        cases.save_case(conn, after, expected_events=len(before.events))
        if after.state != "open":
            cases.release(conn, number)
        audit_log.append(
            conn,
            actor=actor.username,
            action=permission,
            subject=number,
            content={"step": after.step, "state": after.state, **(content or {})},
            at=now,
        )
    return after


def case_to_move(context: Context, conn: Connection, number: str) -> Case:
    """The case as it stands. Errors: `NotFound`; `Outdated` when it is not as the asker saw it."""
    case = cases.load_case(conn, number)
    context.require_seen(case.version)
    return case
