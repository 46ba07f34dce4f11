"""From what was observed on devices to a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from controller.errors import InputError, Text, UnsafePlan
from controller.inventory.device import Device
from controller.language import nearest
from controller.plans.difference import hidden_sections
from controller.plans.groups import difference_of
from controller.plans.plan import (
    ACCEPTABLE,
    SNMP_HEALTH,
    Accepted,
    DevicePlan,
    InputFile,
    LeftOut,
    Plan,
    PlaybookRun,
    Policy,
    TaskPlan,
    Way,
    Window,
)
from controller.plans.safety import SAFETY, reasons_against
from controller.plans.subject import Limits, Subject
from controller.plans.typed import plain_text, typed_by
from controller.platforms.platform import Platform
from controller.settings import Rollout, Settings


@dataclass(frozen=True)
class Observation:
    """What is known of one selected device.

    `running` is the running configuration as fetched, `diff` the device's own difference for
    `candidate`, secrets already replaced by references. `unreachable` says why there is neither.
    `asked_over_snmp`: the device has an SNMP access, so its health is compared afterwards. Of a
    playbook `tasks` say what it would do, `secrets` are the names of those it is given, and there
    is neither candidate nor difference; `refused` says why it would not get through.
    """

    device: Device
    platform: Platform
    running: str | None
    candidate: str
    operation: Way
    diff: str | None
    unreachable: str | None = None
    asked_over_snmp: bool = False
    tasks: tuple[TaskPlan, ...] = ()
    secrets: tuple[str, ...] = ()
    refused: str | None = None
    unsupported: str | None = None


def build_plan(
    *,
    office: str,
    selector: str,
    inputs: Iterable[InputFile],
    settings: Settings,
    observations: Iterable[Observation],
    accepted: Iterable[Accepted] = (),
    predicted: bool = False,
    mends: Iterable[str] = (),
    restores: str = "",
    window: Window | None = None,
    playbook: PlaybookRun | None = None,
) -> Plan:
    """The plan for what was observed. The order of inputs, observations, acceptances is the same.

    Devices under maintenance, out of reach or already as wanted are left out and named.
    `predicted` tells that no device was asked: such a plan refuses itself. `mends`: the rules whose
    failures it mends; `restores`: the stored configuration it puts back, as `DEVICE@VERSION`;
    `window`: the only time in which it may be carried out;
    `playbook`: the playbook it runs, by which `observations` are of operation `playbook`.

    Errors: `InputError` for a device given twice or an acceptance of an unknown check or without a
    reason; `UnsafePlan` for an acceptance of a check that must not be accepted.
    """
    seen = sorted(observations, key=lambda o: o.device.name)
    _refuse_twins([o.device.name for o in seen])
    limits = Limits(settings.safety.remove_percent, settings.credentials.username)
    left_out: list[LeftOut] = []
    devices: list[DevicePlan] = []
    for observation in seen:
        left = _left_out(observation)
        if left is not None:
            left_out.append(left)
        else:
            devices.append(_device_plan(observation, limits, predicted=predicted))
    met = {reason.check for device in devices for reason in device.reasons}
    return Plan(
        office=office,
        selector=selector,
        inputs=tuple(sorted(set(inputs), key=lambda f: f.path)),
        policy=policy_of(settings.rollout),
        devices=tuple(devices),
        left_out=tuple(left_out),
        accepted=tuple(a for a in _judged(accepted) if a.check in met),
        predicted=predicted,
        mends=tuple(sorted(set(mends))),
        restores=restores,
        window=window,
        playbook=playbook,
    )


def policy_of(rollout: Rollout) -> Policy:
    """The rollout settings as part of a plan."""
    return Policy(**rollout.model_dump())


def _left_out(seen: Observation) -> LeftOut | None:
    name = seen.device.name
    if seen.device.maintenance:
        return LeftOut(device=name, why="maintenance", detail=seen.device.maintenance)
    # A playbook is taken back by replacing the whole configuration.
    needed = "replace" if seen.operation == "playbook" else seen.operation
    if not seen.platform.can(needed):
        why = seen.platform.capabilities.get(needed, ("todo", ""))[1]
        return LeftOut(device=name, why="unsupported", detail=f"{needed}: {why}")
    if seen.unsupported is not None:
        return LeftOut(device=name, why="unsupported", detail=seen.unsupported)
    if seen.unreachable is not None or seen.running is None:
        detail = seen.platform.redact(seen.unreachable or "no running configuration")
        return LeftOut(device=name, why="unreachable", detail=detail)
    if seen.refused is not None:
        return LeftOut(device=name, why="refused", detail=seen.platform.redact(seen.refused))
    if seen.operation == "playbook":
        same = not any(task.effect in ("changes", "not-predictable") for task in seen.tasks)
    else:
        same = seen.diff is not None and not seen.platform.tidy_diff(seen.diff)
    return LeftOut(device=name, why="unchanged") if same else None


def _device_plan(seen: Observation, limits: Limits, *, predicted: bool) -> DevicePlan:
    platform, running, way = seen.platform, seen.running or "", seen.operation
    tasks = tuple(t.model_copy(update={"lines": platform.redact(t.lines)}) for t in seen.tasks)
    back = platform.rollback_on(running)
    if way == "playbook":
        diff = typed_by(tasks, platform.grammar)
        candidate, unified = plain_text(diff), False
        # No timer of the device runs meanwhile: whoever puts it back is we.
        back = "none" if back == "none" else "watchdog"
    else:
        diff, candidate = platform.tidy_diff(platform.redact(seen.diff or "")), seen.candidate
        unified = platform.diff_style[way] == "unified" and not predicted
    made = DevicePlan(
        device=seen.device.name,
        site=seen.device.site,
        role=seen.device.role,
        platform=platform.name,
        operation=seen.operation,
        fingerprint=platform.fingerprint(running),
        candidate="" if way == "playbook" else candidate,
        diff=diff,
        sections=hidden_sections(diff, running) if unified else (),
        rollback=back,
        checks=_checks(seen),
        tasks=tasks,
    )
    untold = seen.diff is None and way != "playbook"
    subject = Subject(
        device=seen.device,
        platform=platform,
        operation=seen.operation,
        running=running,
        candidate=candidate,
        difference=None if untold else difference_of(made, predicted=predicted),
        limits=limits,
        tasks=tasks,
        secrets=seen.secrets,
    )
    return made.model_copy(update={"reasons": reasons_against(subject)})


def _checks(seen: Observation) -> tuple[str, ...]:
    usual = seen.platform.usual_checks
    return usual if not seen.asked_over_snmp or SNMP_HEALTH in usual else (*usual, SNMP_HEALTH)


def _refuse_twins(names: list[str]) -> None:
    twins = sorted({a for a, b in pairwise(names) if a == b})
    if twins:
        named = ", ".join(twins)
        raise InputError(
            Text(th=f"อุปกรณ์ซ้ำในแผนเดียวกัน: {named}", en=f"devices given twice: {named}")
        )


def _judged(accepted: Iterable[Accepted]) -> list[Accepted]:
    given = tuple(accepted)
    known = [check.__name__ for check in SAFETY]
    for one in given:
        if one.check not in known:
            near = nearest(one.check, known)
            also = (f" หมายถึง {near} ใช่หรือไม่", f"; did you mean {near}?") if near else ("", "")
            raise InputError(
                Text(
                    th=f"ไม่มีการตรวจชื่อ “{one.check}”{also[0]}",
                    en=f"there is no check “{one.check}”{also[1]}",
                )
            )
        if one.check not in ACCEPTABLE:
            raise UnsafePlan(
                Text(
                    th=f"เหตุผลของการตรวจ “{one.check}” ยอมรับแทนไม่ได้",
                    en=f"reasons of the check “{one.check}” cannot be accepted",
                ),
                hint=_acceptable_hint(),
            )
        if not one.why.strip():
            raise InputError(
                Text(
                    th=f"การยอมรับ “{one.check}” ต้องบอกเหตุผล",
                    en=f"accepting “{one.check}” needs a reason",
                )
            )
    return sorted(set(given), key=lambda a: (a.check, a.why))


def _acceptable_hint() -> Text:
    names = ", ".join(sorted(ACCEPTABLE))
    return Text(th=f"ที่ยอมรับได้: {names}", en=f"these can be: {names}")
