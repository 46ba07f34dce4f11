"""Errors as problem+json (RFC 9457): the same content the command line gives with --json."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from controller.api.hints import with_addresses
from controller.errors import (
    InputError,
    KhaenError,
    NotSignedIn,
    Problem,
    Text,
    TooMany,
    as_problem,
)
from controller.language import Language

MEDIA = "application/problem+json"
_log = logging.getLogger(__name__)
_HTTP = {
    404: Text(th="ไม่มีที่อยู่นี้", en="there is nothing at this address"),
    405: Text(th="ที่อยู่นี้ใช้วิธีเรียกแบบนี้ไม่ได้", en="this address does not take this method"),
    413: Text(th="เนื้อหาที่ส่งใหญ่เกินไป", en="what was sent is too large"),
    415: Text(th="ที่อยู่นี้ไม่รับเนื้อหาชนิดนี้", en="this address does not take a body of this type"),
}
_NEXT = {
    404: Text(th="ดูที่อยู่ทั้งหมดใน /api/v1/openapi.json", en="/api/v1/openapi.json has them all"),
    405: Text(th="ใช้วิธีเรียกที่ระบุใน Allow", en="use a method named in Allow"),
    413: Text(th="ส่งให้เล็กลงหรือแบ่งส่ง", en="send less, or in parts"),
    415: Text(th="ส่งเป็น Content-Type: application/json", en="send Content-Type: application/json"),
}


def add_problems(app: FastAPI) -> None:
    """Let every error of the API end as a problem with the status of its kind."""
    app.add_exception_handler(KhaenError, _expected)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _bug)


def _expected(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, KhaenError)  # noqa: S101  registered for nothing else
    answer = _answer(request, error.http_status, as_problem(error))
    if isinstance(error, NotSignedIn):
        shown = "authorization" in request.headers
        told = ', error="invalid_token"' if shown else ""
        answer.headers["www-authenticate"] = f'Bearer realm="khaen"{told}'
    if isinstance(error, TooMany):
        answer.headers["retry-after"] = "3600"
    return answer


def _malformed(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    problems = tuple(
        Problem(
            path="/".join(str(part) for part in one["loc"]),
            line=0,
            column=0,
            message=Text(th=f"ใช้ไม่ได้: {one['msg']}", en=str(one["msg"])),
        )
        for one in error.errors()
    )
    told = InputError(
        Text(th="คำขอไม่ถูกต้อง", en="the request is not as this address takes it"),
        hint=Text(th="ดูรูปแบบใน /api/v1/openapi.json", en="see /api/v1/openapi.json"),
        problems=problems,
    )
    return _answer(request, told.http_status, as_problem(told))


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    status = error.status_code
    text = _HTTP.get(status, Text(th="ทำตามคำขอไม่ได้", en=str(error.detail)))
    content = {"type": "about:blank", "title": {"th": text.th, "en": text.en}, "status": status}
    if status in _NEXT:
        content["hint"] = {"th": _NEXT[status].th, "en": _NEXT[status].en}
    answer = _answer(request, status, content)
    answer.headers.update(error.headers or {})
    return answer


def _bug(request: Request, error: Exception) -> JSONResponse:
    number = secrets.token_hex(4)
    _log.error("bug %s at %s", number, request.url.path, exc_info=error)
    text = Text(
        th=f"ข้อผิดพลาดของโปรแกรม เลขที่ {number}", en=f"a bug of ours, number {number} in the log"
    )
    content = {"type": "about:khaen/Bug", "status": 500, "id": number}
    return _answer(request, 500, {**content, "title": {"th": text.th, "en": text.en}})


def _answer(request: Request, status: int, content: dict[str, Any]) -> JSONResponse:
    """`title` and `hint` in the language asked for; both languages beside it under `messages`."""
    language: Language = (
        "en" if request.headers.get("accept-language", "th").startswith("en") else "th"
    )
    messages = {k: content[k] for k in ("title", "hint") if k in content}
    if "hint" in messages:
        messages["hint"] = with_addresses(messages["hint"])
    told = {k: text[language] for k, text in messages.items()}
    return JSONResponse({**content, **told, "messages": messages}, status, media_type=MEDIA)
