"""A plan as a file that can be read and checked anywhere."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.read_plan import read_plan
from controller.plans.verify import export_bytes
from controller.web.download import download

router = APIRouter(include_in_schema=False)


@router.get("/plans/{plan_id}/export")
def export(request: Request, plan_id: str) -> Response:
    """The plan's canonical export, which `khaen plan verify` proves with nothing but the file."""

    def make(context: Context, actor: Actor) -> bytes:
        return export_bytes(read_plan(context, actor, plan_id))

    return download(request, f"plan-{plan_id[:12]}.json", "application/json", make)
