"""`khaen worker`: carry on with runs whose process died, until told to stop."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from controller.cli import output


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("worker")(worker)


def worker(
    once: Annotated[
        bool, typer.Option("--once", help="End when every unfinished run is carried out")
    ] = False,
) -> None:
    """Take over the runs of dead processes and carry them to their end."""
    words = [sys.executable, "-m", "controller.worker", str(output.folder())]
    sys.stdout.flush()
    os.execv(sys.executable, [*words, "--once"] if once else words)  # noqa: S606 - our own program
