"""Look ahead: what a change would probably do, from the stored backups, asking no device."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.select_devices import select_devices
from controller.plans.build import build_plan
from controller.plans.plan import Plan
from controller.plans.predicted import predict_observation
from controller.platforms.registry import platform
from controller.store import snapshots


def predict_change(context: Context, actor: Actor, selector: str) -> Plan:
    """A plan computed from the newest backup of every selected device. It is not stored.

    It says that it is predicted and refuses itself: nobody can propose, approve or apply it.
    Devices without a backup are left out. Errors: as `plan_change`.
    """
    require(actor, "plan_change")
    workspace = context.workspace()
    chosen = parse_selector(selector)
    devices = select_devices(workspace, chosen)
    with context.store.read() as conn:
        newest = {d.name: snapshots.latest(conn, d.name) for d in devices}
    backups = {name: context.backups.read(found.blob) for name, found in newest.items() if found}
    return build_plan(
        office=workspace.inventory.office.short,
        selector=chosen.text,
        inputs=workspace.inputs_for(devices),
        settings=context.settings,
        observations=[
            predict_observation(d, platform(d.platform), backups.get(d.name), workspace.render(d))
            for d in devices
        ],
        predicted=True,
    )
