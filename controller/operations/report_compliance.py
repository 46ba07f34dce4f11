"""What the rules found as papers: the director's report, a page for each school, sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.compliance.finding import Verdict
from controller.compliance.rulebook import RuleBook
from controller.compliance.scores import WEIGHTS, Count, Tally
from controller.compliance.wording import detail_words
from controller.documents.blocks import Document
from controller.documents.compose.compliance.audited import (
    Audited,
    DeviceResult,
    Listed,
    RuleResult,
    SiteResult,
    SiteRule,
    WaiverResult,
)
from controller.documents.compose.compliance.document import compliance_report, school_report
from controller.documents.compose.compliance.workbook import compliance_sheets
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.xlsx import render_xlsx
from controller.errors import InputError, Text
from controller.inventory.device import ROLE_NAMES, Device
from controller.inventory.office import Office
from controller.inventory.site import Site
from controller.operations.compose_paper import garuda_of, look_of
from controller.operations.context import Context
from controller.operations.show_compliance import TREND_DAYS, Overview, show_compliance
from controller.operations.show_site import visible_site
from controller.store import audits, findings
from controller.store.findings import Standing

Format = Literal["pdf", "docx", "xlsx"]
FORMATS: tuple[Format, ...] = ("pdf", "docx", "xlsx")
Trends = Mapping[str, tuple[tuple[date, Tally], ...]]
# So many things a finding rests on stand in one cell of a sheet.
_TOLD = 5
_TO_TELL: tuple[Verdict, ...] = ("fail", "unknown", "waived")


def report_compliance(context: Context, actor: Actor, site: str | None = None) -> Audited:
    """How things stand by the rules, of the whole office or of one site.

    A school account gets its own site. Errors: `NotFound`, also for another school's site.
    """
    require(actor, "report_compliance")
    if site is None and actor.of_school:
        site = actor.site
    inventory, book = context.inventory(), context.rulebook()
    found = show_compliance(context, actor)
    sites = [one.site for one in found.sites]
    if site is not None:
        sites = [visible_site(inventory, actor, site)]
    names = {device.name for one in sites for device in one.devices}
    with context.store.read() as conn:
        verdicts = [row for row in findings.verdicts_now(conn) if row[0] in names]
        kept = findings.standing(conn, devices=names, verdicts=_TO_TELL)
        trends = audits.tallies_on(conn, "site", context.today() - timedelta(days=TREND_DAYS))
    kept = [one for one in kept if book.rule(one.rule) is not None]
    standing = [one for one in kept if one.verdict != "waived"]
    return Audited(
        day=context.today(),
        at=found.audit.at if found.audit else None,
        tally=found.tally if site is None else _site_tally(found, site),
        sites=_sites(context.office(), sites, book, found, verdicts, standing, trends),
        rules=_rules(found, [one.site for one in sites]),
        cells=found.cells,
        districts=tuple(
            (context.office().district_name(name).th, tally)
            for name, tally in found.districts.items()
            if any(one.district == name for one in sites)
        ),
        trend=found.trend if site is None else trends.get(site, ()),
        waivers=_waivers(context, book, kept),
        listed=_listed(sites, book, standing),
    )


def print_compliance(
    context: Context, actor: Actor, wanted: Format, site: str | None = None
) -> bytes:
    """The report as a file: PDF for the record, DOCX to edit, XLSX to count on.

    Of one site it is one page. Errors: as `report_compliance`.
    """
    return drawn(context, actor, report_compliance(context, actor, site), wanted, site)


def drawn(
    context: Context, actor: Actor, audited: Audited, wanted: Format, site: str | None = None
) -> bytes:
    """The file of a report that was put together already."""
    require(actor, "report_compliance")
    if wanted == "xlsx":
        return render_xlsx(compliance_sheets(audited), thai_digits=look_of(context).thai_digits)
    render = render_pdf if wanted == "pdf" else render_docx
    return render(_paper(context, actor, audited, site), garuda=garuda_of(context))


def file_name(wanted: str, site: str | None = None) -> str:
    """What the report's file is called: `compliance.pdf`, `compliance-kkn-school-a.pdf`."""
    return f"compliance{f'-{site}' if site else ''}.{wanted}"


def _paper(context: Context, actor: Actor, audited: Audited, site: str | None) -> Document:
    office, look = context.office(), look_of(context)
    if site is None and actor.of_school:
        site = actor.site
    if site is None:
        return compliance_report(audited, office, look, reporter=actor.title)
    only = next((one for one in audited.sites if one.site == site), None)
    if only is None:
        raise InputError(
            Text(th=f"ไม่มีผลการตรวจของ {site}", en=f"nothing was judged at {site}"),
            hint=Text(th="ดูทั้งหมดด้วย khaen audit", en="see khaen audit"),
        )
    return school_report(audited, only, office, look)


def _site_tally(found: Overview, site: str) -> Tally:
    return next((one.tally for one in found.sites if one.site.site == site), Tally())


def _sites(
    office: Office,
    sites: Sequence[Site],
    book: RuleBook,
    found: Overview,
    verdicts: Sequence[tuple[str, str, Verdict]],
    standing: Sequence[Standing],
    trends: Trends,
) -> tuple[SiteResult, ...]:
    counts: dict[str, Count] = {}
    for device, name, verdict in verdicts:
        rule = book.rule(name)
        if rule is not None:
            counts.setdefault(device, Count()).add(verdict, rule.severity)
    tallies = {device: count.tally() for device, count in counts.items()}
    by_device: dict[str, list[Standing]] = {}
    for one in standing:
        by_device.setdefault(one.device, []).append(one)
    return tuple(
        SiteResult(
            site=site.site,
            name=site.name_th,
            district=office.district_name(site.district).th,
            tally=_site_tally(found, site.site),
            before=_before(trends.get(site.site, ())),
            rules=_site_rules(book, site, by_device),
            devices=tuple(
                sorted((_device(one, tallies) for one in site.devices), key=_worst_device)
            ),
        )
        for site in sites
    )


def _before(trend: Sequence[tuple[date, Tally]]) -> tuple[date, int] | None:
    """The first score there was, when there is a later one to compare it with."""
    known = [(day, tally.score) for day, tally in trend if tally.score is not None]
    return known[0] if len(known) > 1 else None


def _device(device: Device, tallies: Mapping[str, Tally]) -> DeviceResult:
    role = ROLE_NAMES[device.role].th
    return DeviceResult(device.name, role, device.model or "", tallies.get(device.name, Tally()))


def _worst_device(one: DeviceResult) -> tuple[int, int, str]:
    score = one.tally.score
    return (101 if score is None else score), -one.tally.failed, one.device


def _site_rules(
    book: RuleBook, site: Site, by_device: Mapping[str, Sequence[Standing]]
) -> tuple[SiteRule, ...]:
    told: dict[str, tuple[list[str], list[str]]] = {}
    for device in site.devices:
        for one in by_device.get(device.name, ()):
            told.setdefault(one.rule, ([], []))[one.verdict != "fail"].append(device.name)
    rows = [
        SiteRule(rule, tuple(told[rule.id][0]), tuple(told[rule.id][1]))
        for rule in book.rules
        if rule.id in told
    ]
    return tuple(sorted(rows, key=_worst_rule))


def _worst_rule(row: SiteRule) -> tuple[int, int, str]:
    """What costs the site most of its score comes first."""
    weight = WEIGHTS[row.rule.severity]
    return -weight * len(row.failing), -weight * len(row.unknown), row.rule.id


def _rules(found: Overview, sites: Sequence[str]) -> tuple[RuleResult, ...]:
    """Every rule; of a single site with what was found there."""
    whole = len(sites) == len(found.sites)
    made = []
    for one in found.rules:
        cells = [c for s in sites if (c := found.cells.get((one.rule.id, s))) is not None]
        tally = one.tally if whole else (cells[0] if cells else Tally())
        made.append(RuleResult(one.rule, tally, sum(cell.failed > 0 for cell in cells)))
    return tuple(made)


def _waivers(
    context: Context, book: RuleBook, kept: Sequence[Standing]
) -> tuple[WaiverResult, ...]:
    used: dict[str, int] = {}
    for one in kept:
        if one.verdict == "waived":
            used[one.finding.waiver] = used.get(one.finding.waiver, 0) + 1
    today = context.today()
    return tuple(
        WaiverResult(waiver, used.get(waiver.id, 0), waiver.until < today)
        for waiver in book.waivers
    )


def _listed(
    sites: Sequence[Site], book: RuleBook, standing: Sequence[Standing]
) -> tuple[Listed, ...]:
    places = {device.name: site.site for site in sites for device in site.devices}
    return tuple(
        Listed(places[one.device], one.device, one.rule, one.verdict, one.since, _told(one))
        for one in sorted(standing, key=lambda one: (places[one.device], one.device, one.rule))
    )


def _told(one: Standing) -> str:
    details = one.finding.details
    lines = [detail_words(detail).th for detail in details[:_TOLD]]
    if one.finding.expired:
        lines.insert(0, f"การผ่อนผัน {one.finding.expired} สิ้นสุดแล้ว")
    if len(details) > _TOLD:
        lines.append(f"และอีก {len(details) - _TOLD} รายการ")
    return "\n".join(lines)
