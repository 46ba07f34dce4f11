"""A few devices, asked without signing in: does their port open, do they answer SNMP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from controller.connections.reach import answer_snmp, answers_tcp
from controller.errors import InputError, Text
from controller.inventory.device import Device
from controller.operations.doctor.check import Check, Installation, Need
from controller.workspace.load import check_workspace

LOGIN = Need("network.login", Text(th="พอร์ตเข้าสู่ระบบของอุปกรณ์", en="devices' login ports"))
SNMP = Need("network.snmp", Text(th="SNMP ของอุปกรณ์", en="SNMP of the devices"))
_NAMED = 5


def network(at: Installation, most: int) -> Iterator[Check]:
    """Ask `most` devices, spread over the inventory; they are not signed in to."""
    workspace, _ = check_workspace(at.root)
    if workspace is None:
        broken = Text(th="พื้นที่ทำงานมีข้อผิดพลาด", en="the workspace is broken")
        yield LOGIN.unknown(broken)
        yield SNMP.unknown(broken)
        return
    devices = sample(tuple(workspace.inventory.devices), most)
    yield _login(at, devices)
    yield _snmp(at, devices)


def sample(devices: tuple[Device, ...], most: int) -> tuple[Device, ...]:
    """At most so many of them, evenly spread."""
    count = min(most, len(devices))
    return tuple(devices[place * len(devices) // count] for place in range(count))


def _login(at: Installation, devices: tuple[Device, ...]) -> Check:
    try:
        targets = [at.target(device.name) for device in devices]
    except InputError as error:
        return LOGIN.failed(error)
    with ThreadPoolExecutor(16) as pool:
        opened = pool.map(lambda t: answers_tcp(t.address, t.port), targets)
        silent = [t.name for t, ok in zip(targets, opened, strict=True) if not ok]
    return _told(LOGIN, len(targets), silent)


def _snmp(at: Installation, devices: tuple[Device, ...]) -> Check:
    try:
        found = (at.snmp_target(device) for device in devices)
        targets = [target for target in found if target is not None]
    except InputError as error:
        return SNMP.failed(error)
    if not targets:
        return SNMP.ok("ไม่มีอุปกรณ์ที่ต้องถาม", "none of them is asked")
    heard = answer_snmp(targets)
    return _told(SNMP, len(targets), [t.name for t in targets if t.name not in heard])


def _told(need: Need, asked: int, silent: list[str]) -> Check:
    if not silent:
        return need.ok(f"ตอบครบ {asked} เครื่อง", f"all {asked} that were asked answer")
    names = ", ".join(silent[:_NAMED]) + (" …" if len(silent) > _NAMED else "")
    found = Text(
        th=f"ไม่ตอบ {len(silent)} จาก {asked} เครื่อง: {names}",
        en=f"{len(silent)} of {asked} do not answer: {names}",
    )
    todo = Text(
        th="ตรวจไฟฟ้า เส้นทาง และไฟร์วอลล์ระหว่างเครื่องนี้กับอุปกรณ์",
        en="check power, routing and firewalls between this machine and the devices",
    )
    return need.fail(found, todo) if len(silent) == asked else need.warn(found, todo)
