"""Signing in and out, and the language: plain pages that need no script."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from controller.errors import KhaenError
from controller.language import Language
from controller.operations.context import Context
from controller.operations.log_in import log_in, log_out
from controller.web.cookies import (
    chosen_language,
    forget_session,
    keep_language,
    keep_session,
    session_token,
)
from controller.web.drawing import draw

router = APIRouter(include_in_schema=False)
# A path of this very site: neither another host's (`//host`, `/\host`) nor another scheme's.
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


@dataclass(frozen=True)
class _Stranger:
    """Somebody who has not signed in yet."""

    language: Language


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> HTMLResponse:  # noqa: A002
    """The page that asks for name and password."""
    return _page(request, local(next))


@router.post("/sign-in")
async def sign_in(
    request: Request,
    username: Annotated[str, Form(max_length=64)],
    password: Annotated[str, Form(max_length=1024)],
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    """Open a session and go where the visitor wanted to; or the page again, saying why not."""
    context: Context = request.scope["khaen"]
    try:
        opened = await asyncio.to_thread(log_in, context, username.strip().lower(), password)
    except KhaenError as error:
        return _page(request, local(next), error, username)
    response = RedirectResponse(local(next), 303)
    keep_session(response, request, context, opened.token)
    return response


@router.post("/sign-out")
def sign_out(request: Request) -> RedirectResponse:
    """End the session here."""
    context: Context = request.scope["khaen"]
    token = session_token(request, context)
    if token:
        log_out(context, token)
    response = RedirectResponse("/sign-in", 303)
    forget_session(response)
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


def _page(
    request: Request, following: str, error: KhaenError | None = None, username: str = ""
) -> HTMLResponse:
    context: Context = request.scope["khaen"]
    drawn = draw(
        _Stranger(chosen_language(request, context)),
        "sign_in.html",
        office=context.office(),
        following=following,
        error=error,
        username=username,
    )
    return HTMLResponse(drawn, error.http_status if error else 200)
