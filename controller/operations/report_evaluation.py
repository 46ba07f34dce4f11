"""The evaluation of a year (process 2.8): measured, compared with the year before, as a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from controller.accounts.actor import Actor, require
from controller.documents.blocks import Document
from controller.documents.compose.evaluation.document import yearly_report
from controller.documents.compose.evaluation.workbook import yearly_sheets
from controller.documents.compose.evaluation.yearly import Names, Surveyed, Yearly
from controller.documents.docx import render_docx
from controller.documents.pdf import render_pdf
from controller.documents.xlsx import render_xlsx
from controller.health.evaluation.period import Period, period_of
from controller.health.rules import SEVERITIES, rules_of, usual_rules
from controller.inventory.device import ROLE_NAMES
from controller.inventory.inventory import Inventory
from controller.operations.attach_file import attach_content
from controller.operations.compose_paper import garuda_of, look_of
from controller.operations.context import Context
from controller.operations.evaluation_matter import evaluated, evaluation_matter
from controller.operations.show_survey import show_survey
from controller.processes.case import Case
from controller.processes.forms.catalogue import form
from controller.processes.forms.survey import tally
from controller.processes.yearly import CasesYear, cases_year
from controller.store import cases, forms, runs, surveys
from controller.store.engine import Connection
from controller.store.surveys import Survey
from controller.thai import bangkok_date

Format = Literal["pdf", "docx", "xlsx"]
FORMATS: tuple[Format, ...] = ("pdf", "docx", "xlsx")
VISIT = "network_evaluation"
# Surveys of a case of another part of the manual are about something else.
_OURS = "2."


def asked_period(
    context: Context, year: int | None = None, first: str = "", last: str = ""
) -> Period:
    """The period asked for; the last whole fiscal year by default. Errors: `InputError`."""
    return period_of(year, first, last, context.today())


def report_evaluation(context: Context, actor: Actor, period: Period) -> Yearly:
    """What was measured, done and said in a period, beside the same days a year earlier.

    A period nobody measured gives an evaluation that says so. Errors: `StoreError`.
    """
    require(actor, "report_evaluation")
    inventory, day, before = context.inventory(), context.today(), period.year_before()
    with context.store.read() as conn:
        matter = evaluation_matter(conn, inventory)
        now = evaluated(context, conn, matter, period, day)
        # Of a year that is not over the same days a year earlier, not all of them.
        earlier = evaluated(context, conn, matter, _as_far(before, now.period), day)
        every = cases.list_cases(conn)
        done = [_cases(conn, every, one.period, day) for one in (now, earlier)]
        asked = [_surveys(conn, every, one.period) for one in (now, earlier)]
        visits = _visits(conn, now.period)
    told = [tuple(_told(context, actor, one) for one in some) for some in asked]
    return Yearly(
        now=now,
        before=earlier,
        placed=matter.placed,
        cases=done[0],
        cases_before=done[1],
        surveys=told[0],
        surveys_before=told[1],
        visits=tally(form(VISIT), visits) if visits else None,
        visited=len({str(values.get("site", "")) for values in visits}),
        names=_names(inventory),
        day=day,
    )


def print_evaluation(context: Context, actor: Actor, period: Period, wanted: Format) -> bytes:
    """The report as a file: PDF for the record, DOCX to edit, XLSX to count on."""
    return drawn(context, actor, report_evaluation(context, actor, period), wanted)


def drawn(context: Context, actor: Actor, yearly: Yearly, wanted: Format) -> bytes:
    """The file of an evaluation that was added up already."""
    require(actor, "report_evaluation")
    if wanted == "xlsx":
        return render_xlsx(yearly_sheets(yearly), thai_digits=look_of(context).thai_digits)
    document, garuda = _paper(context, actor, yearly), garuda_of(context)
    render = render_pdf if wanted == "pdf" else render_docx
    return render(document, garuda=garuda)


def attach_evaluation(
    context: Context, actor: Actor, number: str, period: Period, wanted: Format = "pdf"
) -> Case:
    """The case with the report attached, in place of an earlier one of the same period.

    Errors: as `attach_file.attach_content`.
    """
    require(actor, "attach_file")
    yearly = report_evaluation(context, actor, period)
    content = drawn(context, actor, yearly, wanted)
    title = _paper(context, actor, yearly).title
    return attach_content(context, actor, number, file_name(period, wanted), content, title)


def file_name(period: Period, wanted: str) -> str:
    """What the report's file is called: `evaluation-2569.pdf`."""
    days = f"{period.first}-{period.last}"
    return f"evaluation-{days if period.year is None else period.year}.{wanted}"


def _paper(context: Context, actor: Actor, yearly: Yearly) -> Document:
    return yearly_report(yearly, context.office(), look_of(context), reporter=actor.title)


def _as_far(before: Period, now: Period) -> Period:
    last = now.year_before().last
    return before if last == before.last else Period(before.first, last, before.year)


def _cases(conn: Connection, every: Sequence[Case], period: Period, day: date) -> CasesYear:
    states = runs.states_between(conn, period.since, period.until)
    return cases_year(every, states, period.since, period.until, day)


def _surveys(conn: Connection, every: Sequence[Case], period: Period) -> list[Survey]:
    """The surveys about this part of the office's work that ended, or are asked, in the period."""
    processes = {case.number: case.process for case in every}
    return [
        one
        for one in surveys.list_surveys(conn)
        if period.since <= (one.closed or one.opened) < period.until
        and (one.case is None or processes.get(one.case, "").startswith(_OURS))
    ]


def _told(context: Context, actor: Actor, survey: Survey) -> Surveyed:
    results = show_survey(context, actor, survey.id).results
    closed = bangkok_date(survey.closed) if survey.closed else None
    return Surveyed(survey.id, survey.title, closed, results)


def _visits(conn: Connection, period: Period) -> list[Mapping[str, object]]:
    """The evaluation forms filled in at the sites in the period, each at its newest revision."""
    return [
        forms.load_form(conn, one.number).values
        for one in forms.list_forms(conn, slug=VISIT)
        if str(period.first) <= one.on[:10] <= str(period.last)
    ]


def _names(inventory: Inventory) -> Names:
    return Names(
        sites={site.site: site.name_th for site in inventory.sites},
        districts={
            site.district: inventory.office.district_name(site.district).th
            for site in inventory.sites
        },
        roles={role: words.th for role, words in ROLE_NAMES.items()},
        services={one.service: one.th for one in rules_of(inventory.watching).services},
        rules={one.rule: one.title.th for one in usual_rules().rules},
        severities={key: words.th for key, words in SEVERITIES.items()},
    )
