"""What every download has: a signed-in visitor, a file name, and errors told as pages."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from controller.accounts.actor import Actor
from controller.errors import KhaenError, NotAllowed
from controller.operations.context import Context
from controller.web.page import error_page
from controller.web.visit import visit_of

Make = Callable[[Context, Actor], bytes]


def download(request: Request, name: str, media: str, make: Make) -> Response:
    """What `make` gives for the visitor, as a file to keep.

    Without a session the visitor is sent to sign in and back; an expected error becomes a page.
    """
    visit = visit_of(request)
    if visit is None:
        return _to_sign_in(request)
    try:
        actor = visit.actor()
    except NotAllowed:
        return _to_sign_in(request)
    try:
        content = make(visit.context, actor)
    except KhaenError as error:
        return error_page(visit, error)
    kept = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=media, headers={"content-disposition": kept})


def _to_sign_in(request: Request) -> Response:
    return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", 303)
