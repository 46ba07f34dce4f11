"""Compute what a change would do to every selected device, and keep it as a plan."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.connections.session import DeviceSession
from controller.errors import DeviceError, InputError
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.back_up_devices import keep_backups
from controller.operations.context import Context
from controller.operations.select_devices import select_devices
from controller.plans.build import Observation, build_plan
from controller.plans.plan import Accepted, Operation, Plan
from controller.plans.window import read_window
from controller.platforms.registry import platform
from controller.store import audit_log, plans
from controller.workspace.load import Workspace

Asked = Callable[[int, int], None]
"""Told of progress: how many of how many devices."""


@dataclass(frozen=True)
class Observed:
    """What a device said: its running configuration and its own difference."""

    running: str
    diff: str


def plan_change(
    context: Context,
    actor: Actor,
    selector: str,
    accepted: tuple[Accepted, ...] = (),
    asked: Asked | None = None,
    window: str = "",
) -> Plan:
    """Render, ask every device for its own difference, judge safety, and store the plan.

    Devices that cannot be reached are left out and named. Nothing is written to any device: the
    candidate is loaded, compared and discarded. `asked` is told, from other threads, how many of
    the devices to be asked have been. `window` is the only time in which it may be carried out, as
    `plans.window` reads it. Errors: `InputError` for a selector or a window.
    """
    require(actor, "plan_change")
    within = read_window(window, context.clock())
    workspace = context.workspace()
    chosen = parse_selector(selector)
    devices = select_devices(workspace, chosen)
    candidates = {d.name: workspace.render(d) for d in devices}
    awake = tuple(d for d in devices if not d.maintenance)
    observed = observe(context, awake, candidates, asked)
    running = {
        name: got if isinstance(got, DeviceError) else got.running for name, got in observed.items()
    }
    keep_backups(context, actor.username, awake, running)
    plan = build_plan(
        office=workspace.inventory.office.short,
        selector=chosen.text,
        inputs=workspace.inputs_for(devices),
        settings=context.settings,
        observations=[
            _observation(d, candidates[d.name], observed.get(d.name), has_snmp(context, d))
            for d in devices
        ],
        accepted=accepted,
        window=within,
    )
    store_plan(context, actor, workspace, plan)
    return plan


def observe(
    context: Context,
    devices: tuple[Device, ...],
    candidates: Mapping[str, str],
    asked: Asked | None = None,
    operation: Operation = "merge",
    kept: Mapping[str, str] | None = None,
) -> dict[str, Observed | DeviceError]:
    """Ask each device, in parallel, for its running configuration and difference.

    `kept` are values behind references to stored configurations, beside those of the workspace.
    """
    done = itertools.count(1)

    def ask(device: DeviceSession) -> Observed:
        running = device.running()
        try:
            return Observed(running, device.load(candidates[device.name], operation))
        finally:
            device.discard()

    def tell(_name: str, _outcome: Observed | DeviceError) -> None:
        if asked is not None:
            asked(next(done), len(devices))

    return context.fleet(devices).each(ask, {**context.secrets(), **(kept or {})}, tell)


def store_plan(
    context: Context,
    actor: Actor,
    workspace: Workspace,
    plan: Plan,
    action: str = "plan_change",
) -> None:
    """Keep the plan with its provenance; the same plan again is no second one.

    `action` is the operation that made it, as the audit log names it.
    """
    now = context.clock()
    provenance = workspace.provenance()
    with context.store.begin() as conn:
        plans.save_plan(conn, plan, provenance=provenance, by=actor.username, at=now)
        audit_log.append(
            conn,
            actor=actor.username,
            action=action,
            subject=plan.id,
            content={"selector": plan.selector, "devices": len(plan.devices)},
            at=now,
        )


def has_snmp(context: Context, device: Device) -> bool:
    """Whether the device can be asked over SNMP, so that a run compares its health."""
    try:
        return context.snmp_target(device) is not None
    except InputError:
        # An access without its secret: `khaen poll` says so; a change can be planned all the same.
        return False


def _observation(
    device: Device, candidate: str, got: Observed | DeviceError | None, asked_over_snmp: bool
) -> Observation:
    return Observation(
        device=device,
        platform=platform(device.platform),
        running=got.running if isinstance(got, Observed) else None,
        candidate=candidate,
        operation="merge",
        diff=got.diff if isinstance(got, Observed) else None,
        unreachable=got.message.en if isinstance(got, DeviceError) else None,
        asked_over_snmp=asked_over_snmp,
    )
