"""End an alert by hand."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.operations.acknowledge_alert import tell_audit
from controller.operations.context import Context
from controller.operations.list_alerts import alert_number, visible_alert
from controller.store import alerts
from controller.store.alerts import Alert, Note


def close_alert(context: Context, actor: Actor, asked: int | str, why: str) -> Alert:
    """The alert, ended by hand, with the reason. If it is still wrong the next polls open another.

    Closing one that is over changes nothing. Errors: `NotFound`; `InputError` without a reason;
    `Outdated`.
    """
    require(actor, "close_alert")
    number = alert_number(asked)
    said = why.strip()
    if not said:
        raise InputError(
            Text(th="ต้องบอกเหตุผลที่ปิดการแจ้งเตือน", en="closing an alert needs a reason"),
            hint=Text(
                th=f'khaen alerts close {number} --why "เหตุผล"',
                en=f'khaen alerts close {number} --why "the reason"',
            ),
        )
    now = context.clock()
    with context.store.begin() as conn:
        alert = visible_alert(actor, alerts.load_alert(conn, number))
        if alert.cleared is not None:
            return alert
        context.require_seen(alert.version)
        alerts.clear_alerts(conn, (number,), now)
        alerts.add_note(conn, number, Note(now, actor.username, "closed", said))
        tell_audit(context, actor, conn, "close_alert", alert, {"why": said})
        return alerts.load_alert(conn, number)
