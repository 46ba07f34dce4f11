"""Ask devices over SNMP now, once, outside the schedule."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.health.observed import Observed
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.select_devices import devices_meant
from controller.store import audit_log, shards
from controller.store.device_health import DeviceHealth, read_health

if TYPE_CHECKING:
    from controller.polling.environment import PollEnvironment

OnDone = Callable[[Device, Observed], None]


@dataclass(frozen=True)
class Polled:
    """What a poll by hand came to.

    `kept` is False when a worker polls on schedule: then this was only a look, and what is known of
    the devices stays as the worker found it. `health` is what is known of each device after it;
    `without` have no SNMP access.
    """

    asked: tuple[Device, ...]
    health: dict[str, DeviceHealth]
    seconds: float
    kept: bool
    without: tuple[Device, ...]


def poll_devices(
    context: Context, actor: Actor, selector: str = "all", on_done: OnDone | None = None
) -> Polled:
    """Ask every selected device once; `on_done` is told of each as it answers or does not.

    A device that is silent is a value, not an error. Errors: `InputError` for a wrong selector, or
    when none of the devices can be asked over SNMP.
    """
    require(actor, "poll_devices")
    devices = devices_meant(context.inventory(), parse_selector(selector))
    environment = context.polling()
    reachable = tuple(d for d in devices if environment.target(d) is not None)
    if not reachable:
        raise InputError(
            Text(
                th=f"อุปกรณ์ที่เลือก ({selector}) ยังไม่มีวิธีถามทาง SNMP",
                en=f"none of the selected devices ({selector}) can be asked over SNMP",
            ),
            hint=Text(
                th="ตั้ง [snmp.access.default] ใน khaen.toml (ดู docs/health.md)",
                en="set [snmp.access.default] in khaen.toml (see docs/health.md)",
            ),
        )
    begun = context.clock()
    with context.store.read() as conn:
        kept = not shards.living(conn, begun)
    known = asyncio.run(_once(environment, reachable, on_done, keep=kept))
    with context.store.begin() as conn:
        if kept:
            environment.alerting().settle(conn, context.clock())
            known = read_health(conn, [device.name for device in reachable])
        audit_log.append(
            conn,
            actor=actor.username,
            action="poll_devices",
            subject=selector,
            content={"devices": len(reachable), "kept": kept},
            at=context.clock(),
        )
    if kept:
        environment.alerting().send(context.clock())
    return Polled(
        asked=reachable,
        health=known,
        seconds=(context.clock() - begun).total_seconds(),
        kept=kept,
        without=tuple(d for d in devices if d not in reachable),
    )


async def _once(
    environment: PollEnvironment,
    devices: tuple[Device, ...],
    on_done: OnDone | None,
    *,
    keep: bool,
) -> dict[str, DeviceHealth]:
    from controller.polling.cycle import Cycle

    cycle = Cycle(environment)
    try:
        await cycle.poll(devices, (lambda _: True) if keep else None, on_done)
        return cycle.known()
    finally:
        cycle.close()
