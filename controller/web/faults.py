"""What nobody expected: told with a number for the log, never with what is inside."""

from __future__ import annotations

import logging
import secrets

from nicegui import App, ui
from nicegui.client import Client
from starlette.requests import Request
from starlette.responses import HTMLResponse

from controller.errors import KhaenError, NotFound, Text
from controller.operations.context import Context
from controller.web.cookies import chosen_language
from controller.web.drawing import Stranger, draw, put
from controller.web.visit import Visit

_log = logging.getLogger(__name__)


def tell_faults(app: App) -> None:
    """Let addresses there are not, and pages that break, end as pages of ours."""
    app.add_exception_handler(404, _nothing_here)
    app.on_page_exception(_broken_page)


def tell_broken_presses(client: Client, visit: Visit) -> None:
    """Let a button that breaks say so on the page; without it nothing at all would happen."""
    client.on_exception(lambda error: visit.tell_error(_bug(error)))


async def _nothing_here(request: Request, _error: Exception) -> HTMLResponse:
    error = NotFound(Text(th="ไม่มีหน้านี้", en="there is no such page"))
    context: Context = request.scope["khaen"]
    reader = Stranger(chosen_language(request, context))
    return HTMLResponse(draw(reader, "error.html", error=error, problems=()), error.http_status)


def _broken_page(error: Exception) -> None:
    request = ui.context.client.request
    ui.add_head_html('<link rel="stylesheet" href="/static/style.css">')
    reader = Stranger(chosen_language(request, request.scope["khaen"]))
    put(reader, "fault.html", error=_bug(error)).classes("page")


def _bug(error: Exception) -> KhaenError:
    number = secrets.token_hex(4)
    _log.error("bug %s on a page", number, exc_info=error)
    return KhaenError(
        Text(
            th=f"ข้อผิดพลาดของโปรแกรม เลขที่ {number}",
            en=f"a bug of ours, number {number} in the server's log",
        ),
        hint=Text(
            th="ลองอีกครั้ง ถ้ายังเป็นอยู่ แจ้งเลขที่นี้ให้ผู้ดูแลระบบ",
            en="try again; if it stays, tell the administrator this number",
        ),
    )
