"""What stands before every request: where it came from, how big it is, what each answer carries."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from controller.operations.context import Context
from controller.server.limits import TOO_LARGE, limit, says_too_much
from controller.server.observed import Observed

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9a-fA-F:.]+\](:\d+)?")
# The plain pages have no script at all.
_STRICT = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# NiceGUI builds its pages from scripts in the page. `script-src-attr` takes away what markup that
# slipped in would have to use; frames are our own papers.
_PAGES = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; script-src-attr 'none'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'{sockets}; frame-src 'self'; object-src 'none'; form-action 'self'; "
    "base-uri 'self'; frame-ancestors 'none'"
)
# Papers stand in frames of our own pages; the reader of the browser brings its own styles.
_PAPERS = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
# Whatever else somebody may have handed in: nothing in it runs, whoever opens it.
_FILES = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Refuses what another site's page sends and what is too big, hands the context on, adds
    security headers and the request's number."""

    def __init__(self, app: ASGIApp, context: Context) -> None:
        self._app = app
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, socket, or the server's own start and end."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope["khaen"] = self._context
        seen = Observed(scope, log=self._context.settings.web.access_log)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = seen.number
                _add_headers(headers, scope)
                seen.answered(message["status"])
            await send(message)

        try:
            await self._let_in(scope, receive, answer)
        finally:
            seen.ended()

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _from_here(scope):
            await _refuse(scope, receive, send)
        elif scope["type"] == "http" and says_too_much(Headers(scope=scope)):
            await PlainTextResponse(TOO_LARGE, 413)(scope, receive, send)
        elif scope["type"] == "http":
            await limit(self._app, scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _from_here(scope: Scope) -> bool:
    """Whether a request that changes something, or a socket, comes from a page of this site.

    Programs that send a bearer token have no cookie to be abused. A browser says where a request
    comes from; what says nothing is refused.
    """
    headers = Headers(scope=scope)
    if scope["type"] == "http":
        if scope["method"] in _SAFE or "authorization" in headers:
            return True
        if scope["path"].startswith("/api/"):
            return True  # no cookie opens anything there
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == headers.get("host")
    return headers.get("sec-fetch-site") == "same-origin"


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    told = "คำขอนี้มาจากเว็บอื่น จึงไม่รับ\nthis request comes from another site and is refused\n"
    await PlainTextResponse(told, 403)(scope, receive, send)


def _add_headers(headers: MutableHeaders, scope: Scope) -> None:
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    headers.setdefault("content-security-policy", _policy(headers, scope))
    if scope["scheme"] == "https":
        headers.setdefault("strict-transport-security", "max-age=31536000")
    if (kept := _kept(scope["path"])) != "no-store":
        headers["cache-control"] = kept
    headers.setdefault("cache-control", "no-store")


def _kept(path: str) -> str:
    """How long a browser may keep an answer: what is somebody's, never."""
    if path.startswith("/_nicegui/") and "/dynamic_resources/" not in path:
        return "public, max-age=31536000, immutable"  # the address holds NiceGUI's version
    if path.startswith("/fonts/"):
        return "public, max-age=604800"
    return "no-cache" if path.startswith("/static/") else "no-store"


def _policy(headers: MutableHeaders, scope: Scope) -> str:
    if "x-nicegui-content" in headers:
        host = Headers(scope=scope).get("host", "")
        # Not every browser counts the page's own sockets as 'self'.
        sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
        return _PAGES.format(sockets=sockets)
    kind = headers.get("content-type", "").partition(";")[0]
    if kind == "application/pdf":
        return _PAPERS
    return _STRICT if kind in {"", "text/html", "text/css", "application/json"} else _FILES
