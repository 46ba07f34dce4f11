"""The cookies of the web: the session's token, signed, and the language."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from itsdangerous import BadSignature, Signer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from controller.language import Language
from controller.operations.context import Context

SESSION = "khaen_session"
LANGUAGE = "khaen_language"
_YEAR = 365 * 24 * 3600


def session_token(request: HTTPConnection, context: Context) -> str | None:
    """The token in the session's cookie; None without one, or when its signature is not ours."""
    signed = request.cookies.get(SESSION, "")
    try:
        return _signer(context.folder).unsign(signed).decode()
    except BadSignature:
        return None


def keep_session(response: Response, request: HTTPConnection, context: Context, token: str) -> None:
    """Put the token into the answer: signed, unreadable for scripts, gone with the browser."""
    response.set_cookie(
        SESSION,
        _signer(context.folder).sign(token).decode(),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def forget_session(response: Response) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(SESSION, httponly=True, samesite="lax")


def chosen_language(request: HTTPConnection, context: Context) -> Language:
    """The language chosen by the switch, else that of the workspace."""
    word = request.cookies.get(LANGUAGE)
    return "th" if word == "th" else "en" if word == "en" else context.settings.language


def keep_language(response: Response, request: HTTPConnection, language: Language) -> None:
    """Remember the language for a year."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        LANGUAGE, language, max_age=_YEAR, httponly=True, samesite="lax", secure=secure
    )


@lru_cache
def _signer(folder: Path) -> Signer:
    """Signs with a key only this installation has, made when it is first needed."""
    return Signer(_key(folder / "keys" / "web.key"), salt="khaen-session")


def _key(file: Path) -> bytes:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(secrets.token_bytes(32))
    try:
        os.link(fresh, file)  # of two processes that start at once, one makes the key
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return file.read_bytes()
