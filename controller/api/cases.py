"""Cases over HTTP: the list, one case, opening one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.given import Given, Line
from controller.api.paging import Page, Paged
from controller.api.routing import make_router
from controller.api.versions import tell_version
from controller.operations import open_case, show_case
from controller.processes.case import Case, CaseState, StepKind
from controller.processes.deadlines import due, late_by
from controller.processes.manual import process

router = make_router("/cases", "cases")


class CaseShown(Case):
    """A case with everything that happened in it. `step` counts from 0."""

    step_kind: StepKind | None = Field(
        description="What the current step is for; null for a case that has ended"
    )


class CaseListed(BaseModel):
    """A case in a list. `due` is the day the current step should have ended by."""

    number: str
    process: str
    title: str
    state: CaseState
    step: int
    step_kind: StepKind | None
    plan: str | None
    proposer: str
    opened: datetime
    due: date | None
    late_by: int = Field(description="Days the current step is late; 0 when it is not")
    version: str = Field(description="As the case's ETag, without the quotation marks")


class Opening(Given):
    """A case to open."""

    process: Annotated[str, Field(max_length=10, examples=["2.3"])]
    plan: Annotated[
        str | None, Field(max_length=64, description="Plan id, or its first digits")
    ] = None
    title: Line = Field(default="", description="The process's own name when empty")


@router.get("", operation_id="list_cases")
def list_cases(
    asked: Asked,
    paged: Paged,
    state: CaseState | None = None,
    of: Annotated[
        str | None, Query(alias="process", max_length=10, description="For example `2.3`")
    ] = None,
    late: Annotated[bool, Query(description="Only those whose step is overdue")] = False,
) -> Page[CaseListed]:
    """Cases, newest first."""
    found = asked.ask(
        show_case.page_cases,
        state=state,
        process=of,
        late=late,
        after=paged.after(datetime, str),
        most=paged.most,
    )
    today = asked.context.today()
    return paged.page(found, lambda c: (c.opened, c.number), lambda c: _listed(c, today))


@router.post("", operation_id="open_case", status_code=201)
def open_(asked: Asked, response: Response, given: Opening) -> CaseShown:
    """Open a case of a process, with a plan where there is one; its devices are reserved."""
    case = asked.ask(open_case.open_case, given.process, given.plan, given.title)
    response.headers["location"] = f"/api/v1/cases/{case.number}"
    return shown(case, response)


@router.get("/{number}", operation_id="show_case")
def read_case(asked: Asked, response: Response, number: str) -> CaseShown:
    """One case with its history: group, study, papers, records, submissions, decisions, events."""
    return shown(asked.ask(show_case.show_case, number), response)


def shown(case: Case, response: Response) -> CaseShown:
    """The case as the API answers it, with its ETag."""
    tell_version(response, case.version)
    return CaseShown(**dict(case), step_kind=_kind(case))


def _listed(case: Case, today: date) -> CaseListed:
    return CaseListed(
        **{name: getattr(case, name) for name in CaseListed.model_fields if hasattr(case, name)},
        step_kind=_kind(case),
        due=due(case),
        late_by=late_by(case, today),
    )


def _kind(case: Case) -> StepKind | None:
    return process(case.process).steps[case.step].kind if case.state == "open" else None
