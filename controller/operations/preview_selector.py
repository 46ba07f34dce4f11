"""See which devices a selector means, before anything is asked of them."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.select_devices import devices_meant


def preview_selector(context: Context, actor: Actor, selector: str) -> tuple[Device, ...]:
    """The devices by name, from the files as they are now; no device is asked.

    Errors: `InputError` for a selector that cannot be read, or that means no device.
    """
    require(actor, "plan_change")
    return devices_meant(context.inventory(), parse_selector(selector))
