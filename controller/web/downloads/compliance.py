"""What the rules found, as files: the director's report, or the page of one school."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.report_compliance import file_name, print_compliance
from controller.web.download import download, media_of

router = APIRouter(include_in_schema=False)


@router.get("/compliance/report.{wanted}")
def report(
    request: Request,
    wanted: Literal["pdf", "docx", "xlsx"],
    site: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """The whole office's; with `?site=` one page."""
    name = file_name(wanted, site)

    def make(context: Context, actor: Actor) -> bytes:
        return print_compliance(context, actor, wanted, site or None)

    return download(request, name, media_of(name), make, shown=True)
