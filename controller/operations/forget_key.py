"""Trust the key a device shows next, after it was replaced or reset."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.connections import pins
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.select_devices import select_devices
from controller.store import audit_log


def forget_key(context: Context, actor: Actor, selector: str) -> tuple[str, ...]:
    """Forget the keys of the selected devices; their names. The audit log says who did it.

    Errors: `NotAllowed`, `InputError` when no device is selected.
    """
    require(actor, "forget_key")
    devices = select_devices(context.workspace(), parse_selector(selector))
    names = tuple(device.name for device in devices)
    with context.store.begin() as conn:
        audit_log.append(
            conn,
            actor=actor.username,
            action="forget_key",
            subject=selector,
            content={"devices": list(names)},
            at=context.clock(),
        )
    for name in names:
        pins.forget(context.folder, name)
    return names
