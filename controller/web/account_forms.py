"""What the pages of accounts send as plain forms: end sessions, revoke tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from controller.accounts.actor import Actor
from controller.errors import KhaenError, NotAllowed
from controller.operations.context import Context
from controller.operations.end_sessions import end_sessions
from controller.operations.manage_tokens import revoke_token
from controller.web.page import error_page
from controller.web.signin import local
from controller.web.visit import visit_of

router = APIRouter(include_in_schema=False)


@router.post("/account/sessions")
async def end(
    request: Request,
    session: Annotated[str, Form(max_length=32)] = "",
    username: Annotated[str, Form(max_length=64)] = "",
    back: Annotated[str, Form(max_length=200)] = "/account",
) -> Response:
    """End one session, or all of them without `session`; one's own without `username`."""

    def work(context: Context, actor: Actor) -> None:
        end_sessions(context, actor, username or actor.username, session or None)

    return await _done(request, back, work)


@router.post("/account/tokens")
async def revoke(request: Request, token: Annotated[str, Form(max_length=32)] = "") -> Response:
    """Revoke a token of one's own."""

    def work(context: Context, actor: Actor) -> None:
        revoke_token(context, actor, token)

    return await _done(request, "/account", work)


async def _done(request: Request, back: str, work: Callable[[Context, Actor], None]) -> Response:
    away = RedirectResponse(f"/sign-in?next={quote(local(back))}", 303)
    visit = visit_of(request)
    if visit is None:
        return away
    try:
        visit.actor()
    except NotAllowed:
        return away
    try:
        await visit.ask(work)
    except KhaenError as error:
        return error_page(visit, error)
    return RedirectResponse(local(back), 303)
