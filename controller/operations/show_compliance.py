"""How the office stands by its rules: the whole, one site, one rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from controller.accounts.actor import Actor, require
from controller.compliance.finding import Verdict
from controller.compliance.rule import Rule
from controller.compliance.rulebook import RuleBook
from controller.compliance.scores import Count, Tally
from controller.inventory.site import Site
from controller.operations.context import Context
from controller.operations.show_site import visible_site
from controller.store import audits, findings
from controller.store.audits import OFFICE, AuditRecord
from controller.store.findings import Standing

TREND_DAYS = 90


@dataclass(frozen=True)
class SiteScore:
    """One site: its findings together; `worst` is the rule most of its devices fail, or empty."""

    site: Site
    tally: Tally
    worst: str = ""


@dataclass(frozen=True)
class RuleScore:
    """One rule: its findings together."""

    rule: Rule
    tally: Tally


@dataclass(frozen=True)
class Overview:
    """How things stand: sites and rules the worst first, `cells` by (rule, site).

    `audit` is the last one there was, None before the first; `trend` the office by day, for a
    school itself.
    """

    audit: AuditRecord | None
    tally: Tally
    sites: tuple[SiteScore, ...]
    rules: tuple[RuleScore, ...]
    cells: Mapping[tuple[str, str], Tally]
    trend: tuple[tuple[date, Tally], ...]
    districts: Mapping[str, Tally] = field(default_factory=dict)


@dataclass(frozen=True)
class DeviceScore:
    """One device: its findings together."""

    device: str
    tally: Tally


@dataclass(frozen=True)
class SiteCompliance:
    """One site: devices the worst first, what fails or is unknown, and the trend."""

    site: Site
    tally: Tally
    devices: tuple[DeviceScore, ...]
    findings: tuple[Standing, ...]
    rules: tuple[RuleScore, ...]
    trend: tuple[tuple[date, Tally], ...]


@dataclass(frozen=True)
class RuleCompliance:
    """One rule: sites the worst first, every finding but those it does not apply to."""

    rule: Rule
    tally: Tally
    sites: tuple[SiteScore, ...]
    findings: tuple[Standing, ...]
    trend: tuple[tuple[date, Tally], ...]


def show_compliance(context: Context, actor: Actor) -> Overview:
    """The whole office; a school account sees its own school as if it were all there is."""
    require(actor, "show_compliance")
    inventory, book = context.inventory(), context.rulebook()
    sites = {d.name: d.site for d in inventory.devices if actor.sees(d.site)}
    since = _since(context.clock())
    with context.store.read() as conn:
        last = next(iter(audits.list_audits(conn, 1)), None)
        now = findings.verdicts_now(conn)
        if actor.of_school:
            trend = audits.trend(conn, "site", actor.site or "", since)
        else:
            trend = audits.trend(conn, "office", OFFICE, since)
    numbers: dict[tuple[str, str, Verdict], int] = {}
    for device, name, verdict in now:
        site = sites.get(device)
        if site is not None:
            here = (name, site, verdict)
            numbers[here] = numbers.get(here, 0) + 1
    whole, district = _Counts(), {s.site: s.district for s in inventory.sites}
    for (name, site, verdict), number in numbers.items():
        rule = book.rule(name)
        if rule is not None:
            about = ("all", f"rule {name}", f"site {site}", f"district {district[site]}")
            for key in (*about, (name, site)):
                whole.count(key).add(verdict, rule.severity, number)
    cells = {key: c.tally() for key, c in whole.by.items() if isinstance(key, tuple)}
    shown = [s for s in inventory.sites if actor.sees(s.site)]
    return Overview(
        audit=last,
        tally=whole.tally("all"),
        sites=_sites(shown, whole, cells, book),
        rules=_rules(book.rules, whole),
        cells=cells,
        trend=trend,
        districts={
            name: whole.tally(f"district {name}") for name in sorted({s.district for s in shown})
        },
    )


def show_site_compliance(context: Context, actor: Actor, site: str) -> SiteCompliance:
    """One site. Errors: `NotFound`, also for a school that asks for another one."""
    require(actor, "show_compliance")
    inventory, book = context.inventory(), context.rulebook()
    found = visible_site(inventory, actor, site)
    names = [d.name for d in found.devices]
    with context.store.read() as conn:
        stands = findings.standing(conn, devices=names)
        trend = audits.trend(conn, "site", site, _since(context.clock()))
    whole = _Counts()
    for one in stands:
        rule = book.rule(one.rule)
        if rule is not None:
            for key in ("all", f"rule {one.rule}", f"device {one.device}"):
                whole.count(key).add(one.verdict, rule.severity)
    devices = [DeviceScore(name, whole.tally(f"device {name}")) for name in names]
    return SiteCompliance(
        site=found,
        tally=whole.tally("all"),
        devices=tuple(sorted(devices, key=lambda d: (_worse(d.tally), d.device))),
        findings=tuple(s for s in stands if s.verdict in ("fail", "unknown")),
        rules=_rules(book.rules, whole),
        trend=trend,
    )


def show_rule_compliance(context: Context, actor: Actor, rule: str) -> RuleCompliance:
    """One rule. Errors: `NotFound`."""
    require(actor, "show_compliance")
    inventory, book = context.inventory(), context.rulebook()
    found = book.known(rule)
    sites = {d.name: d.site for d in inventory.devices if actor.sees(d.site)}
    with context.store.read() as conn:
        stands = findings.standing(conn, rules=[rule])
        trend = () if actor.of_school else audits.trend(conn, "rule", rule, _since(context.clock()))
    whole = _Counts()
    for one in stands:
        if one.device in sites:
            for key in ("all", f"site {sites[one.device]}"):
                whole.count(key).add(one.verdict, found.severity)
    scores = [
        SiteScore(s, whole.tally(f"site {s.site}"))
        for s in inventory.sites
        if f"site {s.site}" in whole.by
    ]
    return RuleCompliance(
        rule=found,
        tally=whole.tally("all"),
        sites=tuple(sorted(scores, key=lambda s: (_worse(s.tally), s.site.site))),
        findings=tuple(s for s in stands if s.device in sites and s.verdict != "not_applicable"),
        trend=trend,
    )


class _Counts:
    """Counts by key, made when they are first asked for."""

    def __init__(self) -> None:
        self.by: dict[object, Count] = {}

    def count(self, key: object) -> Count:
        found = self.by.get(key)
        if found is None:
            found = self.by[key] = Count()
        return found

    def tally(self, key: object) -> Tally:
        found = self.by.get(key)
        return found.tally() if found else Tally()


def _sites(
    sites: Iterable[Site],
    whole: _Counts,
    cells: Mapping[tuple[str, str], Tally],
    book: RuleBook,
) -> tuple[SiteScore, ...]:
    worst: dict[str, tuple[int, str]] = {}
    for rule in book.rules:
        for site in sites:
            cell = cells.get((rule.id, site.site))
            if cell is not None and cell.failed > worst.get(site.site, (0, ""))[0]:
                worst[site.site] = (cell.failed, rule.id)
    scores = [
        SiteScore(s, whole.tally(f"site {s.site}"), worst.get(s.site, (0, ""))[1]) for s in sites
    ]
    return tuple(sorted(scores, key=lambda s: (_worse(s.tally), s.site.site)))


def _rules(rules: Iterable[Rule], whole: _Counts) -> tuple[RuleScore, ...]:
    scores = [RuleScore(rule, whole.tally(f"rule {rule.id}")) for rule in rules]
    return tuple(sorted(scores, key=lambda r: (_worse(r.tally), r.rule.id)))


def _worse(tally: Tally) -> tuple[int, int, int]:
    """The worst sorts first: the lowest score, then the most failures; what has none last."""
    score = 101 if tally.score is None else tally.score
    return score, -tally.failed, -tally.unknown


def _since(now: datetime) -> date:
    return (now - timedelta(days=TREND_DAYS)).date()
