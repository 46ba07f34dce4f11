"""Puts the pages on a FastAPI application."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI
from nicegui import app as nicegui_app
from nicegui import core, ui
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from controller.web import pages, signin

__all__ = ["mount", "pages"]

_here = files("controller.web")


def mount(app: FastAPI) -> None:
    """Add the plain pages (signing in), the style sheet and fonts, then every NiceGUI page.

    Each request's scope must carry the open `Context` under `khaen`. Once in a process: NiceGUI
    keeps its pages in one application of its own.
    """
    app.include_router(signin.router)
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
    )
    nicegui_app.colors(primary="#14532d")
