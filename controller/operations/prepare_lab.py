"""Write down which devices the lab shall bring to life, and the secrets it shares with us."""

from __future__ import annotations

import ipaddress
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from controller.connections import pins
from controller.errors import InputError, Text
from controller.inventory.device import Device
from controller.inventory.structure import links_by_structure
from controller.operations.context import Context
from controller.platforms.registry import PLATFORMS, platform
from controller.workspace.inputs import input_bytes

DELIVERED = "delivered.json"
_LARGEST = 2_000_000


@dataclass(frozen=True)
class Lab:
    """`file` is what the lab program reads; `devices` how many it starts."""

    file: Path
    devices: int


def prepare_lab(context: Context, minute_seconds: float, delivered: Path | None = None) -> Lab:
    """Write the lab file for every device of the inventory with a loopback address.

    Only those one can log in to: of a platform that is merely watched the lab knows nothing.
    `delivered` is a JSON list of devices fresh from a supplier, as the lab reads them; it is kept,
    so that they are there the next time too, also after they were accepted. Secrets of `khaen.toml`
    that are missing files below `var` are made, random, mode 0600.

    Errors: `InputError` when there is no device on this machine, or for a file that is no such
    list.
    """
    inventory = context.workspace().inventory
    devices = [d for d in inventory.devices if _is_local(d) and d.platform in PLATFORMS]
    boxes = _delivered(context.folder / "lab" / DELIVERED, delivered)
    if not devices and not boxes:
        raise InputError(
            Text(
                th="ไม่มีอุปกรณ์ใดในทะเบียนที่มีที่อยู่ 127.0.0.0/8",
                en="no device of the inventory has an address in 127.0.0.0/8",
            )
        )
    state = context.folder / "lab"
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make_secrets(context)
    credentials = context.settings.credentials
    password = context.root / credentials.password.removeprefix("file/")
    office = next((s.site for s in inventory.sites if s.kind == "office"), None)
    above = links_by_structure(devices, office)
    content = {
        "state_dir": str(state),
        "username": credentials.username,
        "password_file": str(password),
        "minute_seconds": minute_seconds,
        "snmp": _snmp(context, str(password)),
        "devices": [_entry(d, above.get(d.name, "")) for d in devices],
        "delivered": boxes,
    }
    file = state / "lab.json"
    file.write_text(json.dumps(content, indent=1), encoding="utf-8")
    if delivered is not None:
        (state / DELIVERED).write_text(json.dumps(boxes, ensure_ascii=False), encoding="utf-8")
    return Lab(file, len(devices) + len(boxes))


def forget_lab_keys(context: Context) -> None:
    """Forget the host keys of devices on this machine: a reset lab has new ones."""
    for device in context.workspace().inventory.devices:
        if _is_local(device):
            pins.forget(context.folder, device.name)


def _delivered(kept: Path, handed: Path | None) -> list[object]:
    """What is handed over, else what was handed over before."""
    if handed is None and not kept.exists():
        return []
    file = handed or kept
    try:
        listed = json.loads(input_bytes(file, _LARGEST))
    except ValueError:
        listed = None
    if not isinstance(listed, list):
        raise InputError(
            Text(
                th=f"{file} ไม่ใช่รายการอุปกรณ์ส่งมอบในรูปแบบ JSON",
                en=f"{file} is no JSON list of delivered devices",
            ),
            hint=Text(th="ดูตัวอย่างใน docs/procurement.md", en="see docs/procurement.md"),
        )
    return listed


def _entry(device: Device, above: str) -> dict[str, object]:
    return {
        "name": device.name,
        "platform": device.platform,
        "address": device.address,
        "port": device.port or platform(device.platform).transport_port,
        "role": device.role,
        "management_interface": device.management_interface,
        "uplink": device.uplink,
        "uplink_to": above,
        "model": device.model or "",
        "serial": device.serial or "",
        "config": None,
    }


def _snmp(context: Context, password: str) -> dict[str, object] | None:
    """How the devices are asked: by the accesses in the settings whose secrets are files.

    Without an access of version 3 the user `khaen` has the devices' password (SHA, AES128).
    """
    settings = context.settings.snmp
    accesses = settings.access.values()
    plain = next((a for a in accesses if a.version != "3" and _is_file(a.community)), None)
    user = next((a for a in accesses if a.version == "3" and _is_file(a.privacy_password)), None)
    if plain is None or plain.community is None:
        return None
    wanted: dict[str, object] = {
        "community_file": _file(context, plain.community),
        "user": "khaen",
        "password_file": password,
        "trap_port": settings.trap_port or 0,
        "trap_address": settings.trap_host,
        "syslog_port": context.settings.syslog.port or 0,
        "syslog_address": context.settings.syslog.host,
    }
    if user is not None and user.authentication_password and user.privacy_password:
        wanted |= {
            "user": user.user,
            "authentication": "sha1" if user.authentication == "sha" else user.authentication,
            "password_file": _file(context, user.authentication_password),
            "privacy": user.privacy,
            "privacy_password_file": _file(context, user.privacy_password),
        }
    return wanted


def _is_file(reference: str | None) -> bool:
    return reference is not None and reference.startswith("file/")


def _file(context: Context, reference: str) -> str:
    return str(context.root / reference.removeprefix("file/"))


def _is_local(device: Device) -> bool:
    try:
        return ipaddress.ip_address(device.address).is_loopback
    except ValueError:
        return False


def _make_secrets(context: Context) -> None:
    """Random values for secret files that are missing and would never be committed (`var`)."""
    private = ((context.root / "var").resolve(), context.folder.resolve())
    settings = context.settings
    references = [settings.credentials.password, *settings.secrets.values()]
    for access in settings.snmp.access.values():
        secret = (access.community, access.authentication_password, access.privacy_password)
        references += [reference for reference in secret if reference]
    for reference in references:
        file = (context.root / reference.removeprefix("file/")).resolve()
        inside = any(folder in file.parents for folder in private)
        if not reference.startswith("file/") or not inside or file.exists():
            continue
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(8) + "\n")
