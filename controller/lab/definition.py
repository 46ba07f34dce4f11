"""LAB.json: which devices there are, where they listen, and how time passes for them."""

import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from controller.lab.complaints import LabError

PLATFORMS = ("cisco_ios", "arista_eos")


@dataclass(frozen=True)
class DeviceDefinition:
    """One device of LAB.json. Port 0 asks for a free one; `config` None for the default text."""

    name: str
    platform: str
    address: str
    port: int
    role: str
    management_interface: str
    uplink: str
    config: str | None


@dataclass(frozen=True)
class LabDefinition:
    """LAB.json as values.

    `minute_seconds` is how long one minute of the devices' own timers lasts, `latency_ms` the wait
    before every answer, `boot_seconds` the time a reboot takes, all in real time.
    """

    state_dir: Path
    username: str
    password_file: Path
    minute_seconds: float
    latency_ms: float
    boot_seconds: float
    devices: tuple[DeviceDefinition, ...]


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
    }
    _refuse_unknown(document, known | {"devices"}, where)
    rows = document.get("devices")
    if not isinstance(rows, list) or not rows:
        raise LabError(
            f"{where}: ต้องมีรายการ devices อย่างน้อยหนึ่งเครื่อง",
            f"{where}: devices must list at least one device",
        )
    devices = tuple(_device(row, f"{where}: devices[{index}]") for index, row in enumerate(rows))
    names = [device.name for device in devices]
    for name in names:
        if names.count(name) > 1:
            raise LabError(
                f"{where}: ชื่ออุปกรณ์ {name} ซ้ำกัน", f"{where}: the device name {name} is used twice"
            )
    state_dir = Path(_text(document, "state_dir", where)).absolute()
    return LabDefinition(
        state_dir=state_dir,
        username=_text(document, "username", where),
        password_file=Path(_text(document, "password_file", where)).absolute(),
        minute_seconds=_number(document, "minute_seconds", 60.0, where, above=0.0),
        latency_ms=_number(document, "latency_ms", 0.0, where),
        boot_seconds=_number(document, "boot_seconds", 5.0, where),
        devices=devices,
    )


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
    }
    _refuse_unknown(row, known, where)
    platform = _text(row, "platform", where)
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
    return DeviceDefinition(
        name=_text(row, "name", where),
        platform=platform,
        address=_address(row, where),
        port=int(_number(row, "port", 8022 if ios else 8443, where, below=65536)),
        role=_text(row, "role", where, "access"),
        management_interface=_text(
            row, "management_interface", where, "Vlan99" if ios else "Management1"
        ),
        uplink=_text(row, "uplink", where, "GigabitEthernet0/24" if ios else "Ethernet24"),
        config=config,
    )


def _address(row: Mapping[str, Any], where: str) -> str:
    address = _text(row, "address", where)
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


def _refuse_unknown(document: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in document:
        if key not in known:
            allowed = ", ".join(sorted(known))
            raise LabError(
                f"{where}: ไม่รู้จักคีย์ {key!r} (ใช้ได้: {allowed})",
                f"{where}: unknown key {key!r} (allowed: {allowed})",
            )


def _text(document: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = document.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise LabError(
            f"{where}: {key} ต้องเป็นข้อความที่ไม่ว่าง", f"{where}: {key} must be a text that is not empty"
        )
    return value


def _number(
    document: Mapping[str, Any],
    key: str,
    default: float,
    where: str,
    *,
    above: float | None = None,
    below: float = 1e9,
) -> float:
    value = document.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LabError(f"{where}: {key} ต้องเป็นตัวเลข", f"{where}: {key} must be a number")
    if value < 0 or value >= below or (above is not None and value <= above):
        raise LabError(
            f"{where}: ค่า {key} = {value} อยู่นอกช่วง", f"{where}: {key} = {value} is out of range"
        )
    return float(value)
