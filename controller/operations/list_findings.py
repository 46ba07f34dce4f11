"""The findings there are, the audits there were, and when verdicts changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

from controller.accounts.actor import Actor, require
from controller.compliance.finding import VERDICTS, Verdict
from controller.errors import Text
from controller.inventory.selector import parse_selector
from controller.inventory.watching import Severity
from controller.language import require_known
from controller.operations.context import Context
from controller.operations.select_devices import devices_meant
from controller.operations.show_device import visible_device
from controller.operations.show_site import visible_site
from controller.store import audits, findings
from controller.store.audits import AuditRecord
from controller.store.findings import Change, Standing

_ORDER = {verdict: number for number, verdict in enumerate(VERDICTS)}
_SEVERITIES = {severity: number for number, severity in enumerate(get_args(Severity))}


@dataclass(frozen=True, kw_only=True)
class FindingQuery:
    """Which findings; empty leaves all in, but without `verdict` only what fails or is unknown."""

    selector: str = ""
    site: str = ""
    device: str = ""
    rule: str = ""
    verdict: str = ""
    severity: str = ""


@dataclass(frozen=True)
class FindingList:
    """One page of findings, the most severe and the worst first, and how many there are."""

    findings: tuple[Standing, ...]
    total: int


def list_findings(
    context: Context, actor: Actor, asked: FindingQuery, *, skip: int = 0, most: int = 100
) -> FindingList:
    """One page of the findings asked for; a school gets those of its own.

    Errors: `NotFound` for a site, device or rule there is not, or that is another school's;
    `InputError` for an unknown verdict or severity, or a selector that selects nothing.
    """
    require(actor, "show_compliance")
    found = _found(context, actor, asked)
    rules = context.rulebook()
    severities = {rule.id: _SEVERITIES[rule.severity] for rule in rules.rules}
    found.sort(key=lambda s: (severities[s.rule], _ORDER[s.verdict], s.rule, s.device))
    return FindingList(tuple(found[skip : skip + most]), len(found))


def page_findings(
    context: Context,
    actor: Actor,
    asked: FindingQuery,
    *,
    after: tuple[str, str] | None,
    most: int,
) -> tuple[Standing, ...]:
    """At most `most` of them by device and rule, `after` those of the last one seen."""
    require(actor, "show_compliance")
    found = _found(context, actor, asked)
    later = found if after is None else [s for s in found if (s.device, s.rule) > after]
    return tuple(later[:most])


def _found(context: Context, actor: Actor, asked: FindingQuery) -> list[Standing]:
    inventory, book = context.inventory(), context.rulebook()
    require_known(asked.verdict, VERDICTS, Text(th="ผลการตรวจ", en="verdict"))
    require_known(asked.severity, get_args(Severity), Text(th="ความรุนแรง", en="severity"))
    devices = [d for d in inventory.devices if actor.sees(d.site)]
    if asked.selector:
        meant = {d.name for d in devices_meant(inventory, parse_selector(asked.selector))}
        devices = [d for d in devices if d.name in meant]
    if asked.site:
        site = visible_site(inventory, actor, asked.site).site
        devices = [d for d in devices if d.site == site]
    if asked.device:
        device = visible_device(inventory, actor, asked.device).name
        devices = [d for d in devices if d.name == device]
    rules = [book.known(asked.rule)] if asked.rule else list(book.rules)
    wanted = [r.id for r in rules if asked.severity in ("", r.severity)]
    verdicts: tuple[Verdict, ...] = ("fail", "unknown")
    if asked.verdict:
        verdicts = tuple(v for v in VERDICTS if v == asked.verdict)
    names = [d.name for d in devices]
    with context.store.read() as conn:
        return findings.standing(conn, devices=names, rules=wanted, verdicts=verdicts)


def list_audits(
    context: Context, actor: Actor, *, before: int | None = None, most: int = 50
) -> tuple[AuditRecord, ...]:
    """The audits there were, newest first; `before` the number of the last one seen."""
    require(actor, "read_history")
    with context.store.read() as conn:
        return tuple(audits.list_audits(conn, most, before=before))


def list_changes(
    context: Context,
    actor: Actor,
    *,
    device: str = "",
    rule: str = "",
    days: int = 30,
    most: int = 200,
) -> tuple[Change, ...]:
    """When verdicts became others, newest first; a school sees its own devices.

    Errors: `NotFound` for a device or rule there is not.
    """
    require(actor, "show_compliance")
    inventory = context.inventory()
    if device:
        visible_device(inventory, actor, device)
    if rule:
        context.rulebook().known(rule)
    since: datetime = context.clock() - timedelta(days=days)
    with context.store.read() as conn:
        found = findings.changes(conn, device=device, rule=rule, since=since, most=most)
    seen = {d.name for d in inventory.devices if actor.sees(d.site)}
    return tuple(change for change in found if change.device in seen)
