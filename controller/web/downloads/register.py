"""The hardware register, or what was found in it, as a file for Excel."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.inventory.search import Wanted
from controller.operations.context import Context
from controller.operations.export_assets import export_assets
from controller.operations.list_assets import FACETS
from controller.web.cookies import chosen_language
from controller.web.download import download

router = APIRouter(include_in_schema=False)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/register/export.xlsx")
def export_xlsx(request: Request) -> Response:
    """What the page with the same query shows, every row of it."""
    language = chosen_language(request, request.scope["khaen"])

    def make(context: Context, actor: Actor) -> bytes:
        return export_assets(context, actor, _wanted(request), form="xlsx", language=language)

    return download(request, "register.xlsx", XLSX, make)


@router.get("/register/export.csv")
def export_csv(request: Request) -> Response:
    """The same as CSV."""

    def make(context: Context, actor: Actor) -> bytes:
        return export_assets(context, actor, _wanted(request), form="csv")

    return download(request, "register.csv", "text/csv; charset=utf-8", make)


def _wanted(request: Request) -> Wanted:
    query = request.query_params
    choices = {name: query[name] for name in FACETS if query.get(name)}
    return Wanted(query.get("q", "")[:200], choices, query.get("sort", ""))
