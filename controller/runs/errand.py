"""What a run has to do on one device: from the approved plan, or from what an apply left behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from controller.plans.outcome import Run, RunDevice
from controller.plans.plan import DevicePlan, Operation, Plan, RollbackKind
from controller.plans.typed import lasting_text
from controller.platforms.registry import platform


@dataclass(frozen=True)
class Errand:
    """What to do on one device.

    `before` is the fingerprint it must have when we come. `diff` is the device's own difference
    that was approved; None when only the end counts: then `goal` is the fingerprint it must have
    when we go. `candidate` is empty when the configuration to go back to is not stored.
    """

    device: str
    site: str
    platform: str
    operation: Operation
    before: str
    candidate: str
    diff: str | None
    goal: str | None
    rollback: RollbackKind
    confirm_minutes: int
    checks: tuple[str, ...]


@dataclass(frozen=True)
class Applied:
    """A change that stands on a device: the fingerprints before and after it."""

    before: str
    after: str


def to_apply(planned: DevicePlan, plan: Plan) -> Errand:
    """The errand of an apply.

    Of a playbook the candidate is never pushed: it is what must stand afterwards of the lines the
    playbook types, to be compared.
    """
    candidate = planned.candidate
    loads = planned.operation != "playbook"
    if not loads:
        candidate = lasting_text(planned.diff, platform(planned.platform).grammar)
    return Errand(
        device=planned.device,
        site=planned.site,
        platform=planned.platform,
        operation="merge" if planned.operation == "playbook" else planned.operation,
        before=planned.fingerprint,
        candidate=candidate,
        diff=planned.diff if loads else None,
        goal=None,
        rollback=planned.rollback,
        confirm_minutes=plan.policy.confirm_minutes,
        checks=planned.checks,
    )


def to_take_back(planned: DevicePlan, plan: Plan, stands: Applied, earlier: str) -> Errand:
    """The errand of a rollback: the configuration `earlier`, whole, over what stands now."""
    return Errand(
        device=planned.device,
        site=planned.site,
        platform=planned.platform,
        operation="replace",
        before=stands.after,
        candidate=earlier,
        diff=None,
        goal=stands.before,
        rollback="commit-confirm" if planned.operation == "playbook" else planned.rollback,
        confirm_minutes=plan.policy.confirm_minutes,
        checks=tuple(check for check in planned.checks if check != "applied"),
    )


def standing(history: Iterable[tuple[Run, Iterable[RunDevice]]]) -> dict[str, Applied]:
    """The devices on which a case's change stands, from its runs, oldest first."""
    stands: dict[str, Applied] = {}
    for run, devices in history:
        for row in devices:
            if row.state != "confirmed":
                continue
            if run.kind == "apply":
                stands[row.device] = Applied(row.before, row.after)
            else:
                stands.pop(row.device, None)
    return stands


def unproven(history: Iterable[tuple[Run, Iterable[RunDevice]]]) -> dict[str, RunDevice]:
    """The devices whose last word in a case's runs, oldest first, is `unknown`."""
    last: dict[str, RunDevice] = {}
    for _, devices in history:
        last |= {row.device: row for row in devices if row.state != "waiting"}
    return {name: row for name, row in last.items() if row.state == "unknown"}


def seen_since(questions: Mapping[str, RunDevice]) -> dict[str, Applied]:
    """Of unproven devices those that were looked at: what to put back, and what stood then.

    Only of a playbook; a device whose timer runs is settled by looking again.
    """
    return {
        name: Applied(row.before, row.after)
        for name, row in questions.items()
        if row.before and row.after
    }


def in_order(plan: Plan, names: Iterable[str]) -> Mapping[str, int]:
    """device -> batch: the canaries (0) first, then site by site, as many at once as allowed."""
    wanted = set(names)
    devices = sorted(
        (d for d in plan.devices if d.device in wanted), key=lambda d: (d.site, d.device)
    )
    canary, batch = plan.policy.canary, plan.policy.batch
    return {
        planned.device: 0 if place < canary else 1 + (place - canary) // batch
        for place, planned in enumerate(devices)
    }
