"""Forms as files: empty to print, filled in to sign or to edit."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.export_form import Format, export_form
from controller.web.download import download, media_of

router = APIRouter(include_in_schema=False)


@router.get("/forms/{slug}/blank.{wanted}")
def blank(request: Request, slug: str, wanted: Format) -> Response:
    """The empty form."""
    name = f"{slug}.{wanted}"

    def make(context: Context, actor: Actor) -> bytes:
        return export_form(context, actor, slug, wanted)

    return download(request, name, media_of(name), make, shown=True)


@router.get("/forms/filled/{number}/paper.{wanted}")
def filled(request: Request, number: str, wanted: Format, revision: int | None = None) -> Response:
    """A filled form, its newest revision unless another is named."""
    name = f"{number}{f'-{revision}' if revision else ''}.{wanted}"

    def make(context: Context, actor: Actor) -> bytes:
        return export_form(context, actor, number, wanted, revision)

    return download(request, name, media_of(name), make, shown=True)
