"""A configuration changed though no case changed it: seen in a backup, or told by the device."""

from __future__ import annotations

from datetime import datetime, timedelta

from controller.errors import Text
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.polling.settling import office_rules
from controller.store import alerts
from controller.store.alerts import Alert
from controller.store.device_history import touched_between
from controller.store.engine import Connection
from controller.thai import short_time

RULE = "changed_outside"
_AROUND = timedelta(minutes=10)
"""A device tells of a change a little after a run has made it."""


def note_changed_backup(
    conn: Connection,
    inventory: Inventory,
    device: Device,
    fingerprint: str,
    since: datetime,
    now: datetime,
) -> bool:
    """Open an alert when a backup differs from the last one, at `since`, and no run was between.

    Whether one was opened. The same configuration is told of once.
    """
    words = Text(
        th=f"การตั้งค่าไม่ตรงกับที่สำรองไว้เมื่อ {short_time(since)} และไม่มีเรื่องใดปรับค่าอุปกรณ์นี้ในระหว่างนั้น",
        en=f"the configuration is not the one backed up at {since:%Y-%m-%d %H:%M} UTC, "
        "and no case changed the device in between",
    )
    return _note(conn, inventory, device, fingerprint[:16], words, since, now)


def note_told_change(
    conn: Connection, inventory: Inventory, device: Device, how: str, now: datetime
) -> bool:
    """Open an alert when a device says (`how`, for example a trap's name) that it was configured.

    Not while a run touches it, nor just after. Whether one was opened; one that is open is enough.
    """
    words = Text(
        th=f"อุปกรณ์แจ้ง ({how}) ว่ามีการตั้งค่า โดยไม่มีเรื่องใดปรับค่าอยู่",
        en=f"the device says ({how}) that it was configured, and no case was doing so",
    )
    return _note(conn, inventory, device, "told", words, now - _AROUND, now)


def _note(
    conn: Connection,
    inventory: Inventory,
    device: Device,
    part: str,
    words: Text,
    since: datetime,
    now: datetime,
) -> bool:
    rule = office_rules(inventory).rule(RULE)
    if rule is None or (rule.roles and device.role not in rule.roles):
        return False
    if touched_between(conn, device.name, since, now):
        return False
    opened = Alert(
        rule=RULE,
        device=device.name,
        port=part,
        site=device.site,
        severity=rule.severity,
        opened=now,
        words=words,
    )
    return alerts.add_alerts(conn, [opened]) == 1
