"""The API as one FastAPI application; the web and what runs beside it are added to it."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

import controller
from controller.api import cases
from controller.api.problems import add_problems

ROUTERS: tuple[APIRouter, ...] = (cases.router,)


def make_api() -> FastAPI:
    """The API below /api/v1. Each request's scope must carry the open `Context` under `khaen`."""
    app = FastAPI(
        title="Khaen",
        version=controller.__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    for router in ROUTERS:
        app.include_router(router, prefix="/api/v1")
    add_problems(app)
    return app
