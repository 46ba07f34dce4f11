"""Reports of the whole office over HTTP: the year's evaluation (process 2.8), compliance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import Depends, Query, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.cases import CaseShown, shown
from controller.api.downloads import file_answer, files
from controller.api.given import Given
from controller.api.routing import make_router
from controller.api.versions import AskedAsSeen
from controller.documents.compose.evaluation.yearly import Yearly
from controller.health.evaluation.ages import Aged, Firmware
from controller.health.evaluation.capacity import Capacity
from controller.health.evaluation.evaluation import Evaluation, compared
from controller.health.evaluation.incidents import Incidents
from controller.health.evaluation.period import Period
from controller.health.evaluation.uptime import Portion, Share
from controller.operations import draft_evaluation_form, report_compliance, report_evaluation
from controller.processes.yearly import CasesYear

router = make_router("/reports", "reports")
attaching = make_router("/cases", "papers")
Day = Annotated[str, Field(max_length=40)]


class ShareShown(BaseModel):
    """Seconds by what was known. `availability` and `coverage` are shares from 0 to 1.

    `little`: too little of the time was measured for the figure to stand for all of it.
    """

    up: float
    down: float
    unknown: float
    excluded: float = Field(description="Approved maintenance")
    availability: float | None = Field(description="null: nothing was measured")
    coverage: float | None
    little: bool


class PortionShown(ShareShown):
    """A site, district or service."""

    key: str
    devices: int
    never: int = Field(description="Devices nothing was ever measured of")
    cut_off: float | None = Field(description="Seconds its first device was down; of sites only")


class MonthShown(ShareShown):
    """A month of the period."""

    month: date


class SurveyMean(BaseModel):
    """What the answers to a survey come to."""

    number: str
    title: str
    closed: date | None
    answers: int
    mean: Decimal | None


class StepShown(BaseModel):
    """A figure now and a year before; null is not measured."""

    name: str
    kind: Literal["share", "count", "minutes"]
    now: float | None
    before: float | None
    change: float | None


class EvaluationShown(BaseModel):
    """The evaluation of a period. What was not measured is null, never zero."""

    first: date
    last: date
    fiscal_year: int | None
    unfinished: bool
    whole: PortionShown
    months: list[MonthShown]
    districts: list[PortionShown]
    sites: list[PortionShown]
    services: list[PortionShown]
    incidents: Incidents | None = Field(description="null: nothing was watched")
    capacity: Capacity
    age_bands: list[int] = Field(description="Devices below 3, 5, 7 years and from there on")
    age_unknown: int
    replaceable: list[Aged] = Field(description="Devices of five years and more, oldest first")
    firmware: list[Firmware]
    cases: CasesYear
    surveys: list[SurveyMean]
    visited: int = Field(description="Sites an evaluation form was filled in at")
    comparison: list[StepShown]


class Asking(Given):
    """The period: a fiscal year (B.E.), or two days; neither is the last whole fiscal year."""

    year: Annotated[int | None, Field(examples=[2569])] = None
    first: Day = ""
    last: Day = ""


class Attaching(Asking):
    """The report to attach."""

    format: Literal["pdf", "docx", "xlsx"] = "pdf"


def _asked(
    asked: Asked,
    year: Annotated[
        int | None, Query(description="Fiscal year (B.E.): 2569 is 1 Oct 2025 to 30 Sep 2026")
    ] = None,
    first: Annotated[str, Query(max_length=40, description="Or the first day")] = "",
    last: Annotated[str, Query(max_length=40, description="and the last")] = "",
) -> Period:
    return report_evaluation.asked_period(asked.context, year, first, last)


OfPeriod = Annotated[Period, Depends(_asked)]


@router.get("/evaluation", operation_id="report_evaluation")
def read_evaluation(asked: Asked, period: OfPeriod) -> EvaluationShown:
    """The evaluation of a year from measurements, beside the same days a year earlier."""
    return _shown(asked.ask(report_evaluation.report_evaluation, period))


@router.get(
    "/evaluation/file",
    operation_id="print_evaluation",
    response_class=Response,
    responses=files("The report", "pdf", "docx", "xlsx"),
)
def print_evaluation(
    asked: Asked,
    period: OfPeriod,
    wanted: Annotated[Literal["pdf", "docx", "xlsx"], Query(alias="format")] = "pdf",
) -> Response:
    """The report as a file, with charts: PDF for the record, DOCX to edit, XLSX to count on."""
    drawn = asked.ask(report_evaluation.print_evaluation, period, wanted)
    return file_answer(drawn, report_evaluation.file_name(period, wanted))


@router.get(
    "/evaluation/forms/{slug}",
    operation_id="draft_evaluation_form",
    response_class=Response,
    responses=files("The form", "txt", "pdf", "docx"),
)
def draft_form(
    asked: Asked,
    period: OfPeriod,
    slug: Literal["network_evaluation", "evaluation_report"],
    site: Annotated[str, Query(max_length=64, description="For network_evaluation")] = "",
    wanted: Annotated[Literal["yaml", "pdf", "docx"], Query(alias="format")] = "yaml",
) -> Response:
    """A form of process 2.8 with what was measured filled in; the rest is for people.

    The YAML is text; people finish it and hand it in with `POST /forms`.
    """
    draft = asked.ask(draft_evaluation_form.draft_evaluation_form, slug, period, site)
    content = asked.ask(draft_evaluation_form.write_draft, draft, wanted)
    return file_answer(content, f"{slug}.{'txt' if wanted == 'yaml' else wanted}")


@router.get(
    "/compliance/file",
    operation_id="report_compliance",
    response_class=Response,
    responses=files("The report", "pdf", "docx", "xlsx"),
)
def print_compliance(
    asked: Asked,
    wanted: Annotated[Literal["pdf", "docx", "xlsx"], Query(alias="format")] = "pdf",
    site: Annotated[str, Query(max_length=64, description="One site, on one page")] = "",
) -> Response:
    """What the rules found, for the director, with a page for each school; in Thai.

    The figures are at `GET /compliance`. A school account gets its own page.
    """
    drawn = asked.ask(report_compliance.print_compliance, wanted, site or None)
    return file_answer(drawn, report_compliance.file_name(wanted, site))


@attaching.post("/{number}/evaluation-report", operation_id="attach_evaluation")
def attach(asked: AskedAsSeen, response: Response, number: str, given: Attaching) -> CaseShown:
    """Attach the report to a case; a later one of the same period is its next revision."""
    period = report_evaluation.asked_period(asked.context, given.year, given.first, given.last)
    found = asked.ask(report_evaluation.attach_evaluation, number, period, given.format)
    return shown(found, response)


def _shown(yearly: Yearly) -> EvaluationShown:
    now = yearly.now
    return EvaluationShown(
        **_figures(now),
        cases=yearly.cases,
        surveys=[
            SurveyMean(
                number=one.number,
                title=one.title,
                closed=one.closed,
                answers=one.results.answers,
                mean=one.results.overall.mean,
            )
            for one in yearly.surveys
        ],
        visited=yearly.visited,
        comparison=[
            StepShown(
                name=s.name,
                kind=s.kind,
                now=s.now,
                before=s.before,
                change=s.change,
            )
            for s in compared(now, yearly.before)
        ],
    )


def _figures(now: Evaluation) -> dict[str, object]:
    uptime, ages = now.uptime, now.ages
    return {
        "first": now.period.first,
        "last": now.period.last,
        "fiscal_year": now.asked.year,
        "unfinished": now.unfinished,
        "whole": _portion(uptime.whole),
        "months": [
            MonthShown(month=month.first, **_share(share))
            for month, share in zip(now.period.months(), uptime.months, strict=True)
        ],
        "districts": [_portion(one) for one in uptime.districts],
        "sites": [_portion(one) for one in uptime.sites],
        "services": [_portion(one) for one in uptime.services],
        "incidents": now.incidents,
        "capacity": now.capacity,
        "age_bands": list(ages.bands),
        "age_unknown": ages.unknown,
        "replaceable": list(ages.replaceable),
        "firmware": list(ages.firmware),
    }


def _portion(one: Portion) -> PortionShown:
    cut = one.cut_off.down if one.cut_off and one.cut_off.measured else None
    return PortionShown(
        key=one.key, devices=one.devices, never=one.never, cut_off=cut, **_share(one.share)
    )


def _share(share: Share) -> dict[str, float | bool | None]:
    return {
        "up": share.up,
        "down": share.down,
        "unknown": share.unknown,
        "excluded": share.excluded,
        "availability": share.availability,
        "coverage": share.coverage,
        "little": share.little,
    }
