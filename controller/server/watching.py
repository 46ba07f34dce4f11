"""For whoever watches the server: is it alive, and its figures."""

from __future__ import annotations

import ipaddress
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from controller.api.asking import asking
from controller.operations.context import Context
from controller.operations.read_figures import read_figures
from controller.server.figures import as_text

router = APIRouter()
_bearer = HTTPBearer(auto_error=False)
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/healthz", tags=["server"])
def healthz(request: Request) -> dict[str, str]:
    """`{"state": "ok"}` when the history can be read. Errors: 503."""
    context: Context = request.scope["khaen"]
    with context.store.read():
        return {"state": "ok"}


@router.get("/metrics", include_in_schema=False)
def metrics(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    devices: bool = False,
) -> Response:
    """The figures, for a program on this machine or one with the token of somebody who may.

    `?devices=1`: with what every device measured, some 7 lines each.
    Errors: 401, 403.
    """
    context: Context = request.scope["khaen"]
    actor = None if _on_this_machine(request) else asking(request, credentials).actor
    return Response(as_text(read_figures(context, actor, each=devices)), media_type=_TEXT)


def _on_this_machine(request: Request) -> bool:
    """Whether it was asked from here, and not by a proxy here for somebody elsewhere."""
    passed_on = {"x-forwarded-for", "forwarded", "x-real-ip", "via"} & set(request.headers)
    if passed_on or request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
