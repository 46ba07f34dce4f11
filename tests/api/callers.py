"""The API over a new office, in this process, and the people who call it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from fastapi import FastAPI
from starlette.types import ASGIApp

from controller.api.application import make_api
from controller.app import open_app
from controller.operations.context import Context
from controller.server.guard import Guard
from tests.operations.office import Desk
from tests.server.served import make_office, password_of
from tests.store.clock import Clock

HERE = "http://khaen.test"


@dataclass
class Callers:
    """An office whose API is called without a socket; `desk` puts cases where a test needs them."""

    desk: Desk
    app: FastAPI
    transport: httpx.BaseTransport
    stranger: httpx.Client
    _known: dict[str, httpx.Client] = field(default_factory=dict)

    @property
    def context(self) -> Context:
        """The wired program."""
        return self.desk.context

    def person(self, username: str) -> httpx.Client:
        """Somebody with the token of a session."""
        if username not in self._known:
            told = {"username": username, "password": password_of(username)}
            answer = self.stranger.post("/api/v1/sessions", json=told)
            assert answer.status_code == 201, answer.text
            self._known[username] = self.bearer(answer.json()["token"])
        return self._known[username]

    def bearer(self, token: str) -> httpx.Client:
        """Whoever shows this token."""
        client = httpx.Client(transport=self.transport, base_url=HERE)
        client.headers["Authorization"] = f"Bearer {token}"
        return client


@contextmanager
def calling(root: Path) -> Iterator[Callers]:
    """The API over a new office in `root`, with the clock of this machine."""
    make_office(root)
    with open_app(root, apart=True) as context:
        app = make_api()
        transport = _InProcess(Guard(app, context))
        stranger = httpx.Client(transport=transport, base_url=HERE)
        yield Callers(Desk(context, _Now()), app, transport, stranger)


class _InProcess(httpx.BaseTransport):
    """Calls an application in this process and waits for its whole answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._called = httpx.ASGITransport(app=app, raise_app_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request, from its first byte to the last of its answer."""

        async def answered() -> httpx.Response:
            again = httpx.Request(
                request.method, request.url, headers=request.headers, content=request.read()
            )
            answer = await self._called.handle_async_request(again)
            content = await answer.aread()
            return httpx.Response(
                answer.status_code, headers=answer.headers, stream=httpx.ByteStream(content)
            )

        return asyncio.run(answered())


class _Now(Clock):
    """The real time, where a desk wants a clock."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)
