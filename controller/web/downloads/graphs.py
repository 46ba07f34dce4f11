"""Graphs as pictures, drawn here: no script, and one can keep or print them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from controller.accounts.actor import Actor
from controller.operations.context import Context
from controller.operations.show_graph import show_graph
from controller.web.cookies import chosen_language
from controller.web.download import download
from controller.web.drawing import Stranger, draw
from controller.web.parts.chart import SMALL, WIDE, chart

router = APIRouter(include_in_schema=False)
# A picture of 358 points has room for half as many buckets as one of 720.
_POINTS = {"small": 150, "wide": 400}


@router.get("/devices/{name}/graphs/{metric}.svg")
def graph(
    request: Request,
    name: str,
    metric: str,
    port: str | None = None,
    range: str = "day",  # noqa: A002  what it is called in the address
    size: str = "wide",
) -> Response:
    """`?range=` hour, day, week, month or year; `?port=` a port or sensor; `?size=small`."""
    small = size == "small"

    def make(context: Context, actor: Actor) -> bytes:
        points = _POINTS["small" if small else "wide"]
        found = show_graph(context, actor, name, metric, port, span=range, points=points)
        language = chosen_language(request, request.scope["khaen"])
        reader = Stranger(language)
        title = f"{found.device} {found.port or ''}".strip()
        laid_out = chart(found, language, SMALL if small else WIDE)
        return draw(reader, "graph/picture.html", chart=laid_out, title=title).encode()

    return download(request, f"{name}-{metric}.svg", "image/svg+xml", make)
