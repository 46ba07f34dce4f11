"""Signing in and out, and the language: plain pages that need no script."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from controller.errors import KhaenError, Text
from controller.language import Language
from controller.operations.context import Context
from controller.operations.log_in import (
    CodeNeeded,
    Origin,
    SignIn,
    confirm_log_in,
    log_in,
    log_out,
)
from controller.web.cookies import (
    ELSEWHERE,
    HALF,
    chosen_language,
    forget_passing,
    forget_session,
    keep_language,
    keep_passing,
    keep_session,
    passing,
    session_token,
)
from controller.web.drawing import Stranger, draw

router = APIRouter(include_in_schema=False)
# A path of this very site: neither another host's (`//host`, `/\host`) nor another scheme's.
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> HTMLResponse:  # noqa: A002
    """The page that asks for name and password."""
    return sign_in_again(request, local(next))


@router.post("/sign-in")
async def sign_in(
    request: Request,
    username: Annotated[str, Form(max_length=64)],
    password: Annotated[str, Form(max_length=1024)],
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    """Open a session and go where the visitor wanted to; or the page again, saying why not."""
    context: Context = request.scope["khaen"]
    name = username.strip().lower()
    try:
        opened = await asyncio.to_thread(log_in, context, name, password, origin_of(request))
    except CodeNeeded as half:
        return ask_code(request, half.ticket, next)
    except KhaenError as error:
        return sign_in_again(request, local(next), error, username)
    return signed_in(request, opened, next)


@router.get("/sign-in/code")
def code_page(request: Request, next: str = "/") -> Response:  # noqa: A002
    """The page of the second step: the code of the authenticator."""
    context: Context = request.scope["khaen"]
    if passing(request, context, HALF) is None:
        return RedirectResponse("/sign-in", 303)
    return _code_page(request, local(next))


@router.post("/sign-in/code")
async def sign_in_with_code(
    request: Request,
    code: Annotated[str, Form(max_length=64)],
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    """The second step: a session for a right code."""
    context: Context = request.scope["khaen"]
    ticket = passing(request, context, HALF)
    if ticket is None:
        return RedirectResponse("/sign-in", 303)
    try:
        opened = await asyncio.to_thread(confirm_log_in, context, ticket, code, origin_of(request))
    except KhaenError as error:
        return _code_page(request, local(next), error)
    return signed_in(request, opened, next)


@router.post("/sign-out")
def sign_out(request: Request) -> RedirectResponse:
    """End the session here."""
    context: Context = request.scope["khaen"]
    token = session_token(request, context)
    if token:
        log_out(context, token)
    response = RedirectResponse("/sign-in", 303)
    response.headers["clear-site-data"] = '"storage"'  # drafts of forms, see static/fill.js
    forget_session(response, request)
    return response


@router.post("/language")
def choose_language(
    request: Request,
    to: Annotated[Language, Form()],
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> RedirectResponse:
    """Read in the other language from now on."""
    response = RedirectResponse(local(next), 303)
    keep_language(response, request, to)
    return response


def local(address: str) -> str:
    """The address when it leads to a page of this site, else the home page."""
    return address if _LOCAL.fullmatch(address) else "/"


def origin_of(request: Request) -> Origin:
    """Where somebody signs in from."""
    address = request.client.host if request.client else ""
    return Origin("web", address, request.headers.get("user-agent", "")[:200])


def signed_in(request: Request, opened: SignIn, following: str) -> Response:
    """On to where the visitor wanted to go, under a new session; an older one here ends."""
    context: Context = request.scope["khaen"]
    if former := session_token(request, context):
        log_out(context, former)
    response = RedirectResponse(local(following), 303)
    keep_session(response, request, context, opened.token)
    for name in (HALF, ELSEWHERE):
        forget_passing(response, request, name)
    return response


def ask_code(request: Request, ticket: str, following: str) -> Response:
    """On to the second step."""
    context: Context = request.scope["khaen"]
    response = RedirectResponse(f"/sign-in/code?next={quote(local(following))}", 303)
    keep_passing(response, request, context, HALF, ticket)
    return response


def sign_in_again(
    request: Request, following: str, error: KhaenError | None = None, username: str = ""
) -> HTMLResponse:
    """The page that asks for name and password, and says what went wrong before."""
    context: Context = request.scope["khaen"]
    stranger = Stranger(chosen_language(request, context))
    oidc = context.settings.oidc
    drawn = draw(
        stranger,
        "sign_in.html",
        office=context.office(),
        following=following,
        error=error,
        username=username,
        elsewhere=Text(th=oidc.button_th, en=oidc.button_en) if oidc.issuer else None,
    )
    return HTMLResponse(drawn, error.http_status if error else 200)


def _code_page(request: Request, following: str, error: KhaenError | None = None) -> HTMLResponse:
    context: Context = request.scope["khaen"]
    stranger = Stranger(chosen_language(request, context))
    drawn = draw(stranger, "sign_in_code.html", following=following, error=error)
    return HTMLResponse(drawn, error.http_status if error else 200)
