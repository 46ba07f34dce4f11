"""`khaen drift`: where devices run something else than was intended."""

from __future__ import annotations

from typing import Annotated

import typer

from controller.cli import output, session
from controller.cli.output import Json

DRIFTED = 1


def register(app: typer.Typer) -> None:
    """Add this command to `khaen`."""
    app.command("drift")(drift)


def drift(
    select: Annotated[str, typer.Option("--select", "-s", help="Which devices")] = "all",
    show_lines: Annotated[bool, typer.Option("--lines", help="Show what would change")] = False,
    as_json: Json = False,
) -> None:
    """Hold the newest backups against the templates; exit 1 when a device has drifted."""
    from controller.operations.show_drift import DRIFT_WORDS, show_drift

    with session.signed_in() as (context, actor):
        found = show_drift(context, actor, select)
    if as_json:
        output.emit_json(
            [{**vars(one), "change": vars(one.change) if one.change else None} for one in found]
        )
    else:
        output.table(
            (
                output.words("อุปกรณ์", "device"),
                output.words("สถานะ", "state"),
                output.words("บรรทัด", "lines"),
                output.words("ผู้เปลี่ยนล่าสุด", "changed by"),
                output.words("เมื่อ", "at"),
            ),
            [
                (
                    one.device,
                    output.words(*DRIFT_WORDS[one.state].both),
                    str(len(one.diff.splitlines()) or ""),
                    one.change.by if one.change else "",
                    one.change.at if one.change else "",
                )
                for one in found
            ],
        )
        for one in found if show_lines else ():
            if one.diff:
                output.say(f"--- {one.device}", f"--- {one.device}")
                output.show_diff(one.diff)
    if any(one.state == "drifted" for one in found):
        raise typer.Exit(DRIFTED)
