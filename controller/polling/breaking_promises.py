"""A playbook that is declared to read only says that it changed a device."""

from __future__ import annotations

from datetime import datetime

from controller.errors import Text
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.polling.settling import office_rules
from controller.store import alerts
from controller.store.alerts import Alert
from controller.store.engine import Connection

RULE = "playbook_changed"


def note_broken_promise(
    conn: Connection,
    inventory: Inventory,
    device: Device,
    playbook: str,
    run: str,
    task: str,
    now: datetime,
) -> bool:
    """Open an alert that a task of a read-only playbook changed a device; people are told of it.

    Whether one was opened: an office may have switched the rule off, and the same playbook on the
    same device is told of once until somebody has ended the alert.
    """
    rule = office_rules(inventory).rule(RULE)
    if rule is None or (rule.roles and device.role not in rule.roles):
        return False
    opened = Alert(
        rule=RULE,
        device=device.name,
        port=playbook,
        site=device.site,
        severity=rule.severity,
        opened=now,
        words=Text(
            th=f"เพลย์บุ๊ก {playbook} ประกาศว่าอ่านอย่างเดียว แต่งานย่อย “{task}” "
            f"แจ้งว่าเปลี่ยนอุปกรณ์ (การรัน {run})",
            en=f"the playbook {playbook} is declared to read only, but its task “{task}” says that "
            f"it changed the device (run {run})",
        ),
    )
    return alerts.add_alerts(conn, [opened]) == 1
