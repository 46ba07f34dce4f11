"""The errands of a run, from the plan it was begun with and what the case's runs left behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from controller.errors import Refused, Text
from controller.plans.outcome import Run, RunDevice
from controller.plans.plan import Plan
from controller.runs.environment import RunEnvironment
from controller.runs.errand import (
    Errand,
    seen_since,
    standing,
    to_apply,
    to_take_back,
    unproven,
)
from controller.runs.gate import Permit
from controller.store import plans, runs, snapshots
from controller.store.engine import Store

History = tuple[tuple[Run, tuple[RunDevice, ...]], ...]


def history_of(store: Store, case: str) -> History:
    """The runs of a case with their devices, oldest first."""
    with store.read() as conn:
        return tuple((run, runs.run_devices(conn, run.id)) for run in runs.runs_of(conn, case))


def plan_of(store: Store, run: Run) -> Plan:
    """The plan a run was begun with. Whether it may be pushed is the gate's question, not this."""
    with store.read() as conn:
        stored = plans.load_plan(conn, run.plan)
    return Plan.model_validate_json(stored.plan_bytes)


def errands_of(
    environment: RunEnvironment, run: Run, plan: Plan, rows: Iterable[RunDevice]
) -> Mapping[str, Errand]:
    """What to do on each device of a run.

    A configuration to go back to that is not kept is left empty in its errand.
    """
    planned = {d.device: d for d in plan.devices}
    if run.kind == "apply":
        return {row.device: to_apply(planned[row.device], plan) for row in rows}
    history = history_of(environment.store, run.case)
    before = [entry for entry in history if entry[0].started < run.started]
    stands = seen_since(unproven(before)) | standing(before)
    return {
        row.device: to_take_back(
            planned[row.device],
            plan,
            stands[row.device],
            kept_configuration(environment, row.device, stands[row.device].before),
        )
        for row in rows
    }


def kept_configuration(environment: RunEnvironment, device: str, fingerprint: str) -> str:
    """The device's configuration of this fingerprint; empty when it is not kept."""
    with environment.store.read() as conn:
        kept = snapshots.snapshot(conn, device, fingerprint)
    return environment.backups.read(kept.blob) if kept else ""


def devices_to_do(store: Store, permit: Permit, kind: str) -> tuple[str, ...]:
    """The devices a new run is for: an apply leaves out those on which the change stands.

    Errors: `Refused` when there are none, or when devices must be verified first.
    """
    history = history_of(store, permit.case.number)
    planned = {d.device for d in permit.plan.devices}
    applied = standing(history)
    stands = set(applied) & planned
    # A playbook may end with the configuration as it was: then there is nothing to put back.
    changed = {d for d in stands if applied[d].after != applied[d].before}
    questions = unproven(history)
    seen = set(seen_since(questions)) & planned if kind == "rollback" else set()
    names = changed | seen if kind == "rollback" else planned - stands
    if open_questions := sorted(set(questions) & (names - seen)):
        raise _verify_first(permit.case.number, open_questions)
    if not names:
        raise _nothing_to_do(permit.case.number, kind)
    return tuple(sorted(names))


def _verify_first(case: str, devices: list[str]) -> Refused:
    listed = ", ".join(devices)
    return Refused(
        Text(
            th=f"ยังไม่ทราบสถานะของ {listed} ต้องตรวจสอบก่อน",
            en=f"the state of {listed} is unknown; it must be verified first",
        ),
        hint=Text(th=f"ใช้ khaen verify {case}", en=f"use khaen verify {case}"),
    )


def _nothing_to_do(case: str, kind: str) -> Refused:
    if kind == "rollback":
        return Refused(
            Text(
                th=f"เรื่อง {case} ไม่มีอุปกรณ์ที่ต้องย้อนกลับ",
                en=f"no device of case {case} has a change to take back",
            )
        )
    return Refused(
        Text(
            th=f"อุปกรณ์ทุกเครื่องของเรื่อง {case} ดำเนินการครบแล้ว",
            en=f"the change of case {case} stands on every device already",
        )
    )
