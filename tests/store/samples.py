"""Small values to store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from controller.plans.outcome import Run, RunDevice
from controller.plans.plan import DevicePlan, InputFile, Plan, Policy
from controller.processes.case import Case, Decision, Event

CASE = "2569-2.3-0001"


def a_plan(selector: str = "role=access") -> Plan:
    """A plan for one device; another selector makes it another plan."""
    device = DevicePlan(
        device="kkn-a-sw01",
        site="kkn-school-a",
        role="access",
        platform="cisco_ios",
        operation="merge",
        fingerprint="a" * 64,
        candidate="vlan 20\n name ห้องปฏิบัติการ\n",
        diff="+vlan 20",
        rollback="commit-confirm",
        checks=("reachable",),
    )
    return Plan(
        office="สพม.ขอนแก่น",
        selector=selector,
        inputs=(InputFile(path="inventory/groups.yaml", sha256="b" * 64),),
        policy=Policy(canary=1, batch=10, stop_after_failed_percent=10, confirm_minutes=5),
        devices=(device,),
    )


def a_case(at: datetime, number: str = CASE, **changes: Any) -> Case:
    """A case that was just opened: one event."""
    values: dict[str, Any] = {
        "number": number,
        "process": "2.3",
        "title": "เปลี่ยน VLAN ห้องปฏิบัติการ",
        "state": "open",
        "step": 0,
        "plan": "c" * 64,
        "proposer": "network.engineer",
        "opened": at,
        "events": (an_event(at, "opened"),),
    }
    return Case(**values | changes)


def an_event(at: datetime, what: str = "submitted") -> Event:
    """Something that happened."""
    return Event(at=at, actor="network.engineer", step=0, what=what)


def a_decision(at: datetime, **changes: Any) -> Decision:
    """The director's approval."""
    values: dict[str, Any] = {
        "kind": "approve",
        "case": CASE,
        "plan": "c" * 64,
        "actor": "director",
        "title": "ผู้อำนวยการ",
        "role": "director",
        "acting_order": None,
        "comment": "อนุมัติ",
        "at": at,
        "expires": None,
        "audit_seq": 1,
        "audit_hash": "d" * 64,
    }
    return Decision(**values | changes)


def moved(case: Case, at: datetime, **changes: Any) -> Case:
    """The case one event later."""
    return case.model_copy(update={"events": (*case.events, an_event(at)), **changes})


def a_run(at: datetime, name: str = "run-1", **changes: Any) -> Run:
    """A run that was just started."""
    values: dict[str, Any] = {
        "id": name,
        "kind": "apply",
        "case": CASE,
        "plan": "c" * 64,
        "by": "network.engineer",
        "state": "running",
        "executor": "host-1",
        "started": at,
    }
    return Run(**values | changes)


def waiting(run: str, *devices: str) -> list[RunDevice]:
    """Devices of a run that nobody touched yet; the first is the canary."""
    return [
        RunDevice(run=run, device=name, batch=min(place, 1), state="waiting")
        for place, name in enumerate(devices)
    ]
