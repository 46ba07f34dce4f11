"""`khaen serve`: the web, the API and the embedded worker in one process."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from controller.cli import output


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("serve")(serve)


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; web.host of khaen.toml otherwise")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes a free one")] = None,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Carry runs of dead processes on, too")
    ] = True,
) -> None:
    """Serve the web and the API until told to stop."""
    words = [sys.executable, "-m", "controller.server", str(output.folder())]
    words += ["--host", host] if host else []
    words += ["--port", str(port)] if port is not None else []
    words += [] if worker else ["--no-worker"]
    sys.stdout.flush()
    os.execv(sys.executable, words)  # noqa: S606 - our own program
