"""`Idempotency-Key`: a request that arrives again is answered as it was, and does nothing twice."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from controller.accounts.actor import Actor
from controller.errors import InputError, NotAllowed, Text
from controller.operations.answer_once import Answer, answer_once, free_key, keep_answer
from controller.operations.context import Context
from controller.operations.log_in import who_am_i

HEADER = "idempotency-key"
# An answer larger than this is not kept.
LARGEST_ANSWER = 5_000_000
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_BOUNDARY = re.compile(r'boundary="?([^";]+)')
# What is left out of the fingerprint of a request: a hash of it would let passwords be guessed.
_SECRET = frozenset({"password", "code", "old", "new"})
_KEPT = ("content-type", "content-disposition", "location", "etag")


async def once(request: Request, handle: Callable[[Request], Awaitable[Response]]) -> Response:
    """The answer of `handle`, or the one it gave when the same request came before.

    Only what was done is remembered, that is answers of 200 to 299. Without a key, and for callers
    who are not known, it is as if this were not there. Errors: as `answer_once`.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method not in {"POST", "PUT", "DELETE"}:
        return await handle(request)
    context: Context = request.scope["khaen"]
    try:
        actor = await run_in_threadpool(who_am_i, context, _token(request))
    except NotAllowed:
        return await handle(request)
    if not _KEY.fullmatch(key):
        raise InputError(
            Text(
                th="Idempotency-Key ต้องเป็นอักขระ ASCII ที่มองเห็นได้ 1 ถึง 200 ตัว",
                en="an Idempotency-Key is 1 to 200 visible ASCII characters",
            )
        )
    asked = _fingerprint(request, actor, await request.body())
    known = await run_in_threadpool(answer_once, context, actor, key, asked)
    if known is not None:
        return _again(known)
    try:
        response = await handle(request)
    except BaseException:
        await run_in_threadpool(free_key, context, actor, key)
        raise
    answer = _answer(response)
    if answer is None:
        await run_in_threadpool(free_key, context, actor, key)
    else:
        await run_in_threadpool(keep_answer, context, actor, key, answer)
    return response


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _fingerprint(request: Request, actor: Actor, body: bytes) -> str:
    """Everything that was asked but secrets, and with what scopes, as a hash."""
    told = request.headers.get("content-type", "")
    boundary = _BOUNDARY.search(told)
    if boundary:  # another one each time the same form is sent
        body = body.replace(boundary[1].encode("latin-1"), b"")
    scopes = sorted(actor.scopes) if actor.scopes is not None else None
    asked = [request.method, request.url.path, request.url.query, scopes, _plain(body)]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def _plain(body: bytes) -> Any:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return hashlib.sha256(body).hexdigest()
    if isinstance(content, dict):
        return {name: content[name] for name in sorted(content) if name not in _SECRET}
    return content


def _answer(response: Response) -> Answer | None:
    """What to keep of an answer; None when nothing was done, or it is too large to keep."""
    body = getattr(response, "body", None)
    if not 200 <= response.status_code < 300 or not isinstance(body, bytes):
        return None
    if len(body) > LARGEST_ANSWER:
        return None
    headers = {name: response.headers[name] for name in _KEPT if name in response.headers}
    return Answer(response.status_code, json.dumps(headers), body)


def _again(known: Answer) -> Response:
    headers = {**json.loads(known.headers), "idempotency-replayed": "true"}
    return Response(known.body, known.status, headers)
