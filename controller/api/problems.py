"""Errors as problem+json (RFC 9457): the same content the command line gives with --json."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from controller.errors import InputError, KhaenError, Problem, Text, as_problem
from controller.language import Language

MEDIA = "application/problem+json"
_log = logging.getLogger(__name__)


def add_problems(app: FastAPI) -> None:
    """Let every error of the API end as a problem with the status of its kind."""
    app.add_exception_handler(KhaenError, _expected)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _bug)


def _expected(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, KhaenError)  # noqa: S101  registered for nothing else
    return _answer(request, error.http_status, as_problem(error))


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
    words = {404: Text(th="ไม่มีที่อยู่นี้", en="there is nothing at this address")}
    text = words.get(error.status_code, Text(th="ทำตามคำขอไม่ได้", en=str(error.detail)))
    content = {"type": "about:blank", "title": {"th": text.th, "en": text.en}}
    answer = _answer(request, error.status_code, {**content, "status": error.status_code})
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
    told = {k: text[language] for k, text in messages.items()}
    return JSONResponse({**content, **told, "messages": messages}, status, media_type=MEDIA)
