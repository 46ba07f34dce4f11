"""`khaen audit-log`: prove the history, export it, check an export anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.store.audit_entry import Verdict

audit_log = typer.Typer(help="The append-only, hash-chained audit log.", no_args_is_help=True)
REFUSED = 3


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.add_typer(audit_log, name="audit-log")


@audit_log.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="An export; without it, this history")] = None,
    public_key: Annotated[
        str | None, typer.Option("--public-key", help="The key the export must be signed with")
    ] = None,
    as_json: Json = False,
) -> None:
    """Prove that no entry was altered, removed, reordered or cut off."""
    from controller.operations.verify_audit_log import verify_audit_export, verify_audit_log

    if file is not None:
        verdict = verify_audit_export(file, public_key)
    else:
        with session.signed_in() as (context, actor):
            verdict = verify_audit_log(context, actor)
    _show(verdict, as_json=as_json)
    if verdict.ok is not True:
        raise typer.Exit(REFUSED)


@audit_log.command()
def export(file: Path) -> None:
    """Write the log, its signed head and the public key to a file."""
    from controller.operations.verify_audit_log import export_audit_log

    with session.signed_in() as (context, actor):
        verdict = export_audit_log(context, actor, file)
    output.say(
        f"เขียน {verdict.seen} รายการลง {file} แล้ว กุญแจสาธารณะ {verdict.key}",
        f"{verdict.seen} entries written to {file}, public key {verdict.key}",
    )
    if verdict.ok is not True:
        _show(verdict, as_json=False)
        raise typer.Exit(REFUSED)


@audit_log.command()
def show(
    last: Annotated[int, typer.Option(help="How many of the newest entries")] = 20,
    by: Annotated[str, typer.Option(help="Only those by this user name")] = "",
    action: Annotated[str, typer.Option(help="Only those of this action")] = "",
    subject: Annotated[str, typer.Option(help="Only those about this, say a case number")] = "",
    as_json: Json = False,
) -> None:
    """Print the newest entries."""
    from controller.operations.verify_audit_log import newest_entries

    with session.signed_in() as (context, actor):
        entries = newest_entries(context, actor, last, by=by, action=action, subject=subject)
    if as_json:
        return output.emit_json([e.as_json() for e in entries])
    return output.table(
        ("#", "เมื่อ / at", "ผู้ทำ / actor", "รายการ / action", "สิ่งที่ทำ / subject"),
        [
            (str(e.seq), e.at.isoformat(timespec="seconds"), e.actor, e.action, e.subject[:40])
            for e in entries
        ],
    )


def _show(verdict: Verdict, *, as_json: bool) -> None:
    if as_json:
        return output.emit_json(
            {
                "ok": verdict.ok,
                "entries": verdict.seen,
                "problems": [
                    {"seq": p.seq, "th": p.message.th, "en": p.message.en} for p in verdict.problems
                ],
            }
        )
    if verdict.ok is True:
        return output.say(
            f"ครบถ้วน ไม่ถูกแก้ไข: {verdict.seen} รายการต่อกันเป็นสายเดียว หัวสายลงนามไว้ถูกต้อง",
            f"intact: {verdict.seen} entries in one chain, its head properly signed",
        )
    for problem in verdict.problems:
        typer.echo(f"  #{problem.seq}: {output.words(problem.message.th, problem.message.en)}")
    return output.say(
        f"พิสูจน์ไม่ได้ว่าประวัติครบถ้วน ({len(verdict.problems)} จุด จาก {verdict.seen} รายการ)",
        f"cannot be proved: {len(verdict.problems)} problems in {verdict.seen} entries",
    )
