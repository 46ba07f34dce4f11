"""What every page has: a signed-in visitor, a frame, a title, and errors told as pages."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from nicegui import ui
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from controller.accounts.actor import Actor
from controller.errors import KhaenError, NotAllowed, Text
from controller.web.drawing import draw
from controller.web.faults import tell_broken_presses
from controller.web.frame import build_frame
from controller.web.visit import Visit, visit_of

Build = Callable[[Visit, Actor], Awaitable[None]]


def page(path: str, title: Text) -> Callable[[Build], Build]:
    """Register `build(visit, actor)` as the page at `path` (`/cases/{number}`).

    Without a session the visitor is sent to sign in and back here. An expected error while building
    becomes a page with the error's HTTP status.
    """

    def register(build: Build) -> Build:
        @ui.page(path, response_timeout=30)
        async def shown(request: Request) -> Response | None:
            visit = visit_of(request)
            actor = None if visit is None else _present(visit)
            if visit is None or actor is None:
                return RedirectResponse(f"/sign-in?next={quote(_address(request))}", 303)
            return await _built(visit, actor, build, title)

        return build

    return register


async def _built(visit: Visit, actor: Actor, build: Build, title: Text) -> Response | None:
    client = ui.context.client
    client.page = copy.copy(client.page)  # the language is the visitor's, not the page's
    client.page.language = visit.language if visit.language == "th" else "en-US"
    ui.page_title(f"{visit.w(title)} · {visit.t('แคน', 'Khaen')}")
    try:
        build_frame(visit, actor)
        with ui.element("main").classes("page").props("id=content tabindex=-1"):
            await build(visit, actor)
    except KhaenError as error:
        return error_page(visit, error)
    tell_broken_presses(client, visit)
    return None


def _present(visit: Visit) -> Actor | None:
    try:
        return visit.actor()
    except NotAllowed:
        return None


def _address(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def error_page(visit: Visit, error: KhaenError) -> HTMLResponse:
    """The error in the visitor's language, with what to do next and a way home."""
    problems = getattr(error, "problems", ())
    drawn = draw(visit, "error.html", error=error, problems=problems)
    return HTMLResponse(drawn, error.http_status)
