"""`khaen inventory import`: what a file would change in the register, and writing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json, words
from controller.errors import InputError, Text

if TYPE_CHECKING:
    from controller.operations.import_assets import Imported, Preview

_LARGEST = 5_000_000


def register(app: typer.Typer) -> None:
    """Add the command to `khaen inventory`."""
    app.command("import")(import_)


def import_(
    file: Annotated[Path, typer.Argument(help="XLSX, or CSV in UTF-8")],
    site: Annotated[str, typer.Option("--site", help="Whose register it is")],
    whole: Annotated[
        bool, typer.Option("--whole", help="The file is all of it: rows it does not have go")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write it, if there is no fault")] = False,
    as_json: Json = False,
) -> None:
    """Show what a file would change in the register of a site; with --yes write it."""
    from controller.operations.import_assets import faulty, import_assets, preview_assets

    content = _content(file)
    with session.signed_in() as (context, actor):
        preview = preview_assets(context, actor, site, content, whole=whole)
        done: Imported | None = None
        if yes and not preview.faults:
            done = import_assets(context, actor, site, content, preview.digest, whole=whole)
    if as_json:
        output.emit_json(preview_json(preview) | {"written": vars(done) if done else None})
    else:
        _show(preview)
        _show_written(done)
    if preview.faults:
        raise faulty(preview.faults)


def preview_json(preview: Preview) -> dict[str, Any]:
    """A preview for programs: rows that stay the same are counted only."""
    return {
        "site": preview.site,
        "digest": preview.digest,
        "counts": preview.counts,
        "rows": [
            {
                "kind": row.kind,
                "number": row.number,
                "row": row.row,
                "changes": [vars(change) for change in row.changes],
            }
            for row in preview.rows
            if row.kind in {"added", "changed", "removed"}
        ],
        "faults": [
            {"cell": f.cell, "th": f.message.th, "en": f.message.en, "found": f.found}
            for f in preview.faults
        ],
        "unread_columns": preview.unread_columns,
        "unread_sheets": preview.unread_sheets,
    }


def _content(file: Path) -> bytes:
    from controller.workspace.inputs import input_bytes

    content = input_bytes(file, _LARGEST)
    if len(content) > _LARGEST:
        raise InputError(Text(th=f"{file} ใหญ่เกิน 5 MB", en=f"{file} is larger than 5 MB"))
    return content


def _show(preview: Preview) -> None:
    from controller.inventory.register import COLUMN_NAMES
    from controller.inventory.register_changes import ROW_KINDS

    rows = []
    for row in preview.rows:
        if row.kind in {"same", "missing"}:
            continue
        told = "; ".join(
            f"{words(*COLUMN_NAMES[c.column].both)}: {_cell(c.column, c.before)} → "
            f"{_cell(c.column, c.after)}"
            for c in row.changes
        )
        rows.append((words(*ROW_KINDS[row.kind].both), row.number, told))
    if rows:
        heads = (words("การเปลี่ยน", "change"), words("เลขครุภัณฑ์", "number"), words("ค่า", "values"))
        output.table(heads, rows)
    told = ", ".join(f"{words(*ROW_KINDS[k].both)} {n}" for k, n in _counted(preview) if n)
    output.say(told or "ไม่มีแถว", told or "no rows")
    for name in preview.unread_columns:
        output.note(f"ไม่ได้อ่านคอลัมน์ “{name}”", f"the column “{name}” was not read")
    for name in preview.unread_sheets:
        output.note(f"ไม่ได้อ่านแผ่นงาน “{name}”", f"the sheet “{name}” was not read")


def _counted(preview: Preview) -> list[tuple[Any, int]]:
    return list(preview.counts.items())


def _cell(column: str, value: Any) -> str:
    from controller.inventory.asset import KIND_NAMES, STATE_NAMES
    from controller.inventory.register import written_price

    if column in {"kind", "state"}:
        names = KIND_NAMES if column == "kind" else STATE_NAMES
        return words(*names[str(value)].both)
    return written_price(value) if column == "price" else str(value) or "-"


def _show_written(done: Imported | None) -> None:
    if done is None:
        output.note("ยังไม่ได้เขียน ใช้ --yes เพื่อเขียน", "nothing is written; --yes writes it")
    elif done.before == done.after:
        output.say("ทะเบียนตรงกันอยู่แล้ว", "the register has all of it already")
    elif done.commit:
        output.say(
            f"เขียน {done.path} แล้ว commit {done.commit[:12]}",
            f"wrote {done.path}, commit {done.commit[:12]}",
        )
    else:
        output.say(
            f"เขียน {done.path} แล้ว แต่ยังไม่ได้ commit", f"wrote {done.path}; it is not committed"
        )
