"""The evidence of a case, as one value: decisions, plan, what each device did."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.operations.context import Context
from controller.operations.follow_run import Outcome
from controller.operations.read_plan import trusted_plan
from controller.plans.plan import Plan
from controller.processes.case import Case
from controller.store import audit_log, cases, decisions, plans, runs
from controller.store.audit_entry import Entry, Verdict


@dataclass(frozen=True)
class Report:
    """What happened in a case and how it can be proved.

    `tampered` names decisions that are not what they were when they were made; `entries` are the
    audit log's lines about the case; `proof` is the verdict on the whole log.
    """

    case: Case
    plan: Plan | None
    commit: str | None
    edited: tuple[str, ...]
    runs: tuple[Outcome, ...]
    tampered: tuple[Text, ...]
    entries: tuple[Entry, ...]
    proof: Verdict


def report_case(context: Context, actor: Actor, number: str) -> Report:
    """Everything known of a case. Errors: `NotFound`, `StalePlan` for an edited plan."""
    require(actor, "read_history")
    with context.store.read() as conn:
        case = cases.load_case(conn, number)
        stored = plans.load_plan(conn, case.plan) if case.plan else None
        outcomes = tuple(
            Outcome(run, runs.run_devices(conn, run.id)) for run in runs.runs_of(conn, number)
        )
        tampered = decisions.changed_decisions(conn, case)
        entries = audit_log.about(conn, number)
    return Report(
        case=case,
        plan=trusted_plan(stored) if stored else None,
        commit=stored.commit if stored else None,
        edited=stored.edited if stored else (),
        runs=outcomes,
        tampered=tampered,
        entries=entries,
        proof=context.keeper.verify(context.store),
    )
