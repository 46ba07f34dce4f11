"""Surveys over HTTP: open, answer, look at the results, close."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.downloads import file_answer, files
from controller.api.given import Given, Line
from controller.api.paging import Page, Paged
from controller.api.routing import make_router
from controller.operations import (
    answer_survey,
    close_survey,
    export_survey,
    open_survey,
    show_survey,
)
from controller.processes.forms.survey import Results
from controller.processes.forms.typed import Typed
from controller.store.surveys import Survey, SurveyState

router = make_router("/surveys", "surveys")


class SurveyShown(BaseModel):
    """One asking of a survey form. `given` counts its answers."""

    id: str
    form: str
    edition: int
    case: str | None
    title: str
    state: SurveyState
    opened: datetime
    opened_by: str
    given: int
    closed: datetime | None
    closed_by: str | None
    sha256: str | None = Field(description="Of the results it was closed with")


class Tallied(BaseModel):
    """A survey and what its answers add up to."""

    survey: SurveyShown
    results: Results


class Opening(Given):
    """A survey to open; its results may go to a case."""

    form: Annotated[str, Field(max_length=60, examples=["questionnaire"])]
    title: Line = ""
    case: Annotated[str | None, Field(max_length=40)] = None


class Answering(Given):
    """Answers, each by field name: see `/manual/forms/{slug}`."""

    answers: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=1000)]


@router.get("", operation_id="list_surveys")
def list_surveys(
    asked: Asked,
    paged: Paged,
    case: Annotated[str | None, Query(max_length=40, description="Only those of this case")] = None,
) -> Page[SurveyShown]:
    """Surveys, newest first."""
    after = paged.after(datetime, str)
    found = asked.ask(show_survey.list_surveys, case, after=after, most=paged.most)
    return paged.page(found, lambda one: (one.opened, one.id), _shown)


@router.post("", operation_id="open_survey", status_code=201)
def open_(asked: Asked, response: Response, given: Opening) -> SurveyShown:
    """Open a survey for answers."""
    opened = asked.ask(open_survey.open_survey, given.form, given.title, given.case)
    response.headers["location"] = f"/api/v1/surveys/{opened.id}"
    return _shown(opened)


@router.get("/{survey}", operation_id="show_survey")
def read_survey(asked: Asked, survey: str) -> Tallied:
    """What the answers add up to: as of now, or for good once the survey is closed."""
    found = asked.ask(show_survey.show_survey, survey)
    return Tallied(survey=_shown(found.survey), results=found.results)


@router.post("/{survey}/answers", operation_id="answer_survey", status_code=201)
def answer(asked: Asked, survey: str, given: Answering) -> SurveyShown:
    """Hand in answers, all of them or none. They carry no person and no time but the day."""
    typed = [
        Typed(values, f"answers/{place}", {(): (place, 1)})
        for place, values in enumerate(given.answers, 1)
    ]
    return _shown(asked.ask(answer_survey.answer_survey, survey, typed))


@router.post("/{survey}/closing", operation_id="close_survey")
def close(asked: Asked, survey: str) -> Results:
    """Close a survey for good; its results are attached to its case."""
    return asked.ask(close_survey.close_survey, survey)


@router.get(
    "/{survey}/file",
    operation_id="export_survey",
    response_class=Response,
    responses=files("The report", "pdf", "docx"),
)
def export(
    asked: Asked,
    survey: str,
    wanted: Annotated[Literal["pdf", "docx"], Query(alias="format")] = "pdf",
) -> Response:
    """The results as a report."""
    drawn = asked.ask(export_survey.export_survey, survey, wanted)
    return file_answer(drawn, f"{survey}.{wanted}")


def _shown(one: Survey) -> SurveyShown:
    return SurveyShown.model_validate({k: v for k, v in vars(one).items() if k != "results"})
