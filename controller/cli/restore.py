"""`khaen restore`: a plan that puts a stored configuration back."""

from __future__ import annotations

from typing import Annotated

import typer

from controller.cli import session
from controller.cli.output import Json
from controller.cli.plan import Accepting, accepting, show_made


def register(app: typer.Typer) -> None:
    """Add this command to `khaen`."""
    app.command("restore")(restore)


def restore(
    device: str,
    version: Annotated[str, typer.Option("--version", "-v", help="Id, or its first digits")],
    to: Annotated[str | None, typer.Option("--to", help="The device that replaces it")] = None,
    accept: Accepting = None,
    as_json: Json = False,
) -> None:
    """Plan to put a version of a configuration back; nothing is changed before the approval."""
    from controller.operations.restore_configuration import restore_configuration

    accepted = tuple(accepting(word) for word in accept or [])
    with session.signed_in() as (opened, actor):
        made = restore_configuration(opened, actor, device, version, to, accepted)
    show_made(made, as_json)
