"""Ask the run of a case to stop after the devices it has begun."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.operations.context import Context
from controller.store import audit_log, runs


def stop_run(context: Context, actor: Actor, number: str) -> str:
    """The id of the run asked to stop, in whatever process it is. Errors: `NotFound`."""
    require(actor, "apply_plan")
    now = context.clock()
    with context.store.begin() as conn:
        run = next((r for r in runs.open_runs(conn) if r.case == number), None)
        if run is None:
            raise NotFound(
                Text(
                    th=f"เรื่อง {number} ไม่มีการดำเนินการที่กำลังทำอยู่",
                    en=f"case {number} has no run going on",
                )
            )
        runs.request_stop(conn, run.id, actor.username)
        audit_log.append(
            conn,
            actor=actor.username,
            action="stop_run",
            subject=number,
            content={"run": run.id},
            at=now,
        )
    return run.id
