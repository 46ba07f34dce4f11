"""What is kept of each request: its number, one line in the log, its figures."""

from __future__ import annotations

import logging
import secrets
import time
from typing import Any

from starlette.types import Scope

from controller.server.figures import REQUESTS

access = logging.getLogger("khaen.access")
# Parts of an address that open something by themselves.
_SECRET_PARTS = frozenset({"token", "ticket", "secret", "code", "link"})


class Observed:
    """One request from its first byte to its last. `number` is told in its answer."""

    def __init__(self, scope: Scope, *, log: bool) -> None:
        self.number = secrets.token_hex(8)
        self._scope = scope
        self._path: str = scope["path"]
        self._log = log
        self._status = 0
        self._began = time.monotonic()
        scope["khaen_request"] = self.number

    def answered(self, status: int) -> None:
        """The answer begins with this status."""
        self._status = status

    def ended(self) -> None:
        """Count it, and write its line: neither queries nor bodies nor what opens something."""
        seconds = time.monotonic() - self._began
        if self._scope["type"] != "http":
            return
        method: str = self._scope["method"]
        REQUESTS.labels(_known(method), template(self._scope), str(self._status or 500)).observe(
            seconds
        )
        if self._log:
            client = self._scope.get("client") or ("-",)
            access.info(
                "%s %s",
                _known(method),
                self._shown(),
                extra={
                    "request": self.number,
                    "client": client[0],
                    "status": self._status or 500,
                    "ms": round(seconds * 1000),
                },
            )

    def _shown(self) -> str:
        parts: dict[str, Any] = self._scope.get("path_params") or {}
        path = self._path
        for name, value in parts.items():
            if name in _SECRET_PARTS and value:
                path = path.replace(str(value), "***")
        return path.encode("unicode_escape").decode("ascii")[:300]


def template(scope: Scope) -> str:
    """The route that answered as it is written (`/cases/{number}`); `other` for none of them."""
    route = scope.get("route")
    path = getattr(route, "path", None)
    if path:
        return str(path)
    for place in ("/static", "/fonts", "/_nicegui"):
        if scope["path"].startswith(place):
            return place
    return "other"


def _known(method: str) -> str:
    usual = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return method if method in usual else "other"
