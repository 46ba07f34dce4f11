"""The gate every start and every going-on of a run passes; the only way to a `Permit`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from controller.errors import NotApproved, NotFound, Refused, Text, UnsafePlan
from controller.plans.outcome import RunKind
from controller.plans.plan import InputFile, Plan
from controller.plans.verify import read_plan
from controller.processes.approval import insist, may_apply
from controller.processes.case import Case
from controller.processes.history import governing
from controller.runs.environment import RunEnvironment
from controller.runs.player import outdated
from controller.runs.timing import Times, times_of
from controller.store import audit_log, cases, decisions, plans
from controller.store.audit_entry import Entry
from controller.store.plans import StoredPlan
from controller.workspace.load import Workspace

_KEY = object()


@dataclass(frozen=True)
class Permit:
    """Leave to carry out `plan` for `case`, as the gate gave it at one moment.

    `workspace` is what the files said then, `times` when a device may be begun. Made by `permit`
    and by nothing else.
    """

    case: Case
    plan: Plan
    workspace: Workspace
    key: object
    times: Times = field(default_factory=Times)

    @property
    def workers(self) -> int:
        """At how many devices the settings let us work at the same time."""
        return self.workspace.settings.workers

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise RuntimeError("a permit comes from the gate")


def permit(
    environment: RunEnvironment, case_number: str, kind: RunKind, *, going_on: bool = False
) -> Permit:
    """Leave to carry out the case's plan now, or to take it back.

    A plan is carried out in its window and outside the office's freezes; taken back at any time.
    With `going_on` that is left to the caller, who asks `Permit.times` before each device: what was
    begun in its time is brought to its end.

    The plan is read from its bytes and its id computed anew; the decision is compared with its
    entry in the audit log, the whole log is verified, the workspace is read as it is now.
    Errors: `NotApproved`, `StalePlan`, `UnsafePlan`, each with every reason; `NotNow`; `NotFound`,
    `InputError` for a workspace that cannot be read, `StoreError`.
    """
    case, stored, entry, edited = _on_record(environment, case_number)
    if edited:
        raise _edited_rows(case, edited)
    plan = read_plan(stored.plan_bytes) if stored else None
    workspace = environment.workspace()
    verdict = may_apply(
        case,
        plan,
        entry,
        environment.keeper.verify(environment.store).ok,
        workspace.inventory.office,
        inputs_now(workspace, plan) if plan else {},
        environment.clock(),
        kind=kind,
        planned_by=stored.by if stored else None,
        outdated=_outdated(environment, workspace, plan) if kind == "apply" else (),
    )
    try:
        insist(verdict, case)
    except Refused as refused:
        if plan is not None and plan.refusals():
            raise UnsafePlan(refused.message, hint=refused.hint) from None
        raise
    if plan is None:
        raise RuntimeError("the gate opened without a plan")
    if kind != "apply":
        return Permit(case, plan, workspace, _KEY)
    now = environment.clock()
    times = times_of(plan, workspace.inventory, workspace.schedule.freezes, now)
    if not going_on:
        times.insist(case.number, now)
    return Permit(case, plan, workspace, _KEY, times)


def _on_record(
    environment: RunEnvironment, case_number: str
) -> tuple[Case, StoredPlan | None, Entry | None, tuple[Text, ...]]:
    with environment.store.read() as conn:
        case = cases.load_case(conn, case_number)
        stored = plans.load_plan(conn, case.plan) if case.plan else None
        decision = governing(case)
        entry = audit_log.entry(conn, decision.audit_seq) if decision else None
        edited = decisions.changed_decisions(conn, case)
    return case, stored, entry, edited


def _edited_rows(case: Case, edited: tuple[Text, ...]) -> NotApproved:
    """Against decisions whose own rows say something else than the case: one of them was edited."""
    return NotApproved(
        Text(
            th=f"ผลการพิจารณาของเรื่อง {case.number} ถูกแก้ไข: " + "; ".join(t.th for t in edited),
            en=f"a decision of case {case.number} was edited: " + "; ".join(t.en for t in edited),
        ),
        hint=Text(th="ตรวจด้วย khaen audit-log verify", en="look with khaen audit-log verify"),
    )


def inputs_now(workspace: Workspace, plan: Plan) -> Mapping[str, str | None]:
    """The files the plan would be computed from today, and those it was, with their digests."""
    names = {d.device for d in plan.devices} | {left.device for left in plan.left_out}
    devices = [d for d in workspace.inventory.devices if d.name in names]
    found = _playbook_files(workspace, plan) if plan.playbook else workspace.inputs_for(devices)
    today = {entry.path: entry.sha256 for entry in found}
    return {entry.path: workspace.digest(entry.path) for entry in plan.inputs} | today


def _playbook_files(workspace: Workspace, plan: Plan) -> tuple[InputFile, ...]:
    name = plan.playbook.name if plan.playbook else ""
    try:
        return workspace.playbook_inputs(name)
    except NotFound:
        # Then its own file is among those that are missing.
        return ()


def _outdated(
    environment: RunEnvironment, workspace: Workspace, plan: Plan | None
) -> tuple[Text, ...]:
    """What else a playbook's plan rests on and is not what it was."""
    if plan is None or plan.playbook is None:
        return ()
    return outdated(environment.player(), workspace, plan.playbook, plan.selected)
