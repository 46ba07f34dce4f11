"""The cookies of the web: the session's token and what leads to one, signed; the language."""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path

from itsdangerous import BadSignature, Signer, TimestampSigner
from starlette.requests import HTTPConnection
from starlette.responses import Response

from controller.language import Language
from controller.operations.context import Context
from controller.store.sealing import key_file

SESSION = "khaen_session"
LANGUAGE = "khaen_language"
# Between the password and the code; between leaving for the office's provider and coming back.
HALF = "khaen_half"
ELSEWHERE = "khaen_elsewhere"
_YEAR = 365 * 24 * 3600
_MINUTES = 10 * 60


def session_token(request: HTTPConnection, context: Context) -> str | None:
    """The token in the session's cookie; None without one, or when its signature is not ours."""
    signed = request.cookies.get(_name(SESSION, request), "")
    try:
        return _signer(context.folder).unsign(signed).decode()
    except BadSignature:
        return None


def keep_session(response: Response, request: HTTPConnection, context: Context, token: str) -> None:
    """Put the token into the answer: signed, unreadable for scripts, gone with the browser."""
    _put(response, request, SESSION, _signer(context.folder).sign(token).decode(), None)


def forget_session(response: Response, request: HTTPConnection) -> None:
    """Take the session's cookie away."""
    _put(response, request, SESSION, "", 0)


def passing(request: HTTPConnection, context: Context, name: str) -> str | None:
    """What `keep_passing` kept under `name` at most ten minutes ago, by us."""
    try:
        signer = _passing_signer(context.folder, name)
        return signer.unsign(request.cookies.get(_name(name, request), ""), _MINUTES).decode()
    except BadSignature:
        return None


def keep_passing(
    response: Response, request: HTTPConnection, context: Context, name: str, text: str
) -> None:
    """Keep a text in the browser for ten minutes: signed, not sealed, its owner may read it."""
    signed = _passing_signer(context.folder, name).sign(text).decode()
    _put(response, request, name, signed, _MINUTES)


def forget_passing(response: Response, request: HTTPConnection, name: str) -> None:
    """Take such a cookie away."""
    _put(response, request, name, "", 0)


def chosen_language(request: HTTPConnection, context: Context) -> Language:
    """The language chosen by the switch, else that of the workspace."""
    word = request.cookies.get(LANGUAGE)
    return "th" if word == "th" else "en" if word == "en" else context.settings.language


def keep_language(response: Response, request: HTTPConnection, language: Language) -> None:
    """Remember the language for a year."""
    response.set_cookie(
        LANGUAGE, language, max_age=_YEAR, httponly=True, samesite="lax", secure=_secure(request)
    )


def _put(
    response: Response, request: HTTPConnection, name: str, value: str, seconds: int | None
) -> None:
    response.set_cookie(
        _name(name, request),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=_secure(request),
    )


def _name(name: str, request: HTTPConnection) -> str:
    """With the prefix no other host and no plain connection can set a cookie of this name."""
    return f"__Host-{name}" if _secure(request) else name


def _secure(request: HTTPConnection) -> bool:
    return request.url.scheme in {"https", "wss"}


@lru_cache
def _signer(folder: Path) -> Signer:
    """Signs with a key only this installation has, made when it is first needed."""
    return Signer(_key(folder / "keys" / "web.key"), salt="khaen-session")


@lru_cache
def _passing_signer(folder: Path, name: str) -> TimestampSigner:
    return TimestampSigner(_key(folder / "keys" / "web.key"), salt=name)


def _key(file: Path) -> bytes:
    return key_file(file, lambda: secrets.token_bytes(32))
