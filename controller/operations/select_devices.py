"""The devices a selector means, or a clear refusal to mean nothing."""

from __future__ import annotations

from controller.errors import InputError, Text
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.selector import Selector
from controller.language import nearest
from controller.workspace.load import Workspace


def select_devices(workspace: Workspace, selector: Selector) -> tuple[Device, ...]:
    """The selected devices by name. Errors: as `devices_meant`."""
    return devices_meant(workspace.inventory, selector)


def devices_meant(inventory: Inventory, selector: Selector) -> tuple[Device, ...]:
    """The devices of the inventory that the selector means, by name.

    Errors: `InputError` when no device is selected, naming the nearest value for each condition.
    """
    devices = inventory.devices
    chosen = selector.select(devices)
    if chosen:
        return chosen
    hints = []
    for condition in selector.conditions:
        key = condition.key
        have = sorted(
            {w for d in devices for w in (d.tags if key == "tag" else [getattr(d, key) or ""])}
            - {""}
        )
        unknown = (value for value in condition.values if value not in have)
        hints += [f"{key}={near}" for near in (nearest(v, have) for v in unknown) if near]
    raise InputError(
        Text(th=f"ไม่มีอุปกรณ์ใดตรงกับ “{selector.text}”", en=f"“{selector.text}” selects no device"),
        hint=Text(th=f"หมายถึง {' '.join(hints)} ใช่หรือไม่", en=f"did you mean {' '.join(hints)}?")
        if hints
        else None,
    )
