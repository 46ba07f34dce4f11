"""Compliance over HTTP: audits, what stands, scores."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.given import Given, Line
from controller.api.paging import Page, Paged
from controller.api.routing import make_router
from controller.api.words import Both
from controller.compliance.finding import DetailKind, Verdict
from controller.compliance.scores import Tally
from controller.inventory.watching import Severity
from controller.operations import (
    audit_devices,
    list_findings,
    show_compliance,
    show_device_compliance,
    show_unclaimed_lines,
)
from controller.store.audits import AuditRecord
from controller.store.findings import Standing

router = make_router("/compliance", "compliance")


class TallyShown(BaseModel):
    """Numbers of findings by verdict; `score` in percent, null when nothing applies."""

    passed: int
    failed: int
    waived: int
    unknown: int
    not_applicable: int
    score: int | None


class AuditShown(BaseModel):
    """One audit: `judged` of its devices anew, of the others nothing had changed."""

    id: int
    at: datetime
    by: str
    why: str = Field(description="asked, schedule, rollout or change")
    selector: str
    devices: int
    judged: int
    changed: int = Field(description="Findings whose verdict became another one")
    tally: TallyShown


class LineShown(BaseModel):
    """A line with the sections around it before it, outermost first; its number from 1."""

    path: list[str]
    number: int


class UnclaimedShown(BaseModel):
    """What the rules leave of a configuration: of `lines` in all they speak of `claimed`."""

    device: str
    lines: int
    claimed: int
    unclaimed: list[LineShown] = Field(description="Also the lines of sections around such a line")


class DetailShown(BaseModel):
    """One thing a verdict rests on, secrets hidden."""

    kind: DetailKind
    path: list[str] = Field(description="The sections around the line, outermost first")
    line: str
    number: int | None = Field(description="Its place in the configuration, from 1")
    words: Both | None


class FindingShown(BaseModel):
    """What stands of one rule on one device."""

    device: str
    rule: str
    verdict: Verdict
    since: datetime
    due: date | None = Field(description="Until then a failure is only announced")
    waiver: str | None
    expired: str | None = Field(description="The waiver that would hold, had it not run out")
    details: list[DetailShown]


class SiteScoreShown(BaseModel):
    """One site; `worst` is the rule most of its devices fail."""

    site: str
    name: Both
    district: str
    worst: str | None
    tally: TallyShown


class RuleScoreShown(BaseModel):
    """One rule."""

    rule: str
    title: Both
    severity: Severity
    tally: TallyShown


class CellShown(BaseModel):
    """One rule at one site."""

    rule: str
    site: str
    tally: TallyShown


class DayShown(BaseModel):
    """How things stood at the end of a day."""

    day: date
    tally: TallyShown


class OverviewShown(BaseModel):
    """How the office stands: sites and rules the worst first, and the last ninety days."""

    audit: AuditShown | None
    tally: TallyShown
    sites: list[SiteScoreShown]
    rules: list[RuleScoreShown]
    cells: list[CellShown]
    trend: list[DayShown]


class DeviceShown(BaseModel):
    """Every finding of one device, the worst first."""

    device: str
    judged: datetime | None
    tally: TallyShown
    findings: list[FindingShown]


class ChangeShown(BaseModel):
    """A verdict became another one."""

    at: datetime
    device: str
    rule: str
    verdict: Verdict
    audit: int


class Auditing(Given):
    """Which devices to judge, by which rules (none: by all)."""

    select: Line = "all"
    rules: list[Line] = Field(default_factory=list, max_length=500)
    fetch: bool = Field(default=False, description="Ask the devices for their configuration first")
    again: bool = Field(default=False, description="Judge anew also what has not changed")


@router.get("", operation_id="show_compliance")
def overview(asked: Asked) -> OverviewShown:
    """How the office stands by its rules; a school sees itself."""
    found = asked.ask(show_compliance.show_compliance)
    return OverviewShown(
        audit=_record(found.audit) if found.audit else None,
        tally=_tally(found.tally),
        sites=[_site(score) for score in found.sites],
        rules=[
            RuleScoreShown(
                rule=score.rule.id,
                title=Both.of(score.rule.title.text),
                severity=score.rule.severity,
                tally=_tally(score.tally),
            )
            for score in found.rules
        ],
        cells=[
            CellShown(rule=rule, site=site, tally=_tally(tally))
            for (rule, site), tally in sorted(found.cells.items())
        ],
        trend=[DayShown(day=day, tally=_tally(tally)) for day, tally in found.trend],
    )


@router.post("/audits", operation_id="audit_devices", status_code=201)
def audit(asked: Asked, given: Auditing) -> AuditShown:
    """Judge devices now; what nothing has changed of keeps its findings. Not clean is no error."""
    done = asked.ask(
        audit_devices.audit_devices,
        given.select,
        rules=tuple(given.rules),
        fetch=given.fetch,
        again=given.again,
    )
    return AuditShown(
        id=done.id,
        at=done.at,
        by=done.by,
        why="asked",
        selector=given.select,
        devices=len(done.devices),
        judged=done.judged,
        changed=len(done.changed),
        tally=_tally(done.tally),
    )


@router.get("/audits", operation_id="list_audits")
def audits(asked: Asked, paged: Paged) -> Page[AuditShown]:
    """The audits there were, newest first."""
    after = paged.after(int)
    before = after[0] if after else None
    found = asked.ask(list_findings.list_audits, before=before, most=paged.most)
    return paged.page(found, lambda r: (r.id,), _record)


@router.get("/findings", operation_id="list_findings")
def findings(
    asked: Asked,
    paged: Paged,
    select: Annotated[str, Query(max_length=500)] = "",
    site: Annotated[str, Query(max_length=64)] = "",
    device: Annotated[str, Query(max_length=64)] = "",
    rule: Annotated[str, Query(max_length=64)] = "",
    verdict: Verdict | None = None,
    severity: Severity | None = None,
) -> Page[FindingShown]:
    """What stands, by device and rule: without `verdict` what fails or is unknown."""
    wanted = list_findings.FindingQuery(
        selector=select,
        site=site,
        device=device,
        rule=rule,
        verdict=verdict or "",
        severity=severity or "",
    )
    after = paged.after(str, str)
    found = asked.ask(
        list_findings.page_findings,
        wanted,
        after=(after[0], after[1]) if after else None,
        most=paged.most,
    )
    return paged.page(found, lambda s: (s.device, s.rule), shown)


@router.get("/changes", operation_id="list_finding_changes")
def changes(
    asked: Asked,
    device: Annotated[str, Query(max_length=64)] = "",
    rule: Annotated[str, Query(max_length=64)] = "",
    days: Annotated[int, Query(ge=1, le=4000)] = 30,
) -> list[ChangeShown]:
    """When verdicts became others, newest first, 200 at most."""
    found = asked.ask(list_findings.list_changes, device=device, rule=rule, days=days)
    return [
        ChangeShown(at=c.at, device=c.device, rule=c.rule, verdict=c.verdict, audit=c.audit)
        for c in found
    ]


@router.get("/devices/{device}", operation_id="show_device_compliance")
def of_device(asked: Asked, device: str) -> DeviceShown:
    """Every finding of one device, with the very lines."""
    found = asked.ask(show_device_compliance.show_device_compliance, device)
    return DeviceShown(
        device=device,
        judged=found.judged,
        tally=_tally(found.tally),
        findings=[shown(pair.standing) for pair in found.findings],
    )


@router.get("/devices/{device}/unclaimed", operation_id="show_unclaimed_lines")
def unclaimed(asked: Asked, device: str) -> UnclaimedShown:
    """The lines of its newest configuration that no rule speaks of, secrets hidden."""
    found = asked.ask(show_unclaimed_lines.show_unclaimed_lines, device)
    return UnclaimedShown(
        device=device,
        lines=found.lines,
        claimed=found.claimed,
        unclaimed=[LineShown(path=list(one.path), number=one.number) for one in found.unclaimed],
    )


def shown(one: Standing) -> FindingShown:
    """A finding as the API answers it."""
    found = one.finding
    return FindingShown(
        device=one.device,
        rule=one.rule,
        verdict=one.verdict,
        since=one.since,
        due=found.due,
        waiver=found.waiver or None,
        expired=found.expired or None,
        details=[
            DetailShown(
                kind=d.kind,
                path=list(d.path),
                line=d.line,
                number=d.number,
                words=Both.of(d.words) if d.words else None,
            )
            for d in found.details
        ],
    )


def _site(score: show_compliance.SiteScore) -> SiteScoreShown:
    site = score.site
    return SiteScoreShown(
        site=site.site,
        name=Both(th=site.name_th, en=site.name_en),
        district=site.district,
        worst=score.worst or None,
        tally=_tally(score.tally),
    )


def _record(record: AuditRecord) -> AuditShown:
    kept = {n: getattr(record, n) for n in AuditShown.model_fields if n != "tally"}
    return AuditShown(**kept, tally=_tally(record.tally))


def _tally(tally: Tally) -> TallyShown:
    return TallyShown(**{n: getattr(tally, n) for n in TallyShown.model_fields})
