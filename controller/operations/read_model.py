"""Ask a device what it is and has, and take that as facts of its model: looked at, then written."""

from __future__ import annotations

import asyncio

from controller.accounts.actor import Actor, require
from controller.connections.snmp.engine import SnmpTarget
from controller.connections.snmp.finding import find_out
from controller.connections.snmp.gufo import GufoEngine
from controller.errors import InputError, Text
from controller.facts.hardware import Hardware
from controller.facts.identity import Identity
from controller.inventory.asset import KINDS
from controller.inventory.device import Device
from controller.inventory.shelves import asset_of
from controller.operations.context import Context
from controller.operations.import_models import ModelsImported, ModelsPreview, previewed, written
from controller.operations.look_at_device import look_at_device
from controller.operations.show_device import visible_device
from controller.platforms.hardware import hardware_request, read_hardware, read_interfaces
from controller.platforms.watched import only_watched
from controller.procurement.device_model import model_of_device
from controller.workspace.device_types import Told
from controller.workspace.register_file import alone


def read_model(
    context: Context, actor: Actor, device: str, *, kind: str = "", overwrite: bool = False
) -> ModelsPreview:
    """What a device, asked now, would add to what is known of its model; nothing is written.

    It is asked over SNMP where it has an access, else by logging in, as a look does. Its number is
    that of the inventory where it has one. `kind` and `overwrite` as in `preview_models`. Errors:
    `NotFound`, `DeviceError` when it does not answer, `InputError` when it cannot be asked or tells
    no model.
    """
    require(actor, "import_models")
    found = visible_device(context.inventory(), actor, device)
    return _previewed(context, actor, found, kind, overwrite)


def keep_model(
    context: Context,
    actor: Actor,
    device: str,
    digest: str,
    *,
    kind: str = "",
    overwrite: bool = False,
) -> ModelsImported:
    """Ask the device again, and write exactly what the preview with this digest showed.

    Errors: those of `read_model`; `StalePlan` when it tells something else by now.
    """
    require(actor, "import_models")
    found = visible_device(context.inventory(), actor, device)
    with alone(context.folder / "models.lock"):
        preview = _previewed(context, actor, found, kind, overwrite)
        return written(context, actor, preview, digest)


def _previewed(
    context: Context, actor: Actor, device: Device, kind: str, overwrite: bool
) -> ModelsPreview:
    told = _told(context, actor, device)
    return previewed(context, (told,), kind=kind or _kind(context, device), overwrite=overwrite)


def _told(context: Context, actor: Actor, device: Device) -> Told:
    target = context.snmp_target(device)
    if target is not None:
        identity, hardware = asyncio.run(_asked(target))
        model, maker = identity.model, identity.vendor
    elif device.platform not in only_watched():
        look = look_at_device(context, actor, device.name)
        model, maker = str(look.facts.get("model") or ""), str(look.facts.get("vendor") or "")
        hardware = read_interfaces(look.interfaces)
    else:
        raise _cannot_ask(device)
    number = device.model or model
    if not number:
        raise _no_model(device)
    source = f"read from {device.name}, {context.today().isoformat()}"
    read, notes = model_of_device(number, maker, hardware, source=source)
    if model and device.model and model.casefold() != device.model.casefold():
        notes = (*notes, _another(device.model, model))
    return Told(device.name, read, notes)


async def _asked(target: SnmpTarget) -> tuple[Identity, Hardware]:
    engine = GufoEngine()
    try:
        answering = await find_out(engine, target)
        return answering.identity, read_hardware(await engine.ask(target, hardware_request()))
    finally:
        engine.close()


def _kind(context: Context, device: Device) -> str:
    """The kind of its row in the register; empty without one."""
    asset = asset_of(context.inventory(), device.asset) if device.asset else None
    return asset.kind if asset and asset.kind in KINDS else ""


def _cannot_ask(device: Device) -> InputError:
    return InputError(
        Text(
            th=f"{device.name} ไม่มีวิธีถาม: ไม่ได้ตั้ง SNMP ไว้",
            en=f"there is no way to ask {device.name}: it has no SNMP access",
        ),
        hint=Text(
            th="ตั้ง [snmp.access.default] ใน khaen.toml (ดู docs/health.md)",
            en="set [snmp.access.default] in khaen.toml (see docs/health.md)",
        ),
    )


def _no_model(device: Device) -> InputError:
    return InputError(
        Text(th=f"{device.name} ไม่บอกรุ่นของตัวเอง", en=f"{device.name} does not tell its model"),
        hint=Text(
            th=f"ระบุ model: ของ {device.name} ในไฟล์ของหน่วยงานก่อน",
            en=f"write model: of {device.name} into its site's file first",
        ),
    )


def _another(known: str, told: str) -> Text:
    return Text(
        th=f"ในระบบคือรุ่น {known} แต่อุปกรณ์บอกว่า {told} โปรดตรวจว่าเป็นรุ่นเดียวกัน",
        en=f"the inventory has {known}, the device says {told}: check that they are the same",
    )
