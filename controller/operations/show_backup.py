"""The last configuration kept of a device, fit for a screen."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.backups.searching import hide_secrets
from controller.errors import InputError, NotFound, Text
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.select_devices import devices_meant
from controller.store import snapshots


def show_backup(context: Context, actor: Actor, device: str) -> str:
    """The configuration with every secret hidden.

    Errors: `NotFound` for an unknown device or one never fetched.
    """
    require(actor, "read_history")
    found = devices_meant(context.inventory(), parse_selector(f"name={device}"))
    if len(found) != 1:
        raise InputError(Text(th="ระบุอุปกรณ์เพียงเครื่องเดียว", en="name one device"))
    with context.store.read() as conn:
        last = snapshots.latest(conn, found[0].name)
    if last is None:
        raise NotFound(
            Text(th=f"ยังไม่เคยสำรอง {device}", en=f"{device} was never backed up"),
            hint=Text(th="khaen backup", en="khaen backup"),
        )
    return readable(context, found[0], context.backups.read(last.blob))


def readable(context: Context, device: Device, text: str) -> str:
    """A configuration of the device fit for a screen: every secret hidden.

    Values the workspace names become references, whatever else looks like a secret is redacted.
    """
    return hide_secrets(device.platform, text, context.secrets())
