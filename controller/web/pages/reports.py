"""Reports: every paper, form and result as a file, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from controller.accounts.actor import Actor, may, require
from controller.errors import Text
from controller.operations.case_papers import as_submitted
from controller.operations.print_document import possible_of
from controller.operations.show_case import list_cases
from controller.operations.show_form import list_forms
from controller.operations.show_progress import show_progress
from controller.operations.show_survey import list_surveys
from controller.processes.case import CASE_STATES, Case
from controller.processes.forms.catalogue import form
from controller.processes.forms.progress import ProjectProgress
from controller.processes.manual import MANUAL
from controller.thai import bangkok_date, buddhist_year, fiscal_year
from controller.web.drawing import put
from controller.web.page import page
from controller.web.pages.surveys import STATES
from controller.web.visit import Visit

_SHOWN = 50
_OF_PLANS = frozenset({"project_record", "progress_monitoring"})
_NAMES = {
    "order": Text(th="คำสั่งแต่งตั้ง", en="Order"),
    "memo": Text(th="บันทึกข้อความ", en="Memo"),
    "notification": Text(th="หนังสือแจ้ง", en="Notification"),
    "evaluation": Text(th="รายงานประเมิน", en="Evaluation"),
    "evidence": Text(th="หลักฐาน", en="Evidence"),
    "flow": Text(th="ผังขั้นตอน", en="Flow chart"),
}


@dataclass(frozen=True)
class Progress:
    """What came of the projects of one case's plan in a fiscal year."""

    case: Case
    projects: tuple[ProjectProgress, ...]


@page("/reports", Text(th="รายงานและเอกสาร", en="Reports"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?year=` (Buddhist era) and `?process=` choose the cases whose papers are shown."""
    require(actor, "read_history")
    every = await visit.ask(list_cases)
    year = _year(visit)
    process = visit.query.get("process", "")
    found = [
        case
        for case in every
        if (not year or _opened(case) == year) and (not process or case.process == process)
    ]
    now = fiscal_year(visit.context.today())
    planned = [c for c in found if any(paper.form in _OF_PLANS for paper in c.papers)][:5]
    surveys = await visit.ask(list_surveys)
    filled = await visit.ask(list_forms)
    put(
        visit,
        "reports.html",
        rows=[(case, await visit.ask(possible_of, case)) for case in found[:_SHOWN]],
        as_submitted=as_submitted,
        count=len(found),
        shown=_SHOWN,
        names=_NAMES,
        case_states=CASE_STATES,
        years=sorted({_opened(case) for case in every} | {buddhist_year(visit.context.today())}),
        year=year,
        process=process,
        processes=MANUAL.processes,
        progress=[
            Progress(c, await visit.ask(show_progress, c.number, year or now)) for c in planned
        ],
        fiscal=year or now,
        surveys=[s for s in surveys if not year or buddhist_year(bangkok_date(s.opened)) == year],
        survey_states=STATES,
        filled=[f for f in filled if not year or f.number.startswith(str(year))][:_SHOWN],
        form=form,
        share=_share,
        audits=may(actor, "verify_audit_log"),
    )


def _year(visit: Visit) -> int:
    asked = visit.query.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == len("2569") else 0


def _opened(case: Case) -> int:
    return buddhist_year(bangkok_date(case.opened))


def _share(percent: Decimal | None) -> Decimal:
    """How long a bar is, out of 100; what is over the plan fills it."""
    return min(percent or Decimal(0), Decimal(100))
