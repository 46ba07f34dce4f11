"""Puts the application together: API, pages, what every answer carries, who may ask."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.types import ASGIApp

from controller.api.application import make_api
from controller.operations.context import Context
from controller.server.guard import Guard
from controller.server.watching import router
from controller.web.mount import mount


def build(context: Context, *, pages: bool = True) -> ASGIApp:
    """The whole application over an open context.

    `pages`: with the web. Only once in a process, as NiceGUI keeps one application of its own.
    """
    app: FastAPI = make_api()
    app.include_router(router)
    if pages:
        mount(app)
    return Guard(app, context)
