"""The configurations of all devices as one file, every secret hidden."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.export_configurations import export_configurations
from controller.web.download import download

router = APIRouter(include_in_schema=False)


@router.get("/configurations/export.zip")
def export(request: Request, select: str = "all") -> Response:
    """What devices run now; `?select=` only some of them."""

    def make(context: Context, actor: Actor) -> bytes:
        return export_configurations(context, actor, select).content

    return download(request, "configurations.zip", "application/zip", make)
