"""`khaen archive`: how large the archive of samples is; merge it and forget what is old by hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.output import Json
from controller.errors import Text

if TYPE_CHECKING:
    from controller.operations.keep_archive import ArchiveView

archive = typer.Typer(help="The archive of what was measured.", no_args_is_help=True)
_LEVELS = {
    "fresh": Text(th="ยังไม่รวม", en="not merged yet"),
    "raw": Text(th="ทุกค่า", en="every sample"),
    "hourly": Text(th="รายชั่วโมง", en="by hour"),
    "daily": Text(th="รายวัน", en="by day"),
}


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(archive, name="archive")


@archive.command("show")
def show(as_json: Json = False) -> None:
    """Show what the archive holds, from when to when, and how large it is."""
    _show(_asked(), as_json)


@archive.command("compact")
def compact(as_json: Json = False) -> None:
    """Merge what polls wrote and sum up ended days; a worker does so every hour."""
    _show(_asked(merge=True), as_json)


@archive.command("purge")
def purge(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be forgotten")
    ] = False,
    as_json: Json = False,
) -> None:
    """Forget what is older than the settings keep; a worker does so every hour."""
    found = _asked(forget=True, rehearse=dry_run)
    if not as_json:
        for name in found.forgotten:
            typer.echo(name)
        count = len(found.forgotten)
        if dry_run:
            output.say(f"จะลบ {count} แฟ้ม", f"{count} files would go")
        else:
            output.say(f"ลบ {count} แฟ้มแล้ว", f"{count} files are gone")
    _show(found, as_json)


def _asked(*, merge: bool = False, forget: bool = False, rehearse: bool = False) -> ArchiveView:
    from controller.operations.keep_archive import keep_archive

    with session.signed_in() as (context, actor):
        return keep_archive(context, actor, merge=merge, forget=forget, rehearse=rehearse)


def _show(found: ArchiveView, as_json: bool) -> None:
    if as_json:
        return output.emit_json(asdict(found))
    if not found.levels:
        return output.say("ยังไม่มีค่าที่วัดไว้", "nothing was measured yet")
    headings = [
        output.words(th, en)
        for th, en in (("ระดับ", "level"), ("ตั้งแต่", "from"), ("ถึง", "to"), ("แฟ้ม", "files"))
    ]
    return output.table(
        [*headings, "MB"],
        [
            (
                output.words(*_LEVELS[one.level].both),
                one.first,
                one.last,
                str(one.files),
                f"{one.size / 1e6:.1f}",
            )
            for one in found.levels
        ],
    )
