"""What stands before every request: where it came from, and what each answer carries."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from controller.operations.context import Context

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# NiceGUI builds its pages from scripts in the page; the plain pages have none at all.
_STRICT = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_PAGES = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' ws: wss:; object-src 'none'; form-action 'self'; base-uri 'self'; "
    "frame-ancestors 'self'"
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Refuses what another site's page sends, hands the context on, adds security headers."""

    def __init__(self, app: ASGIApp, context: Context) -> None:
        self._app = app
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, socket, or the server's own start and end."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope["khaen"] = self._context
        if not _from_here(scope):
            await _refuse(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, answer)


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
    from_nicegui = "x-nicegui-content" in headers
    headers.setdefault("content-security-policy", _PAGES if from_nicegui else _STRICT)
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
