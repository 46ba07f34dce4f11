"""One graph of a device: hour, day, week, month or year, and the figures behind the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from controller.accounts.actor import Actor
from controller.errors import Text
from controller.health.graphs import PORT_GRAPHS, RANGE_WORDS, Scale, scale_for
from controller.operations.show_graph import GraphView, show_graph
from controller.web.drawing import put
from controller.web.page import page
from controller.web.parts.graph_places import graph_page, picture
from controller.web.visit import Visit

# Rows of the table of figures, about.
_ROWS = 31


@dataclass(frozen=True)
class Figures:
    """One row of the table: from when on, and per line lowest, mean and highest as written."""

    at: datetime
    figures: tuple[tuple[str, str, str], ...]


@page("/devices/{name}/graph", Text(th="กราฟ", en="Graph"))
async def build(visit: Visit, actor: Actor) -> None:
    """`?metric=` what, `?port=` of which port or sensor, `?range=` hour, day, week, month, year."""
    name, metric = visit.path["name"], visit.query.get("metric", "cpu")
    port, span = visit.query.get("port") or None, visit.query.get("range", "day")
    found = await visit.ask(show_graph, name, metric, port, span=span, points=_ROWS)
    ranges = {one: graph_page(name, metric, port, one) for one in RANGE_WORDS}
    others = {
        one: graph_page(name, one, port, span)
        for one in (PORT_GRAPHS if metric in PORT_GRAPHS and port is not None else ())
    }
    put(
        visit,
        "graph/page.html",
        found=found,
        span=span,
        words=RANGE_WORDS,
        ranges=ranges,
        others=others,
        graphs=PORT_GRAPHS,
        wide=picture(name, metric, port, span),
        small=picture(name, metric, port, span, small=True),
        alt=_alt(visit, found, span),
        rows=list(_rows(found)),
    )


def _alt(visit: Visit, found: GraphView, span: str) -> str:
    """What the picture shows, in words."""
    told = [visit.w(found.graph.title), found.port or found.device, visit.w(RANGE_WORDS[span])]
    for line, drawn in zip(found.series, found.graph.lines, strict=True):
        scale = scale_for(line.unit, line.peak)
        if line.peak is None:
            told.append(f"{visit.w(drawn.name)} {visit.t('ไม่ทราบ', 'unknown')}")
        else:
            mean, peak = visit.t("เฉลี่ย", "mean"), visit.t("สูงสุด", "highest")
            figures = f"{mean} {scale.say(line.average)} {peak} {scale.say(line.peak)}"
            told.append(f"{visit.w(drawn.name)} {figures}")
    return ", ".join(told)


def _rows(found: GraphView) -> Iterator[Figures]:
    """Every bucket, the newest first; one nobody measured in has empty cells."""
    first = found.series[0]
    for number in reversed(range(len(first.mean))):
        at = max(first.start + timedelta(seconds=number * first.seconds), found.since)
        yield Figures(at, tuple(_cells(found.scale, line, number) for line in found.series))


def _cells(scale: Scale, line: object, number: int) -> tuple[str, str, str]:
    parts = (getattr(line, part) for part in ("low", "mean", "high"))
    low, mean, high = (scale.say(part[number]) if number < len(part) else "" for part in parts)
    return low, mean, high
