"""`khaen graph`: how something measured on a device went, drawn with letters."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.operations.show_graph import GraphView
    from controller.store.archive.series import Series

_BLOCKS = " ▁▂▃▄▅▆▇█"
_WIDTH, _HEIGHT = 72, 8


def register(app: typer.Typer) -> None:
    """Add this command to `khaen`."""
    app.command("graph")(graph)


def graph(
    device: str,
    metric: Annotated[
        str,
        typer.Argument(
            help="cpu, memory, temperature, up, round_trip, poe, clients; "
            "with --port: traffic, errors, discards, up, or a kind of sensor"
        ),
    ],
    port: Annotated[
        str | None, typer.Option("--port", help="A port, or a sensor by its name")
    ] = None,
    span: Annotated[str, typer.Option("--range", help="hour, day, week, month or year")] = "day",
    as_json: Json = False,
) -> None:
    """Show how something measured on a device went."""
    from controller.operations.show_graph import show_graph

    with session.signed_in() as (context, actor):
        points = 400 if as_json else _WIDTH
        found = show_graph(context, actor, device, metric, port, span=span, points=points)
    if as_json:
        return output.emit_json(_json(found))
    return _show(found)


def _show(found: GraphView) -> None:
    for line, drawn in zip(found.series, found.graph.lines, strict=True):
        title = output.words(*found.graph.title.both)
        name = output.words(*drawn.name.both)
        typer.echo(" ".join(dict.fromkeys((found.device, found.port or "", title, name))))
        if not line.samples:
            output.say("  ไม่มีค่าที่วัดได้ในช่วงเวลานี้", "  nothing was measured in this time")
            continue
        _draw(found, line)
        mean, peak = found.scale.say(line.average), found.scale.say(line.peak)
        output.say(f"  เฉลี่ย {mean} สูงสุด {peak}", f"  mean {mean}, highest {peak}")


def _draw(found: GraphView, line: Series) -> None:
    """Columns of blocks; one nobody measured in is a dot at the foot."""
    top = max(found.ceiling or 0.0, line.peak or 0.0) or found.scale.divisor
    heights = [None if v is None else v / top * _HEIGHT * 8 for v in line.mean]
    for row in reversed(range(_HEIGHT)):
        label = found.scale.say(top) if row == _HEIGHT - 1 else "0" if row == 0 else ""
        cells = "".join(_cell(height, row) for height in heights)
        typer.echo(f"{label:>12} │{cells}")
    begin, end = _when(found, line, 0), _when(found, line, len(line.mean))
    typer.echo(f"{'':>12} └{begin}{end:>{max(len(heights) - len(begin), len(end) + 1)}}")


def _cell(height: float | None, row: int) -> str:
    if height is None:
        return "·" if row == 0 else " "
    filled = round(max(height - row * 8, 0))
    # What is known and next to nothing is a line, not the blank of the unknown.
    return _BLOCKS[min(max(filled, 1 if row == 0 else 0), 8)]


def _when(found: GraphView, line: Series, number: int) -> str:
    from controller.thai import local_time, short_time

    at = line.start + timedelta(seconds=number * line.seconds)
    at = min(max(at, found.since), found.until)
    return output.words(short_time(at), f"{local_time(at):%Y-%m-%d %H:%M}")


def _json(found: GraphView) -> dict[str, Any]:
    return {
        "device": found.device,
        "metric": found.metric,
        "port": found.port,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "lines": [
            {
                "metric": line.metric,
                "unit": line.unit,
                "start": line.start.isoformat(),
                "seconds": line.seconds,
                "min": line.low,
                "mean": line.mean,
                "max": line.high,
                "samples": line.samples,
            }
            for line in found.series
        ],
        "damaged": found.damaged,
    }
