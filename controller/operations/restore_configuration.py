"""A plan that puts a stored configuration back, on its device or on one that replaces it."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.backups.versions import Version, version_called
from controller.errors import DeviceError, InputError, NotFound, Text
from controller.inventory.device import Device
from controller.operations.back_up_devices import fetch_running, keep_backups
from controller.operations.context import Context
from controller.operations.plan_change import Asked, Observed, has_snmp, observe, store_plan
from controller.operations.show_configuration import list_configurations
from controller.operations.show_device import visible_device
from controller.plans.build import Observation, build_plan
from controller.plans.carrying import carry, kept_values
from controller.plans.plan import Accepted, Plan
from controller.plans.restoring import adapted
from controller.plans.subject import Limits, Subject
from controller.platforms.registry import platform
from controller.store import snapshots


def restore_configuration(
    context: Context,
    actor: Actor,
    device: str,
    version: str,
    to: str | None = None,
    accepted: tuple[Accepted, ...] = (),
    asked: Asked | None = None,
) -> Plan:
    """Plan to replace what a device runs by a version kept of it, and keep the plan.

    With `to` another device of the same platform gets it; its name, management interface, way back
    and our account stay its own. Secrets are carried as references, to the workspace's or to the
    stored text itself. Nothing is written to a device: what follows is the case, the approval and
    the run of any plan. A device out of reach is left out and named. `asked` as in `plan_change`.

    Errors: `NotFound` for an unknown device or version; `InputError` for another platform, or a
    stored text that cannot be carried.
    """
    require(actor, "restore_configuration")
    workspace = context.workspace()
    source = visible_device(workspace.inventory, actor, device)
    target = source if to is None else visible_device(workspace.inventory, actor, to)
    if source.platform != target.platform:
        raise _other_platform(source, target)
    chosen = version_called(list_configurations(context, actor, device), version)
    candidate = ""
    got: Observed | DeviceError | None = None
    running = {} if target.maintenance else fetch_running(context, (target,))
    if running:
        keep_backups(context, actor.username, (target,), running)
    now = running.get(target.name)
    if isinstance(now, DeviceError):
        got = now
    elif now is not None:
        candidate = _candidate(context, source, target, chosen)
        kept = kept_values(
            platform(target.platform).texts, candidate, context.secrets(), context.backups.read
        )
        one = {target.name: candidate}
        got = observe(context, (target,), one, asked, "replace", kept)[target.name]
    plan = build_plan(
        office=workspace.inventory.office.short,
        selector=f"name={target.name}",
        inputs=workspace.inputs_for((target,)),
        settings=context.settings,
        observations=[_observation(context, target, candidate, got)],
        accepted=accepted,
        restores=f"{source.name}@{chosen.id}",
    )
    store_plan(context, actor, workspace, plan, "restore_configuration")
    return plan


def _candidate(context: Context, source: Device, target: Device, version: Version) -> str:
    stored = _carried(context, source, version.id)
    if target == source:
        return stored
    with context.store.read() as conn:
        newest = snapshots.latest(conn, target.name)
    if newest is None:
        raise NotFound(
            Text(th=f"ยังไม่เคยสำรอง {target.name}", en=f"{target.name} was never backed up"),
            hint=Text(th="khaen backup", en="khaen backup"),
        )
    now = _carried(context, target, newest.blob)
    return adapted(_subject(context, source, stored), _subject(context, target, now))


def _carried(context: Context, device: Device, blob: str) -> str:
    rules = platform(device.platform).texts
    return carry(rules, context.backups.read(blob), blob, context.secrets()).text


def _subject(context: Context, device: Device, text: str) -> Subject:
    settings = context.settings
    return Subject(
        device=device,
        platform=platform(device.platform),
        operation="replace",
        running=text,
        candidate="",
        difference=None,
        limits=Limits(settings.safety.remove_percent, settings.credentials.username),
    )


def _observation(
    context: Context, target: Device, candidate: str, got: Observed | DeviceError | None
) -> Observation:
    seen = got if isinstance(got, Observed) else None
    return Observation(
        device=target,
        platform=platform(target.platform),
        running=seen.running if seen else None,
        candidate=candidate,
        operation="replace",
        diff=seen.diff if seen else None,
        unreachable=got.message.en if isinstance(got, DeviceError) else None,
        asked_over_snmp=has_snmp(context, target),
    )


def _other_platform(source: Device, target: Device) -> InputError:
    return InputError(
        Text(
            th=f"{target.name} เป็น {target.platform} แต่ข้อมูลสำรองเป็นของ {source.platform}",
            en=f"{target.name} is {target.platform}, the backup is of {source.platform}",
        ),
        hint=Text(
            th="กู้คืนได้เฉพาะบนอุปกรณ์แพลตฟอร์มเดียวกัน",
            en="a configuration goes back only on the same platform",
        ),
    )
