"""Arista's eAPI over one kept-alive HTTPS connection whose certificate is pinned.

pyeapi's own transport makes a new TLS connection for every request, trusts any certificate, and
logs requests with the secrets in them. NAPALM takes a class like this one as its `transport`.
"""

from __future__ import annotations

import json
import socket
import ssl
import time
from http import HTTPStatus
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

from pyeapi.eapilib import CommandError, EapiConnection  # type: ignore[import-untyped]

from controller.connections import pins
from controller.connections.trouble import TroubleError

LARGEST = 32_000_000
IDLE_SECONDS = 5.0
"""After a longer pause the far end may have hung up already: a new connection is made first, since
a request that may have arrived is never sent twice."""


def _unchecked_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Switches carry certificates they signed themselves; the pin is what proves them.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


CONTEXT = _unchecked_context()


class PinnedHttps(HTTPSConnection):
    """An HTTPS connection that goes on only when the certificate is the pinned one."""

    def __init__(
        self,
        host: str,
        port: int,
        folder: Path,
        device: str,
        connect_timeout: float,
        timeout: float,
    ) -> None:
        super().__init__(host, port, timeout=connect_timeout, context=CONTEXT)
        self._pinned = (folder, device)
        self._answer_timeout = timeout

    def connect(self) -> None:
        """Connect, check the certificate, and only then let anything be sent."""
        super().connect()
        secured = self.sock
        certificate = secured.getpeercert(binary_form=True) or b""
        pins.check(*self._pinned, "tls", certificate)
        secured.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        secured.settimeout(self._answer_timeout)


class PinnedEapi(EapiConnection):  # type: ignore[misc]
    """What pyeapi sends through; the arguments are NAPALM's and our `optional_args`."""

    def __init__(
        self,
        host: str,
        username: str,
        password: str,
        timeout: float,
        port: int,
        pin_folder: Path,
        pin_name: str,
        connect_timeout: float,
    ) -> None:
        super().__init__()
        self.authentication(username, password)
        self.transport = PinnedHttps(host, port, pin_folder, pin_name, connect_timeout, timeout)
        self._last = 0.0

    def send(self, data: str) -> dict[str, Any]:
        """Post one JSON-RPC request; `CommandError` when the device rejects a command."""
        if time.monotonic() - self._last > IDLE_SECONDS:
            self.transport.close()
        status, body = self._post(data.encode())
        self._last = time.monotonic()
        if status == HTTPStatus.UNAUTHORIZED:
            raise TroubleError("login")
        try:
            answer = json.loads(body)
        except ValueError as error:
            # Not the body: it may hold half of a secret.
            raise TroubleError("garbage", f"HTTP {status}, no JSON") from error
        if isinstance(answer, dict) and isinstance(answer.get("error"), dict):
            raise _rejected(answer["error"])
        if not isinstance(answer, dict) or not isinstance(answer.get("result"), list):
            raise TroubleError("garbage", f"HTTP {status}, no result")
        return answer

    def _post(self, data: bytes) -> tuple[int, bytes]:
        name, value = self._auth
        headers = {"Content-Type": "application/json-rpc", name: value}
        whole = False
        try:
            self.transport.request("POST", "/command-api", data, headers)
            response = self.transport.getresponse()
            body = response.read(LARGEST)
            whole = not response.length
        finally:
            if not whole:
                self.transport.close()
        if not whole:
            raise EOFError
        return response.status, body

    def is_alive(self) -> dict[str, bool]:
        """Whether there is a connection: NAPALM's finalizer asks before it closes."""
        return {"is_alive": self.transport.sock is not None}

    def close(self) -> None:
        """Hang up."""
        self.transport.close()


def _rejected(error: dict[str, Any]) -> CommandError:
    """The exception NAPALM looks for; the device may have left anything out."""
    code, data = error.get("code"), error.get("data")
    entries = [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []
    reasons = [str(reason) for each in entries for reason in each.get("errors") or ()]
    return CommandError(
        code if isinstance(code, int) else 0,
        str(error.get("message")),
        command_error=", ".join(reasons),
        output=entries,
    )
