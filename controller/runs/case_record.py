"""What a run that ended leaves in its case, in the same transaction as its own ending."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from controller.plans.outcome import Run
from controller.processes import steps
from controller.store import cases, runs
from controller.store.engine import Connection


def record_in_case(conn: Connection, run: Run, at: datetime) -> None:
    """Leave the run's event in its case, which goes on when every device of the plan is done.

    Errors: `Refused` for a case that is not being carried out any more; nothing is written then.
    """
    before = cases.load_case(conn, run.case)
    after = steps.executed(before, run.id, run.kind, _outcomes(conn, run), run.by, at)
    if after != before:
        cases.save_case(conn, after, expected_events=len(before.events))


def _outcomes(conn: Connection, run: Run) -> Counter[str]:
    """Devices by state: of a rollback its own, of an apply those of all applies of the plan."""
    told = [run]
    if run.kind == "apply":
        earlier = runs.runs_of(conn, run.case)
        told = [r for r in earlier if (r.kind, r.plan) == ("apply", run.plan)]
    newest = {row.device: row.state for r in told for row in runs.run_devices(conn, r.id)}
    return Counter(newest.values())
