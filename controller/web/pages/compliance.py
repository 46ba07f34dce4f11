"""Compliance: the office by rules and sites, and one site of it."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, may
from controller.compliance.rule import Rule
from controller.errors import Text
from controller.operations.show_compliance import (
    Overview,
    RuleScore,
    SiteCompliance,
    show_compliance,
    show_site_compliance,
)
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.audit_button import mends, offer_audit
from controller.web.parts.compliance_look import (
    HEATS,
    LOOK,
    cell,
    trend_picture,
)
from controller.web.visit import Visit

_FEW = 5


@dataclass(frozen=True)
class Wanted:
    """What of the heat map is wanted; empty leaves all in."""

    district: str = ""
    severity: str = ""
    failing: bool = False


@page("/compliance", Text(th="การปฏิบัติตามเกณฑ์", en="Compliance"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?district=`, `?severity=` and `?failing=1` narrow the heat map."""
    asked = Wanted(
        visit.query.get("district", "")[:100],
        visit.query.get("severity", ""),
        visit.query.get("failing", "") == "1",
    )
    found = await visit.ask(show_compliance)
    columns = _columns(found, asked)
    sites = [
        one
        for one in found.sites
        if one.tally.applies and asked.district in ("", one.site.district)
    ]
    may_report = may(actor, "report_compliance")
    put(visit, "compliance/overview_head.html", found=found, may_report=may_report)
    offer_audit(visit, actor, "all")
    put(
        visit,
        "compliance/overview.html",
        **LOOK,
        found=found,
        tally=found.tally,
        trend=trend_picture(found.trend),
        counted="/compliance/findings?",
        asked=asked,
        of_school=actor.of_school,
        worst_sites=[one for one in found.sites if not one.tally.clean][:_FEW],
        worst_rules=_most_failed(found)[:_FEW],
        districts=_districts(visit, found),
        columns=columns,
        rows=[
            (one, [cell(found.cells.get((c.rule.id, one.site.site))) for c in columns])
            for one in sites
        ],
        titles={one.rule.id: one.rule.title.text for one in found.rules},
        heats=HEATS,
    )


@page("/compliance/sites/{site}", Text(th="การปฏิบัติตามเกณฑ์", en="Compliance"))
async def build_site(visit: Visit, actor: Actor) -> None:
    """One site: the rules it does not keep, its devices; `?rule=` only one rule."""
    found = await visit.ask(show_site_compliance, visit.path["site"])
    wanted = visit.query.get("rule", "")
    rules = _rules(found)
    only = next((rule for rule, _, _ in rules if rule.id == wanted), None)
    may_report = may(actor, "report_compliance")
    put(
        visit,
        "compliance/site_head.html",
        found=found,
        may_report=may_report,
        may_mend=mends(actor, found.tally),
    )
    offer_audit(visit, actor, f"site={found.site.site}")
    put(
        visit,
        "compliance/site.html",
        **LOOK,
        found=found,
        tally=found.tally,
        trend=trend_picture(found.trend),
        counted=f"/compliance/findings?site={found.site.site}&",
        only=only,
        rules=[row for row in rules if only is None or row[0].id == wanted],
    )


def _columns(found: Overview, asked: Wanted) -> list[RuleScore]:
    """The rules that are shown: those that concern anything, the ones most devices fail first."""
    return [
        one
        for one in _most_failed(found, every=not asked.failing)
        if one.tally.applies and asked.severity in ("", one.rule.severity)
    ]


def _most_failed(found: Overview, *, every: bool = False) -> list[RuleScore]:
    scores = [one for one in found.rules if every or one.tally.failed]
    return sorted(scores, key=lambda one: (-one.tally.failed, -one.tally.unknown, one.rule.id))


def _districts(visit: Visit, found: Overview) -> dict[str, str]:
    office = visit.context.office()
    names = {name: visit.w(office.district_name(name)) for name in found.districts}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def _rules(found: SiteCompliance) -> list[tuple[Rule, list[str], list[str]]]:
    """(rule, devices that fail it, devices it is unknown of), the one most fail first."""
    told: dict[str, tuple[list[str], list[str]]] = {}
    for one in found.findings:
        told.setdefault(one.rule, ([], []))[one.verdict != "fail"].append(one.device)
    rows = [(one.rule, *told[one.rule.id]) for one in found.rules if one.rule.id in told]
    return sorted(rows, key=lambda row: (-len(row[1]), -len(row[2]), row[0].id))
