"""Say that one looks after an alert."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.errors import Refused, Text
from controller.operations.context import Context
from controller.operations.list_alerts import alert_number, visible_alert
from controller.store import alerts, audit_log
from controller.store.alerts import Alert, Note
from controller.store.engine import Connection


def acknowledge_alert(context: Context, actor: Actor, asked: int | str, words: str = "") -> Alert:
    """The alert, acknowledged. Doing it again changes nothing.

    Errors: `NotFound`; `Refused` when somebody else looks after it already, or it is over;
    `Outdated`.
    """
    require(actor, "acknowledge_alert")
    number = alert_number(asked)
    now = context.clock()
    with context.store.begin() as conn:
        alert = visible_alert(actor, alerts.load_alert(conn, number))
        if alert.acknowledged_by == actor.username:
            return alert
        context.require_seen(alert.version)
        if alert.acknowledged is not None:
            raise Refused(
                Text(
                    th=f"การแจ้งเตือน {number} มีผู้รับทราบแล้ว ({alert.acknowledged_by})",
                    en=f"alert {number} is acknowledged already ({alert.acknowledged_by})",
                ),
                hint=Text(
                    th=f"เขียนความเห็นเพิ่มได้: khaen alerts comment {number}",
                    en=f"add a comment: khaen alerts comment {number}",
                ),
            )
        require_open(alert)
        alerts.acknowledge(conn, number, actor.username, now)
        alerts.add_note(conn, number, Note(now, actor.username, "acknowledged", words.strip()))
        tell_audit(context, actor, conn, "acknowledge_alert", alert, {"words": words.strip()})
        return alerts.load_alert(conn, number)


def require_open(alert: Alert) -> None:
    """Pass while an alert is open. Errors: `Refused`."""
    if alert.cleared is None:
        return
    raise Refused(
        Text(th=f"การแจ้งเตือน {alert.id} สิ้นสุดแล้ว", en=f"alert {alert.id} is over"),
        hint=Text(
            th=f"ดูประวัติ: khaen alerts show {alert.id}",
            en=f"see its history: khaen alerts show {alert.id}",
        ),
    )


def tell_audit(
    context: Context,
    actor: Actor,
    conn: Connection,
    action: str,
    alert: Alert,
    content: dict[str, object],
) -> None:
    """One line of the audit log about an alert."""
    audit_log.append(
        conn,
        actor=actor.username,
        action=action,
        subject=f"alert-{alert.id}",
        content={"rule": alert.rule, "device": alert.device, **content},
        at=context.clock(),
    )
