"""Where devices run something else than was intended, and who changed them last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.inventory.device import Device
from controller.inventory.selector import parse_selector
from controller.operations.context import Context
from controller.operations.select_devices import select_devices
from controller.plans.predicted import predict
from controller.platforms.registry import PLATFORMS
from controller.platforms.text_rules import LastChange
from controller.store import snapshots
from controller.store.engine import Connection
from controller.store.snapshots import Snapshot
from controller.store.told_changes import told_of
from controller.workspace.load import Workspace

State = Literal["drifted", "as_intended", "unknown"]
# What people call the states, worst first.
DRIFT_WORDS: dict[State, Text] = {
    "drifted": Text(th="คลาดเคลื่อน", en="drifted"),
    "unknown": Text(th="ไม่ทราบ", en="unknown"),
    "as_intended": Text(th="ตรงตามที่กำหนด", en="as intended"),
}


@dataclass(frozen=True)
class Drift:
    """One device against what its template says.

    `diff` is what would have to change, secrets hidden, in the unified style; empty unless the
    state is `drifted`. `since` is when the configuration it runs was first seen, `change` what the
    device says of its last change in the text, else what it last told over syslog or by a trap,
    with from where; None when it says nothing, or was never backed up.
    """

    device: str
    site: str
    state: State
    diff: str = ""
    since: datetime | None = None
    change: LastChange | None = None


def show_drift(context: Context, actor: Actor, selector: str = "all") -> tuple[Drift, ...]:
    """The selected devices, worst first: their newest backup against their rendered configuration.

    No device is asked: `khaen backup` fetches anew. What is not known (never backed up, a platform
    nobody writes templates for) is `unknown`, never as intended. Errors: `InputError` for the
    selector or a template that cannot be rendered.
    """
    require(actor, "show_drift")
    workspace = context.workspace()
    devices = select_devices(workspace, parse_selector(selector))
    with context.store.read() as conn:
        newest = {device.name: snapshots.latest(conn, device.name) for device in devices}
        told = {name: _told(conn, name) for name in newest}
    found = list(_drifts(context, workspace, devices, newest, told))
    order = list(DRIFT_WORDS)
    return tuple(sorted(found, key=lambda one: (order.index(one.state), one.site, one.device)))


def _drifts(
    context: Context,
    workspace: Workspace,
    devices: tuple[Device, ...],
    newest: dict[str, Snapshot | None],
    told: dict[str, LastChange | None],
) -> Iterator[Drift]:
    for device in devices:
        kept, platform = newest[device.name], PLATFORMS.get(device.platform)
        if kept is None or platform is None:
            yield Drift(device.name, device.site, "unknown")
            continue
        text = context.backups.read(kept.blob)
        diff = predict(platform, text, workspace.render(device))
        yield Drift(
            device.name,
            device.site,
            "drifted" if diff else "as_intended",
            diff,
            kept.at,
            platform.texts.last_change(text) or told[device.name],
        )


def _told(conn: Connection, device: str) -> LastChange | None:
    """What the device told last of being configured, by whom, from where and how we heard it."""
    last = next((one for one in told_of(conn, device) if one.who), None)
    if last is None:
        return None
    place = f" ({last.where_from})" if last.where_from else ""
    return LastChange(f"{last.who}{place}", f"{last.at:%Y-%m-%d %H:%M:%S} UTC ({last.how})")
