"""Forms as files: empty to print, filled in to sign or to edit."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.operations.export_form import Format, export_form
from controller.web.download import download

router = APIRouter(include_in_schema=False)
MEDIA: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/forms/{slug}/blank.{wanted}")
def blank(request: Request, slug: str, wanted: Format) -> Response:
    """The empty form."""
    return download(
        request,
        f"{slug}.{wanted}",
        MEDIA[wanted],
        lambda context, actor: export_form(context, actor, slug, wanted),
    )


@router.get("/forms/filled/{number}/paper.{wanted}")
def filled(request: Request, number: str, wanted: Format, revision: int | None = None) -> Response:
    """A filled form, its newest revision unless another is named."""
    name = number if revision is None else f"{number}-{revision}"
    return download(
        request,
        f"{name}.{wanted}",
        MEDIA[wanted],
        lambda context, actor: export_form(context, actor, number, wanted, revision),
    )
