"""What was measured on a device over time, for programs that draw or count."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.health.graphs import Range
from controller.operations.show_graph import show_graph
from controller.store.archive.series import Series

router = make_router("/devices", "devices")


class LineShown(BaseModel):
    """One line: bucket `i` begins `i * seconds` after `start`; null where nothing is known.

    `samples` polls are behind it.
    """

    metric: str = Field(examples=["in_bps"])
    unit: str = Field(examples=["bit/s"])
    start: datetime
    seconds: int = Field(examples=[300])
    min: list[float | None]
    mean: list[float | None]
    max: list[float | None]
    samples: int


class GraphShown(BaseModel):
    """A graph and its lines. `damaged` names files of the archive that should have told more."""

    device: str
    metric: str
    port: str | None
    since: datetime
    until: datetime
    lines: list[LineShown]
    damaged: tuple[str, ...]


@router.get("/{name}/graphs/{metric}", operation_id="show_graph")
def read_graph(
    asked: Asked,
    name: str,
    metric: str,
    port: Annotated[
        str | None, Query(max_length=200, description="A port, or a sensor by its name")
    ] = None,
    span: Annotated[Range, Query(alias="range", description="The last hour, day, …")] = "day",
    since: Annotated[AwareDatetime | None, Query(description="Instead of a range")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Now, when absent")] = None,
    points: Annotated[int, Query(ge=1, le=2000, description="About how many buckets")] = 400,
) -> GraphShown:
    """How a metric went: cpu, memory, temperature, up, round_trip, poe, clients; of a port
    traffic, errors, discards, up; of a sensor its kind.

    Long ranges are told by means of hours or days, with the lowest and highest of each.
    """
    found = asked.ask(
        show_graph, name, metric, port, span=span, since=since, until=until, points=points
    )
    return GraphShown(
        device=found.device,
        metric=found.metric,
        port=found.port,
        since=found.since,
        until=found.until,
        lines=[_line(line) for line in found.series],
        damaged=found.damaged,
    )


def _line(line: Series) -> LineShown:
    return LineShown(
        metric=line.metric,
        unit=line.unit,
        start=line.start,
        seconds=line.seconds,
        min=list(line.low),
        mean=list(line.mean),
        max=list(line.high),
        samples=line.samples,
    )
