"""How every address of the API answers: what it takes, and when nothing has changed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from fastapi import APIRouter, Request, Response
from fastapi.params import Form
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from controller.api.repeating import once
from controller.api.versions import matches
from controller.errors import InputError, Text

_JSON = re.compile(r"application/([\w.-]+\+)?json", re.IGNORECASE)
_ESCAPED = re.compile(rb"\\u(0000|d[89a-f])", re.IGNORECASE)


class Route(APIRoute):
    """One address: refuses text no database takes, says 413, 415 and 304 where they are due.

    `largest` is the largest body it takes, in bytes. `keeps`: what it answers may be kept for a
    while under an `Idempotency-Key`.
    """

    largest: ClassVar[int] = 1_000_000
    keeps: ClassVar[bool] = True

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own handler with what stands before and after it."""
        handle = super().get_route_handler()
        takes_json = self.body_field is not None and not isinstance(
            self.body_field.field_info, Form
        )

        async def answered(request: Request) -> Response:
            request = Request(request.scope, _limited(request, self.largest))
            await _check(request, takes_json=takes_json)
            answer = await (once(request, handle) if self.keeps else handle(request))
            return _conditional(request, answer)

        return answered


class Secret(Route):
    """One address whose answer is a secret that is shown once: it is never kept."""

    keeps: ClassVar[bool] = False


class Upload(Route):
    """One address that takes a file of up to 20 MB, and what a form puts around it."""

    largest: ClassVar[int] = 20_100_000


def make_router(prefix: str, tag: str, *, route: type[Route] = Route) -> APIRouter:
    """The router of one resource below /api/v1; `tag` is explained in `description.TAGS`."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=route)


def _limited(request: Request, largest: int) -> Receive:
    """What is received, as long as it is not too much. Errors: `HTTPException` 413."""
    told = request.headers.get("content-length", "0")
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        if told.isdecimal() and int(told) > largest:
            raise HTTPException(413)
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > largest:
            raise HTTPException(413)
        return message

    return receive


async def _check(request: Request, *, takes_json: bool) -> None:
    """Refuse what cannot be read. Errors: `HTTPException` 415; `InputError`."""
    if "\0" in request.url.path + request.url.query or any(
        "\0" in value for value in (*request.query_params.values(), *request.path_params.values())
    ):
        raise _unstorable()
    if not takes_json:
        return
    body = await request.body()
    if body and not _JSON.match(request.headers.get("content-type", "")):
        raise HTTPException(415, headers={"Accept": "application/json"})
    if _ESCAPED.search(body):
        _check_text(body)


def _check_text(body: bytes) -> None:
    """Refuse half of a pair of surrogates, and NUL; what is no JSON is told of later."""
    try:
        text = json.dumps(json.loads(body), ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        raise _unstorable() from None
    except (ValueError, RecursionError):
        return
    if "\\u0000" in text:
        raise _unstorable()


def _unstorable() -> InputError:
    return InputError(
        Text(
            th="ข้อความมีอักขระที่เก็บไม่ได้ (NUL หรือครึ่งคู่ของ UTF-16)",
            en="the text holds what cannot be stored: NUL, or half of a UTF-16 pair",
        ),
        hint=Text(th="ส่งเป็น UTF-8 ที่ถูกต้อง", en="send proper UTF-8"),
    )


def _conditional(request: Request, response: Response) -> Response:
    """Name the version of what is read; say only 304 to whoever has that version already."""
    if request.method != "GET" or response.status_code != 200:
        return response
    if "etag" not in response.headers:
        if not isinstance(response.body, bytes):
            return response
        response.headers["etag"] = f'W/"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    if not matches(request.headers.get("if-none-match"), response.headers["etag"]):
        return response
    kept = {k: v for k, v in response.headers.items() if k in {"etag", "link", "vary"}}
    return Response(status_code=304, headers=kept)
