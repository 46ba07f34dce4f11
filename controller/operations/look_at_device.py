"""Ask a device now what it is and how its interfaces are, and keep the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from controller.accounts.actor import Actor, require
from controller.connections.session import DeviceSession
from controller.errors import DeviceError
from controller.operations.context import Context
from controller.operations.show_device import visible_device
from controller.store import audit_log, device_history
from controller.store.device_history import Look

T = TypeVar("T")


@dataclass(frozen=True)
class Told:
    """What a device said on one visit; None where it did not say."""

    facts: dict[str, Any]
    ntp: list[dict[str, Any]] | None
    users: dict[str, int] | None
    interfaces: dict[str, dict[str, Any]] | None = None


def look_at_device(context: Context, actor: Actor, name: str) -> Look:
    """What the device says of itself, kept with the time: facts, interfaces, clock, accounts.

    Nothing on the device is changed. Errors: `NotFound`, `DeviceError` when it does not answer;
    then what it said before stays.
    """
    require(actor, "look_at_device")
    device = visible_device(context.inventory(), actor, name)
    told = context.fleet([device]).each(_ask, context.secrets())[device.name]
    if isinstance(told, DeviceError):
        raise told
    interfaces = told.interfaces or {}
    look = Look(device.name, context.clock(), told.facts, interfaces, told.ntp, told.users)
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


def ask_in_passing(session: DeviceSession) -> Told | None:
    """The same for whoever is there for something else: what is not told is None.

    None when the device does not even say what it is. Never raises `DeviceError`.
    """
    facts = _if_told(session.facts)
    if facts is None:
        return None
    ntp, users = _if_told(session.ntp_peers), _if_told(session.users)
    return Told(facts, ntp, users, _if_told(session.interfaces))


def looked(name: str, told: Told, at: datetime, before: Look | None) -> Look:
    """The look that such a visit makes; interfaces that were not told stay as they were before."""
    if told.interfaces is not None:
        return Look(name, at, told.facts, told.interfaces, told.ntp, told.users)
    if before is None:
        return Look(name, at, told.facts, {}, told.ntp, told.users)
    return Look(
        name, at, told.facts, before.interfaces, told.ntp, told.users,
        interfaces_at=before.interfaces_at or before.at,
    )  # fmt: skip


def _ask(session: DeviceSession) -> Told:
    facts, interfaces = session.facts(), session.interfaces()
    return Told(facts, _if_told(session.ntp_peers), _if_told(session.users), interfaces)


def _if_told(ask: Callable[[], T]) -> T | None:
    """What a device does not tell (an old release, a small account) is unknown, no failure."""
    try:
        return ask()
    except DeviceError:
        return None
