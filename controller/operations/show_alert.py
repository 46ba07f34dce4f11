"""One alert with everything that is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import Text
from controller.inventory.device import Device
from controller.inventory.site import Site
from controller.operations.context import Context
from controller.operations.list_alerts import alert_number, rule_title, visible_alert
from controller.store import alerts, maintenance
from controller.store.alerts import Alert, Note
from controller.store.maintenance import Window


@dataclass(frozen=True)
class AlertView:
    """An alert: its rule's name, its device and site, what people did, and its shadows.

    `cause` is the alert it is only the shadow of, if the actor may see it. `windows` are those that
    are on now about its device. `device` and `site` are None when the inventory has them no more.
    """

    alert: Alert
    title: Text
    device: Device | None
    site: Site | None
    notes: tuple[Note, ...]
    shadows: tuple[Alert, ...]
    cause: Alert | None
    windows: tuple[Window, ...]


def show_alert(context: Context, actor: Actor, asked: int | str) -> AlertView:
    """One alert. Errors: `NotFound`, also for a school that asks for another one's."""
    require(actor, "list_alerts")
    number = alert_number(asked)
    inventory = context.inventory()
    with context.store.read() as conn:
        alert = visible_alert(actor, alerts.load_alert(conn, number))
        on = maintenance.active_windows(conn, context.clock()) if alert.device else ()
        cause = None if alert.shadow_of is None else alerts.load_alert(conn, alert.shadow_of)
        below = alerts.shadows_of(conn, number)
        return AlertView(
            alert=alert,
            title=rule_title(alert.rule),
            device=inventory.device(alert.device),
            site=inventory.site(alert.site),
            notes=alerts.notes(conn, number),
            shadows=tuple(a for a in below if actor.sees(a.site)),
            cause=cause if cause is not None and actor.sees(cause.site) else None,
            windows=tuple(w for w in on if w.covers(alert.device, alert.site)),
        )
