"""LAB.json: which devices there are, where they listen, and how time passes for them."""

import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from controller.lab.complaints import LabError
from controller.lab.delivered import DeliveredDefinition, read_delivered
from controller.lab.reading import number, refuse_unknown, text
from controller.lab.snmp.definition import SnmpDefinition, read_snmp

PLATFORMS = ("cisco_ios", "arista_eos")
SNMP_PORT = 8161


@dataclass(frozen=True)
class DeviceDefinition:
    """One device of LAB.json. Port 0 asks for a free one; `config` None for the default text.

    `uplink_to`: the device its uplink is plugged into, empty for none. `model` and `serial`: what
    it says it is, when empty the usual model and a number made of its name.
    """

    name: str
    platform: str
    address: str
    port: int
    role: str
    management_interface: str
    uplink: str
    config: str | None
    snmp_port: int = 0
    uplink_to: str = ""
    model: str = ""
    serial: str = ""


@dataclass(frozen=True)
class LabDefinition:
    """LAB.json as values.

    `minute_seconds` is how long one minute of the devices' own timers lasts, `latency_ms` the wait
    before every answer, `boot_seconds` the time a reboot takes, all in real time. `delivered` are
    further devices that only answer SNMP.
    """

    state_dir: Path
    username: str
    password_file: Path
    minute_seconds: float
    latency_ms: float
    boot_seconds: float
    snmp: SnmpDefinition | None
    devices: tuple[DeviceDefinition, ...]
    delivered: tuple[DeliveredDefinition, ...] = ()


def read_definition(path: Path) -> LabDefinition:
    """Read and check LAB.json; raises `LabError` that names the first thing that is wrong."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LabError(
            f"อ่านไฟล์ {path} ไม่ได้: {error.strerror}", f"cannot read {path}: {error.strerror}"
        ) from None
    except ValueError as error:
        raise LabError(
            f"ไฟล์ {path} ไม่ใช่ JSON ที่ถูกต้อง: {error}", f"{path} is not valid JSON: {error}"
        ) from None
    if not isinstance(document, dict):
        raise LabError(f"ไฟล์ {path} ต้องเป็นออบเจกต์ JSON", f"{path} must hold a JSON object")
    return _lab(document, str(path))


def _lab(document: Mapping[str, Any], where: str) -> LabDefinition:
    known = {
        "state_dir",
        "username",
        "password_file",
        "minute_seconds",
        "latency_ms",
        "boot_seconds",
        "snmp",
    }
    refuse_unknown(document, known | {"devices", "delivered"}, where)
    rows, boxes = document.get("devices"), document.get("delivered", [])
    if not isinstance(rows, list) or not isinstance(boxes, list) or not (rows or boxes):
        raise LabError(
            f"{where}: ต้องมีรายการ devices อย่างน้อยหนึ่งเครื่อง",
            f"{where}: devices must list at least one device",
        )
    devices = tuple(_device(row, f"{where}: devices[{index}]") for index, row in enumerate(rows))
    delivered = tuple(_box(row, f"{where}: delivered[{index}]") for index, row in enumerate(boxes))
    names = [*(d.name for d in devices), *(box.name for box in delivered)]
    for name in names:
        if names.count(name) > 1:
            raise LabError(
                f"{where}: ชื่ออุปกรณ์ {name} ซ้ำกัน", f"{where}: the device name {name} is used twice"
            )
    state_dir = Path(text(document, "state_dir", where)).absolute()
    return LabDefinition(
        state_dir=state_dir,
        username=text(document, "username", where),
        password_file=Path(text(document, "password_file", where)).absolute(),
        minute_seconds=number(document, "minute_seconds", 60.0, where, above=0.0),
        latency_ms=number(document, "latency_ms", 0.0, where),
        boot_seconds=number(document, "boot_seconds", 5.0, where),
        snmp=read_snmp(document.get("snmp"), f"{where}: snmp"),
        devices=devices,
        delivered=delivered,
    )


def _box(row: object, where: str) -> DeliveredDefinition:
    return read_delivered(row, where, _address(row, where) if isinstance(row, dict) else "")


def _device(row: object, where: str) -> DeviceDefinition:
    if not isinstance(row, dict):
        raise LabError(f"{where}: ต้องเป็นออบเจกต์ JSON", f"{where}: must be a JSON object")
    known = {
        "name",
        "platform",
        "address",
        "port",
        "role",
        "management_interface",
        "uplink",
        "config",
        "snmp_port",
        "uplink_to",
        "model",
        "serial",
    }
    refuse_unknown(row, known, where)
    platform = text(row, "platform", where)
    if platform not in PLATFORMS:
        allowed = ", ".join(PLATFORMS)
        raise LabError(
            f"{where}: ไม่รู้จัก platform {platform!r} (ใช้ได้: {allowed})",
            f"{where}: unknown platform {platform!r} (allowed: {allowed})",
        )
    ios = platform == "cisco_ios"
    config = row.get("config")
    if config is not None and not isinstance(config, str):
        raise LabError(
            f"{where}: config ต้องเป็นข้อความหรือ null", f"{where}: config must be a text or null"
        )
    port = int(number(row, "port", 8022 if ios else 8443, where, below=65536))
    return DeviceDefinition(
        name=text(row, "name", where),
        platform=platform,
        address=_address(row, where),
        port=port,
        role=text(row, "role", where, "access"),
        management_interface=text(
            row, "management_interface", where, "Vlan99" if ios else "Management1"
        ),
        uplink=text(row, "uplink", where, "GigabitEthernet0/24" if ios else "Ethernet24"),
        config=config,
        snmp_port=int(number(row, "snmp_port", SNMP_PORT if port else 0, where, below=65536)),
        **{
            key: text(row, key, where) if row.get(key) else ""
            for key in ("uplink_to", "model", "serial")
        },
    )


def _address(row: Mapping[str, Any], where: str) -> str:
    address = text(row, "address", where)
    try:
        if not ipaddress.ip_address(address).is_loopback:
            raise LabError(
                f"{where}: ที่อยู่ {address} ไม่อยู่ใน 127.0.0.0/8 (ห้องทดลองเปิดเฉพาะในเครื่องนี้)",
                f"{where}: address {address} is not in 127.0.0.0/8 (a lab stays on this machine)",
            )
    except ValueError:
        raise LabError(
            f"{where}: {address!r} ไม่ใช่ที่อยู่ไอพี", f"{where}: {address!r} is no IP address"
        ) from None
    return address
