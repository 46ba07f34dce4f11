"""The devices a selector means, or a clear refusal to mean nothing."""

from __future__ import annotations

from controller.errors import InputError, Text
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.selector import Selector
from controller.language import nearest
from controller.platforms.watched import only_watched
from controller.workspace.load import Workspace


def select_devices(workspace: Workspace, selector: Selector) -> tuple[Device, ...]:
    """The selected devices by name that can be configured; those only watched are left out.

    Errors: as `devices_meant`; `InputError` when every one of them is only watched.
    """
    chosen = devices_meant(workspace.inventory, selector)
    kept = tuple(device for device in chosen if device.platform not in only_watched())
    if kept:
        return kept
    named = ", ".join(sorted({device.platform for device in chosen}))
    raise InputError(
        Text(
            th=f"อุปกรณ์ตาม “{selector.text}” เฝ้าดูได้อย่างเดียว ตั้งค่าไม่ได้ ({named})",
            en=f"what “{selector.text}” selects is only watched, never configured ({named})",
        ),
        hint=Text(
            th="เลือกอุปกรณ์ของแพลตฟอร์มที่ตั้งค่าได้",
            en="select devices of a platform that can be configured",
        ),
    )


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
