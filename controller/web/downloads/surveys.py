"""The results of a survey as a report."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.export_survey import export_survey
from controller.web.download import download, media_of

router = APIRouter(include_in_schema=False)


@router.get("/surveys/{survey}/report.{wanted}")
def report(request: Request, survey: str, wanted: Literal["pdf", "docx"]) -> Response:
    """The report as of now, or as the survey was closed."""
    name = f"{survey}.{wanted}"

    def make(context: Context, actor: Actor) -> bytes:
        return export_survey(context, actor, survey, wanted)

    return download(request, name, media_of(name), make, shown=True)
