"""After the polls: which alerts are shadows, which are muted by maintenance, what people are told.

Decided from the store alone and written only where it changes, so that it does not matter which
process does it, or how often.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from controller.health import shadows
from controller.health.rules import Rule, Rules, rules_of
from controller.health.standing import Verdict
from controller.inventory.inventory import Inventory
from controller.polling.surveyed import surveyed
from controller.store import alerts, maintenance
from controller.store.alert_memory import suspects
from controller.store.alerts import Alert
from controller.store.engine import Connection
from controller.store.unpolled import unpolled

NOT_POLLED = "not_polled"


def office_rules(inventory: Inventory) -> Rules:
    """The rules as this inventory's office wants them."""
    return inventory.kept("health_rules", lambda: rules_of(inventory.watching))


def settle_alerts(conn: Connection, inventory: Inventory, rules: Rules, now: datetime) -> None:
    """Bring every open alert in order, as of now."""
    _end_orphans(conn, inventory, rules, now)
    _watch_ourselves(conn, inventory, rules, now)
    opened = alerts.open_alerts(conn)
    _mute(conn, opened, now)
    _cast(conn, opened, inventory, rules, now)


def _end_orphans(conn: Connection, inventory: Inventory, rules: Rules, now: datetime) -> None:
    """End alerts of rules switched off, and of devices that are no longer the office's."""
    gone = [a.id for a in alerts.open_alerts(conn) if not _still_watched(a, inventory, rules)]
    alerts.clear_alerts(conn, gone, now)


def _still_watched(alert: Alert, inventory: Inventory, rules: Rules) -> bool:
    rule = rules.rule(alert.rule)
    if rule is None:
        return False
    if not alert.device:
        return True
    device = inventory.device(alert.device)
    return device is not None and (not rule.roles or device.role in rule.roles)


def _watch_ourselves(conn: Connection, inventory: Inventory, rules: Rules, now: datetime) -> None:
    """One alert for all devices nothing was learnt of: then it is our polling that is not well."""
    rule = rules.rule(NOT_POLLED)
    if rule is None:
        return
    names = [d for d in unpolled(conn, now, rule.threshold) if inventory.device(d) is not None]
    opened = next((a for a in alerts.open_alerts(conn, ("",)) if a.rule == NOT_POLLED), None)
    if names and opened is None:
        verdict = Verdict(NOT_POLLED, "", "bad", len(names), rule.threshold)
        alerts.add_alerts(conn, [_alert(verdict, rule, now)])
    elif opened is not None and not names:
        alerts.clear_alerts(conn, (opened.id,), now)


def _alert(verdict: Verdict, rule: Rule, now: datetime) -> Alert:
    return Alert(
        rule=rule.rule,
        device="",
        port=verdict.part,
        site="",
        severity=rule.severity,
        opened=now,
        words=rule.said("", verdict.value, verdict.limit),
        value=verdict.value,
        limit=verdict.limit,
    )


def _mute(conn: Connection, opened: Sequence[Alert], now: datetime) -> None:
    """Nobody is told of what is in maintenance; what is wrong after it is told then."""
    on = maintenance.active_windows(conn, now)
    quiet = {a.id for a in opened if a.device and any(w.covers(a.device, a.site) for w in on)}
    alerts.set_muted(conn, quiet - {a.id for a in opened if a.muted}, True, now)
    alerts.set_muted(conn, {a.id for a in opened if a.muted} - quiet, False, now)


def _cast(
    conn: Connection, opened: Sequence[Alert], inventory: Inventory, rules: Rules, now: datetime
) -> None:
    found = cast_of(conn, opened, inventory, rules, now)
    before = {a.id: a.shadow_of for a in opened}
    changed = {i: found.shadows.get(i) for i, was in before.items() if found.shadows.get(i) != was}
    alerts.set_shadows(conn, changed, now)


def cast_of(
    conn: Connection, opened: Sequence[Alert], inventory: Inventory, rules: Rules, now: datetime
) -> shadows.Cast:
    """Which of the open alerts are shadows now, and which wait to be told of."""
    ids = {a.id for a in opened}
    lost = {a.shadow_of for a in opened if a.shadow_of is not None and a.shadow_of not in ids}
    ended = {n: at for n, at in alerts.ends(conn, lost).items() if at is not None}
    return shadows.cast(
        [_as_open(a, rules) for a in opened if a.device],
        surveyed(conn, inventory, now).tree,
        now,
        causes=rules.causes,
        cleared=ended,
        suspected=suspects(conn, rules.causes),
    )


def _as_open(alert: Alert, rules: Rules) -> shadows.Open:
    rule = rules.rule(alert.rule)
    return shadows.Open(
        alert.id,
        alert.rule,
        alert.device,
        alert.shadow_of,
        timedelta(minutes=rule.grace if rule else 0),
        rule is not None and rule.shadow,
    )


def to_be_told(
    conn: Connection, inventory: Inventory, rules: Rules, severities: Collection[str], now: datetime
) -> tuple[tuple[Alert, ...], tuple[Alert, ...]]:
    """Alerts people must be told of and were not: those that opened, and those that are over.

    Neither shadows nor what is in maintenance, and nothing above which something is suspected.
    """
    opened = alerts.open_alerts(conn)
    waiting = cast_of(conn, opened, inventory, rules, now).waiting
    begun = tuple(
        a
        for a in opened
        if a.severity in severities
        and a.noticed is None
        and a.shadow_of is None
        and not a.muted
        and a.id not in waiting
    )
    over = tuple(
        a
        for a in alerts.recently_cleared(conn, now - timedelta(days=2))
        if a.noticed is not None and a.noticed_end is None
    )
    return begun, over
