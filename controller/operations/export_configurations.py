"""The configurations of devices as files in one archive, every secret hidden."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from controller.accounts.actor import Actor, require
from controller.backups.searching import hide_secrets
from controller.errors import NotFound, Text
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.select_devices import devices_meant
from controller.store import snapshots
from controller.thai import local_time


@dataclass(frozen=True)
class Export:
    """A ZIP file with `SITE/DEVICE.cfg` for each of `devices`; nothing was kept of `missing`."""

    content: bytes
    devices: tuple[str, ...]
    missing: tuple[str, ...]


def export_configurations(
    context: Context, actor: Actor, select: str = "all", at: datetime | None = None
) -> Export:
    """What the selected devices run, or ran at that time, every secret hidden.

    Errors: `NotAllowed`; `InputError` when no device is selected; `NotFound` when nothing was kept
    of any of them then.
    """
    require(actor, "export_configurations")
    secrets = context.secrets()
    return written(context, select, at, lambda d, text: hide_secrets(d.platform, text, secrets))


def written(
    context: Context, select: str, at: datetime | None, shown: Callable[[Device, str], str]
) -> Export:
    """The export of texts as `shown` gives them. Errors: as `export_configurations`."""
    devices = devices_meant(context.inventory(), parse_selector(select))
    with context.store.read() as conn:
        kept = {d.name: snapshots.standing(conn, d.name, at) for d in devices}
    out, names = BytesIO(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for device in devices:
            if found := kept[device.name]:
                day = local_time(found.at)
                entry = zipfile.ZipInfo(f"{device.site}/{device.name}.cfg", day.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                text = shown(device, context.backups.read(found.blob))
                archive.writestr(entry, text.encode("utf-8", "surrogateescape"))
                names.append(device.name)
    if not names:
        raise NotFound(
            Text(
                th="ไม่มีข้อมูลสำรองของอุปกรณ์เหล่านี้ในเวลานั้น",
                en="nothing was kept of these devices at that time",
            ),
            hint=Text(th="khaen backup", en="khaen backup"),
        )
    missing = tuple(d.name for d in devices if kept[d.name] is None)
    return Export(out.getvalue(), tuple(names), missing)
