"""The report of what is needed as a file, and the paper a specification is drafted from."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.list_needs import file_name, needs_to_draft, print_needs
from controller.web.download import download, media_of
from controller.web.pages.needs import query_of

router = APIRouter(include_in_schema=False)


@router.get("/needs/report.{wanted}")
def report(request: Request, wanted: Literal["pdf", "docx", "xlsx"]) -> Response:
    """With the choices of the page in the query string."""
    name = file_name(wanted)

    def make(context: Context, actor: Actor) -> bytes:
        return print_needs(context, actor, wanted, query_of(str(request.url)))

    return download(request, name, media_of(name), make, shown=True)


@router.get("/needs/need.json")
def paper(request: Request) -> Response:
    """What `khaen spec new --need` reads."""

    def make(context: Context, actor: Actor) -> bytes:
        found = needs_to_draft(context, actor, query_of(str(request.url)))
        return found.model_dump_json(indent=2).encode()

    return download(request, "need.json", "application/json", make)
