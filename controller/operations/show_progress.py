"""Hold what was reported against the projects, budgets and indicators of a plan."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.operations.context import Context
from controller.processes.case import Case
from controller.processes.forms.progress import ProjectProgress, progress
from controller.store import cases, forms
from controller.store.engine import Connection
from controller.thai import fiscal_year

_PLANNED, _REPORTED = "project_record", "progress_monitoring"


def show_progress(
    context: Context, actor: Actor, number: str, year: int | None = None
) -> tuple[ProjectProgress, ...]:
    """The projects of a case in a fiscal year (Buddhist era); this one when `year` is None.

    Empty for a case without project records. Errors: `NotFound`, `StoreError`.
    """
    require(actor, "read_history")
    with context.store.read() as conn:
        return progress_of(conn, cases.load_case(conn, number), year or _this_year(context))


def progress_of(conn: Connection, case: Case, year: int) -> tuple[ProjectProgress, ...]:
    """The same of a case already read, from the forms attached to it, at their revisions."""
    papers = [paper for paper in case.papers if paper.kind == "form"]
    values = {
        slug: [
            forms.load_form(conn, paper.number, paper.revision).values
            for paper in papers
            if paper.form == slug
        ]
        for slug in (_PLANNED, _REPORTED)
    }
    return progress(values[_PLANNED], values[_REPORTED], year=year)


def _this_year(context: Context) -> int:
    return fiscal_year(context.today())
