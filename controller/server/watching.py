"""For whoever watches the server: is it alive."""

from __future__ import annotations

from fastapi import APIRouter, Request

from controller.operations.context import Context

router = APIRouter()


@router.get("/healthz", tags=["server"])
def healthz(request: Request) -> dict[str, str]:
    """`{"state": "ok"}` when the history can be read. Errors: 503."""
    context: Context = request.scope["khaen"]
    with context.store.read():
        return {"state": "ok"}
