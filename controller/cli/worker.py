"""`khaen worker`: carry on with runs whose process died, until told to stop."""

from __future__ import annotations

from typing import Annotated

import typer

from controller.cli import output, session


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("worker")(worker)


def worker(
    once: Annotated[
        bool, typer.Option("--once", help="End when every unfinished run is carried out")
    ] = False,
) -> None:
    """Take over the runs of dead processes and carry them to their end."""
    from controller.worker.loop import work

    with session.opened() as context:
        output.note("เฝ้าดูงานที่ค้าง (Ctrl-C เพื่อหยุด)", "watching for unfinished runs (Ctrl-C stops)")
        for run in work(context.runs(), once=once):
            output.say(f"รับงาน {run} มาทำต่อ", f"took over run {run}")
