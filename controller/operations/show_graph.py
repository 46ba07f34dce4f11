"""Read how something measured on a device went over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from controller.accounts.actor import Actor, require
from controller.errors import InputError, Text
from controller.health.graphs import Graph, Scale, graph_of, limits_of, scale_for, span_of
from controller.operations.context import Context
from controller.operations.show_device import visible_device
from controller.store.archive.series import Series


@dataclass(frozen=True)
class GraphView:
    """A graph of `device`: each line of `graph` as a series of the same buckets.

    From `since` to `until`. `scale` is how people read its values; `floor` and `ceiling` what its
    axis always shows.
    """

    device: str
    site: str
    metric: str
    port: str | None
    graph: Graph
    since: datetime
    until: datetime
    series: tuple[Series, ...]
    scale: Scale
    floor: float
    ceiling: float | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known."""
        return not any(line.samples for line in self.series)

    @property
    def damaged(self) -> tuple[str, ...]:
        """Files of the archive that should have told more."""
        return tuple(sorted({name for line in self.series for name in line.damaged}))


def show_graph(
    context: Context,
    actor: Actor,
    device: str,
    metric: str,
    port: str | None = None,
    *,
    span: str = "day",
    since: datetime | None = None,
    until: datetime | None = None,
    points: int = 400,
) -> GraphView:
    """A graph over the last `span` (hour, day, week, month, year), or from `since` to `until`.

    Errors: `NotFound`, also for a school that asks for another one's device; `InputError` for a
    graph or range there is not, or a time that ends before it begins; `StoreError`.
    """
    require(actor, "show_health")
    found = visible_device(context.inventory(), actor, device)
    graph = graph_of(metric, port)
    end = until or context.clock()
    begin = since or end - span_of(span)
    if begin >= end:
        raise InputError(
            Text(th="เวลาเริ่มต้องมาก่อนเวลาสิ้นสุด", en="the time ends before it begins"),
            hint=Text(th="ระบุเวลาเริ่มให้ก่อนเวลาสิ้นสุด", en="give a beginning before the end"),
        )
    metrics = [line.metric for line in graph.lines]
    lines = context.archive().lines(found.name, metrics, port, begin, end, points)
    unit = lines[0].unit
    peak = max((line.peak for line in lines if line.peak is not None), default=None)
    floor, ceiling = limits_of(unit)
    return GraphView(
        device=found.name,
        site=found.site,
        metric=metric,
        port=port,
        graph=graph,
        since=begin,
        until=end,
        series=lines,
        scale=scale_for(unit, peak),
        floor=floor,
        ceiling=ceiling,
    )
