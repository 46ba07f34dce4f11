"""Have what an alert tells of repaired: a repair request filled in from it, and a case for it."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.site import Site
from controller.operations.acknowledge_alert import require_open, tell_audit
from controller.operations.context import Context
from controller.operations.fill_form import fill_form
from controller.operations.list_alerts import alert_number, rule_title, visible_alert
from controller.operations.open_case import open_case
from controller.store import alerts
from controller.store.alerts import Alert, Note
from controller.thai import bangkok_date

# Process 2.7 of the manual: give advice, solve problems, repair.
PROCESS = "2.7"
FORM = "repair_request"
_KINDS = {
    "access": "switch",
    "distribution": "switch",
    "core": "switch",
    "router": "router",
    "firewall": "router",
    "wireless": "wireless",
    "power": "ups",
    "printer": "printer",
    "server": "server",
}
_URGENCY = {"critical": "critical", "warning": "urgent", "notice": "normal"}


def repair_alert(
    context: Context, actor: Actor, asked: int | str, *, place: str = "", phone: str = ""
) -> Alert:
    """The alert with the number of the case that mends it; asked again it is the same case.

    `place` (building and room) and `phone` go into the repair request; without a phone that of the
    site's contact. Errors: `NotFound`; `Refused` for one that is over; `InputError` for an alert
    that is about no device, and as `fill_form`; `Outdated`.
    """
    require(actor, "repair_alert")
    number = alert_number(asked)
    inventory = context.inventory()
    with context.store.read() as conn:
        alert = visible_alert(actor, alerts.load_alert(conn, number))
    if alert.case is not None:
        return alert
    context.require_seen(alert.version)
    require_open(alert)
    device = inventory.device(alert.device)
    if device is None:
        raise InputError(
            Text(
                th=f"การแจ้งเตือน {number} ไม่ใช่ของอุปกรณ์ใด จึงแจ้งซ่อมไม่ได้",
                en=f"alert {number} is about no device, so nothing can be repaired",
            )
        )
    filled = fill_form(
        context, actor, FORM, _request(inventory, device, alert, actor, place, phone)
    )
    title = f"ซ่อม {device.name}: {rule_title(alert.rule).th} ({filled.number})"
    case = open_case(context, actor, PROCESS, None, title)
    now = context.clock()
    with context.store.begin() as conn:
        alerts.give_case(conn, number, case.number, now)
        words = f"{case.number} ({filled.number})"
        alerts.add_note(conn, number, Note(now, actor.username, "case", words))
        content: dict[str, object] = {"case": case.number, "form": filled.number}
        tell_audit(context, actor, conn, "repair_alert", alert, content)
        return alerts.load_alert(conn, number)


def _request(
    inventory: Inventory, device: Device, alert: Alert, actor: Actor, place: str, phone: str
) -> dict[str, object]:
    site = inventory.site_of(device)
    kind = _KINDS.get(device.role, "other")
    asked: dict[str, object] = {
        "site": site.site,
        "phone": phone.strip() or _phone_of(site) or inventory.office.telephone or "",
        "kind": kind,
        "place": place.strip() or site.name_th,
        "symptom": f"{device.name}: {alert.words.th} (การแจ้งเตือนเลขที่ {alert.id})",
        "since": bangkok_date(alert.opened).isoformat(),
        "urgency": _URGENCY[alert.severity],
        "backup": False,
        "reporter": actor.title,
    }
    if kind == "other":
        asked["kind_other"] = "อุปกรณ์เครือข่าย"
    if device.model:
        asked["model"] = device.model
    if device.asset:
        asked["asset"] = device.asset
    return asked


def _phone_of(site: Site) -> str:
    return next((c.phone for c in site.contacts if c.phone), "")
