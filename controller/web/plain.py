"""What the script of a page asks for: a signed-in visitor, and errors told as JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from controller.accounts.actor import Actor
from controller.errors import KhaenError, NotAllowed, Text
from controller.web.visit import Visit, visit_of

_ENDED = NotAllowed(
    Text(th="หมดเวลาเข้าสู่ระบบแล้ว", en="your session has ended"),
    hint=Text(
        th="เข้าสู่ระบบใหม่ในอีกหน้าต่างหนึ่ง แล้วกดส่งอีกครั้ง สิ่งที่กรอกไว้ยังอยู่",
        en="sign in again in another window, then send this again; nothing typed is lost",
    ),
)


async def answered(request: Request, work: Callable[[Visit, Actor], Response]) -> Response:
    """What `work` answers for the visitor, beside the server's own thread.

    An expected error is `{"message", "hint"}` in the visitor's language, with its HTTP status; 401
    without a session.
    """
    visit = visit_of(request)
    if visit is None:
        words = {"message": "\n".join(_ENDED.message.both), "hint": ""}
        return JSONResponse(words, 401)
    try:
        actor = visit.actor()
    except NotAllowed:
        return JSONResponse(told(visit, _ENDED), 401)
    try:
        return await asyncio.to_thread(work, visit, actor)
    except KhaenError as error:
        return JSONResponse(told(visit, error), error.http_status)


def told(visit: Visit, error: KhaenError) -> dict[str, object]:
    """An error as a script shows it."""
    return {"message": visit.w(error.message), "hint": visit.w(error.hint) if error.hint else ""}
