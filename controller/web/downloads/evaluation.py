"""The evaluation of a year as a report, and the forms of process 2.8 with its figures."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.draft_evaluation_form import REPORT, draft_evaluation_form, write_draft
from controller.operations.report_evaluation import (
    VISIT,
    asked_period,
    print_evaluation,
)
from controller.web.download import download, media_of

router = APIRouter(include_in_schema=False)
First = Annotated[str, Query(alias="from", max_length=40)]
Last = Annotated[str, Query(alias="to", max_length=40)]


@router.get("/reports/evaluation.{wanted}")
def report(
    request: Request,
    wanted: Literal["pdf", "docx", "xlsx"],
    year: int | None = None,
    first: First = "",
    last: Last = "",
) -> Response:
    """The report of a fiscal year, or of two days."""
    name = f"evaluation-{year or f'{first}-{last}'}.{wanted}"

    def make(context: Context, actor: Actor) -> bytes:
        return print_evaluation(context, actor, asked_period(context, year, first, last), wanted)

    return download(request, name, media_of(name), make, shown=True)


@router.get("/reports/evaluation-form")
def form(
    request: Request,
    wanted: Annotated[Literal["pdf", "docx", "yaml"], Query(alias="format")] = "pdf",
    site: Annotated[str, Query(max_length=64)] = "",
    year: int | None = None,
    first: First = "",
    last: Last = "",
) -> Response:
    """The evaluation form of a site, or without one the report over all of them."""
    slug = VISIT if site else REPORT
    name = f"{slug}{f'-{site}' if site else ''}.{wanted}"

    def make(context: Context, actor: Actor) -> bytes:
        period = asked_period(context, year, first, last)
        draft = draft_evaluation_form(context, actor, slug, period, site)
        return write_draft(context, actor, draft, wanted)

    return download(request, name, media_of(name), make, shown=True)
