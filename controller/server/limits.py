"""How much one request may bring, and how long it may take to bring it."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY = 25 * 1024 * 1024
# A photo from a phone on a slow line takes a while; whoever sends a byte a second does not want in.
SECONDS = 120
TOO_LARGE = (
    "คำขอใหญ่เกิน 25 MB ลดขนาดไฟล์แล้วส่งใหม่\nthe request is larger than 25 MB; send smaller files\n"
)
TOO_SLOW = "รับคำขอไม่ครบในเวลาที่กำหนด\nthe request did not arrive in time\n"


def says_too_much(headers: Headers) -> bool:
    """Whether a request announces more than `BODY` bytes, or something that is no number."""
    announced = headers.get("content-length")
    return announced is not None and (not announced.isdecimal() or int(announced) > BODY)


class Limited:
    """The body of one request, counted whatever was announced, and timed.

    Reading more than `BODY` bytes, or waiting longer than `SECONDS` for all of it, raises
    `ClientDisconnect`, which nobody takes for a body; `refusal` then says what to answer.
    """

    def __init__(self, receive: Receive) -> None:
        self.refusal: tuple[int, str] | None = None
        self._receive = receive
        self._began = asyncio.get_running_loop().time()
        self._came = 0
        self._complete = False

    async def receive(self) -> Message:
        """The next piece."""
        if self._complete:
            return await self._receive()  # waits for the other side to leave, however long
        left = SECONDS - (asyncio.get_running_loop().time() - self._began)
        try:
            message = await asyncio.wait_for(self._receive(), max(left, 0.001))
        except TimeoutError:
            self.refusal = (408, TOO_SLOW)
            raise ClientDisconnect from None
        self._came += len(message.get("body", b""))
        self._complete = message["type"] != "http.request" or not message.get("more_body", False)
        if self._came > BODY:
            self.refusal = (413, TOO_LARGE)
            raise ClientDisconnect
        return message


async def limit(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """The application with its body limited; what it makes of a body cut off is not sent."""
    body = Limited(receive)

    async def answer(message: Message) -> None:
        if body.refusal is None:
            await send(message)

    try:
        await app(scope, body.receive, answer)
    except ClientDisconnect:
        if body.refusal is None:
            raise
    if body.refusal is not None:
        status, told = body.refusal
        headers = {"connection": "close"}
        await PlainTextResponse(told, status, headers)(scope, receive, send)
