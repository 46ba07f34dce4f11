"""An edition of price criteria as a file, to check, change and import again."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.export_edition import export_edition
from controller.web.cookies import chosen_language
from controller.web.download import download

router = APIRouter(include_in_schema=False)
_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
}


@router.get("/specs/editions/{edition}/file.{suffix}")
def file(request: Request, edition: str, suffix: Literal["xlsx", "yaml"]) -> Response:
    """The edition whole."""
    language = chosen_language(request, request.scope["khaen"])

    def make(context: Context, actor: Actor) -> bytes:
        return export_edition(context, actor, edition, form=suffix, language=language)

    return download(request, f"{edition}.{suffix}", _MEDIA[suffix], make)
