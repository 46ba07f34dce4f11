"""Puts the pages on a FastAPI application."""

from __future__ import annotations

from functools import partial
from importlib.resources import files

from fastapi import FastAPI
from nicegui import app as nicegui_app
from nicegui import core, ui
from nicegui.middlewares import RedirectWithPrefixMiddleware, SetCacheControlMiddleware
from nicegui.translations import translations
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from controller.web import account_forms, filling, oidc, pages, shared_survey, signin
from controller.web.downloads import ROUTERS
from controller.web.faults import tell_faults

__all__ = ["mount", "pages"]

_here = files("controller.web")
_NEEDLESS: tuple[object, ...] = (RedirectWithPrefixMiddleware, SetCacheControlMiddleware)
# NiceGUI has no Thai of its own for what it says when the connection breaks.
_LOST = {
    "connection_lost": "การเชื่อมต่อขาดหาย",
    "trying_to_reconnect": "กำลังเชื่อมต่อใหม่ …",
    "message_too_long": "ข้อมูลยาวเกินไป",
    "message_too_long_body": "ข้อมูลใหญ่เกินกว่าจะส่งได้ในครั้งเดียว",
}


def mount(app: FastAPI) -> None:
    """Add signing in, downloads, the style sheet and fonts, then every NiceGUI page.

    Each request's scope must carry the open `Context` under `khaen`. Once in a process: NiceGUI
    keeps its pages in one application of its own.
    """
    app.include_router(signin.router)
    app.include_router(oidc.router)
    app.include_router(account_forms.router)
    app.include_router(filling.router)
    app.include_router(shared_survey.router)
    for router in ROUTERS:
        app.include_router(router)
    app.routes.append(Mount("/static", StaticFiles(directory=str(_here / "static"))))
    fonts = str(files("controller.documents") / "fonts")
    app.routes.append(Mount("/fonts", StaticFiles(directory=fonts)))
    core.sio.eio.cors_allowed_origins = None  # a page of another site may not listen in
    ui.run_with(
        app,
        title="แคน",
        language="th",
        tailwind=False,
        binding_refresh_interval=None,
        message_history_length=100,
        show_welcome_message=False,
        favicon=str(_here / "static" / "favicon.svg"),
        gzip_middleware_factory=partial(GZipMiddleware, compresslevel=4),
    )
    # Of NiceGUI's own layers only the compression stays. The others wrap every answer, and report
    # a bug whenever a reader goes away before it is there; the guard says what may be cached.
    layers = nicegui_app.user_middleware
    layers[:] = [layer for layer in layers if layer.cls not in _NEEDLESS]
    translations["th"] = _LOST
    tell_faults(nicegui_app)
    nicegui_app.colors(primary="#14532d")
