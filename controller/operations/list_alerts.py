"""The alerts there are: what is wrong now, and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.health.rules import Rule, rules_of, usual_rules
from controller.inventory.inventory import Inventory
from controller.inventory.watching import Severity
from controller.language import require_known
from controller.operations.context import Context
from controller.operations.show_device import visible_device
from controller.operations.show_site import visible_site
from controller.store import alerts
from controller.store.alerts import Alert, Wanted
from controller.store.paging import Key


@dataclass(frozen=True, kw_only=True)
class AlertQuery:
    """Which alerts: the open ones unless `every`; empty words leave all in.

    `shadows`: also those that are only the shadow of another one.
    """

    every: bool = False
    severity: str = ""
    site: str = ""
    district: str = ""
    rule: str = ""
    device: str = ""
    acknowledged: bool | None = None
    shadows: bool = False


@dataclass(frozen=True)
class AlertList:
    """One page of alerts, worst first, and how many there are of them.

    `shadows`: alert -> how many open alerts are its shadow. `open`: severity -> how many are open,
    whatever was asked for.
    """

    alerts: tuple[Alert, ...]
    total: int
    shadows: Mapping[int, int]
    open: Mapping[str, int]


def list_alerts(
    context: Context, actor: Actor, asked: AlertQuery, *, skip: int = 0, most: int = 50
) -> AlertList:
    """One page of the alerts asked for; a school gets those of its own.

    Errors: `NotFound` for a site or device there is not, or that is another school's; `InputError`
    for an unknown severity, rule or district.
    """
    require(actor, "list_alerts")
    inventory = context.inventory()
    wanted = wanted_alerts(inventory, actor, asked)
    own = frozenset({actor.site or ""}) if actor.of_school else None
    with context.store.read() as conn:
        found, total = alerts.page_alerts(conn, wanted, skip=skip, most=most)
        return AlertList(
            alerts=found,
            total=total,
            shadows=alerts.count_shadows(conn, [a.id for a in found]),
            open=alerts.count_open(conn, own),
        )


def page_alerts(
    context: Context, actor: Actor, asked: AlertQuery, *, after: Key | None, most: int
) -> tuple[Alert, ...]:
    """At most `most` of them, newest first, `after` opening and number of the last one seen."""
    require(actor, "list_alerts")
    wanted = wanted_alerts(context.inventory(), actor, asked)
    with context.store.read() as conn:
        return alerts.find_alerts(conn, wanted, after=after, most=most)


def list_rules(context: Context, actor: Actor) -> tuple[tuple[Rule, bool], ...]:
    """Every rule as the office has it, and whether it is switched on."""
    require(actor, "list_alerts")
    on = rules_of(context.inventory().watching).by_name
    return tuple((on.get(r.rule, r), r.rule in on) for r in usual_rules().rules)


def rule_title(name: str) -> Text:
    """What people call a rule; its own name when the program has it no more."""
    return _TITLES.get(name, Text(th=name, en=name))


def wanted_alerts(inventory: Inventory, actor: Actor, asked: AlertQuery) -> Wanted:
    """What is asked for, within what the actor may see. Errors: as `list_alerts`."""
    require_known(asked.severity, get_args(Severity), Text(th="ความรุนแรง", en="severity"))
    require_known(asked.rule, tuple(_TITLES), Text(th="กฎ", en="rule"))
    districts = {site.district for site in inventory.sites}
    require_known(asked.district, tuple(sorted(districts)), Text(th="อำเภอ", en="district"))
    if asked.device:
        visible_device(inventory, actor, asked.device)
    sites: frozenset[str] | None = None
    if asked.site:
        sites = frozenset({visible_site(inventory, actor, asked.site).site})
    if asked.district:
        there = frozenset(s.site for s in inventory.sites if s.district == asked.district)
        sites = there if sites is None else sites & there
    if actor.of_school:
        own = frozenset({actor.site or ""})
        sites = own if sites is None else sites & own
    return Wanted(
        open=not asked.every,
        severity=asked.severity,
        rule=asked.rule,
        device=asked.device,
        sites=sites,
        acknowledged=asked.acknowledged,
        shadows=asked.shadows,
    )


def visible_alert(actor: Actor, alert: Alert) -> Alert:
    """The alert, if the actor may see it. Errors: `NotFound`, as if there were none."""
    if actor.of_school and (not alert.site or not actor.sees(alert.site)):
        raise alerts.no_alert(alert.id)
    return alert


def alert_number(text: str | int) -> int:
    """The number of an alert as somebody typed it. Errors: `NotFound`."""
    if isinstance(text, int):
        return text
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound(
            Text(th=f"ไม่พบการแจ้งเตือน {text}", en=f"there is no alert {text}"),
            hint=Text(th="ใช้เลขจาก khaen alerts list", en="take the number of khaen alerts list"),
        )
    return int(text)


_TITLES = {rule.rule: rule.title.text for rule in usual_rules().rules}
