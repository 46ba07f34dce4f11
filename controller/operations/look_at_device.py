"""Ask a device now what it is and how its interfaces are, and keep the answer."""

from __future__ import annotations

from typing import Any

from controller.accounts.actor import Actor, require
from controller.connections.session import DeviceSession
from controller.errors import DeviceError
from controller.operations.context import Context
from controller.operations.show_device import visible_device
from controller.store import audit_log, device_history
from controller.store.device_history import Look

Told = tuple[dict[str, Any], dict[str, dict[str, Any]]]


def look_at_device(context: Context, actor: Actor, name: str) -> Look:
    """What the device says of itself: facts and interfaces, kept with the time.

    Nothing on the device is changed. Errors: `NotFound`, `DeviceError` when it does not answer;
    then what it said before stays.
    """
    require(actor, "look_at_device")
    device = visible_device(context.inventory(), actor, name)
    told = context.fleet([device]).each(_ask, context.secrets())[device.name]
    if isinstance(told, DeviceError):
        raise told
    facts, interfaces = told
    look = Look(device.name, context.clock(), facts, interfaces)
    with context.store.begin() as conn:
        device_history.save_look(conn, look)
        audit_log.append(
            conn,
            actor=actor.username,
            action="look_at_device",
            subject=device.name,
            content={"interfaces": len(interfaces)},
            at=look.at,
        )
    return look


def _ask(session: DeviceSession) -> Told:
    return session.facts(), session.interfaces()
