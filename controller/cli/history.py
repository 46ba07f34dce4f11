"""`khaen export-history | import-history`: a whole installation as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.errors import Text
    from controller.store.export.shape import Manifest

REFUSED = 3


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("export-history")(export_history)
    app.command("import-history")(import_history)


def export_history(
    file: Path,
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="The private keys too: to move an installation")
    ] = False,
    without_samples: Annotated[
        bool, typer.Option("--without-samples", help="Leave out what polls measured")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the whole history to one file: database, backups, kept files, proof."""
    from controller.operations.export_history import export_history as export
    from controller.store.export.writing import Wanted

    with session.signed_in() as (context, actor):
        wanted = Wanted(keys=with_keys, samples=not without_samples)
        done = export(context, actor, file, wanted, _tell)
    if as_json:
        content = {"sha256": done.sha256, "ok": done.verdict.ok, "running": done.running}
        output.emit_json(_summary(done.manifest) | content)
    else:
        _counted(done.manifest, f"ส่งออกลง {file} แล้ว", f"exported to {file}")
        output.say(f"SHA-256 {done.sha256}", f"SHA-256 {done.sha256}")
        _public_key(done.manifest)
        _care(with_keys=with_keys)
    if done.verdict.ok is not True:
        _not_whole(tuple(p.message for p in done.verdict.problems))
        raise typer.Exit(REFUSED)


def import_history(
    file: Path,
    public_key: Annotated[
        str | None, typer.Option("--public-key", help="The key the file must be signed with")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only prove the file; nothing is imported")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring an exported history into an empty installation of either database."""
    from controller.operations import import_history as operation

    if check:
        return _checked(file, public_key, as_json=as_json)
    with session.opened() as context:
        done = operation.import_history(context, file, _tell, public_key)
    if as_json:
        output.emit_json(
            _summary(done.export.manifest)
            | {
                "sha256": done.export.sha256,
                "ok": done.verdict.ok,
                "running": done.running,
                "locked_out": done.locked_out,
            }
        )
    else:
        _counted(done.export.manifest, f"นำเข้าจาก {file} แล้ว", f"imported from {file}")
        _public_key(done.export.manifest)
        _next(done.running, done.locked_out)
    if done.verdict.ok is not True:
        _not_whole(tuple(p.message for p in done.verdict.problems))
        raise typer.Exit(REFUSED)
    return None


def _checked(file: Path, public_key: str | None, *, as_json: bool) -> None:
    from controller.operations.import_history import check_history

    export = check_history(file, public_key)
    if as_json:
        ok = not export.log_problems
        output.emit_json(_summary(export.manifest) | {"sha256": export.sha256, "ok": ok})
    else:
        _counted(export.manifest, f"{file} ครบถ้วน ไม่ถูกแก้ไข", f"{file} is whole and unaltered")
        _public_key(export.manifest)
    if export.log_problems:
        _not_whole(export.log_problems)
        raise typer.Exit(REFUSED)


def _tell(name: str, count: int) -> None:
    if count:
        output.note(f"  {name} {count:,}", f"  {name} {count:,}")


def _summary(manifest: Manifest) -> dict[str, object]:
    return {
        "exported": manifest.exported,
        "program": manifest.program,
        "revision": manifest.revision,
        "database": manifest.database,
        "public_key": manifest.public_key,
        "keys": manifest.keys,
        "entries": manifest.last,
        "rows": {table.name: table.rows for table in manifest.tables},
        "files": len(manifest.members),
        "bytes": sum(member.size for member in manifest.members.values()),
    }


def _counted(manifest: Manifest, th: str, en: str) -> None:
    rows = sum(table.rows for table in manifest.tables)
    files = len(manifest.members) - len(manifest.tables)
    size = sum(member.size for member in manifest.members.values()) / 1e6
    output.say(
        f"{th}: {rows:,} แถวจาก {len(manifest.tables)} ตาราง "
        f"แฟ้มอื่น {files:,} แฟ้ม รวม {size:,.1f} MB",
        f"{en}: {rows:,} rows of {len(manifest.tables)} tables, {files:,} other files, "
        f"{size:,.1f} MB in all",
    )


def _public_key(manifest: Manifest) -> None:
    output.say(
        f"ลงนามด้วยกุญแจ {manifest.public_key} เทียบกับที่สำนักงานจดไว้",
        f"signed with the key {manifest.public_key}; compare it with the one the office wrote down",
    )


def _care(*, with_keys: bool) -> None:
    output.say(
        "แฟ้มนี้มีคอนฟิกพร้อมรหัสลับของอุปกรณ์ อ่านได้เฉพาะเจ้าของ (0600) เก็บในที่ปลอดภัย",
        "it holds configurations and their secrets; only you can read it (0600): keep it safe",
    )
    if with_keys:
        output.say(
            "และมีกุญแจส่วนตัวของระบบ ผู้ที่ได้แฟ้มนี้ไปปลอมบันทึกตรวจสอบได้ เมื่อย้ายเสร็จให้ลบทิ้ง",
            "and the private keys: whoever has it can forge the audit log; delete it once moved",
        )


def _next(running: tuple[str, ...], locked_out: tuple[str, ...]) -> None:
    if running:
        names = ", ".join(running)
        output.say(
            f"มีงานที่ยังไม่จบขณะส่งออก: {names} ปิดเครื่องเดิมก่อนเริ่ม khaen worker หรือ khaen serve ที่นี่",
            f"under way when it was exported: {names}; have the old machine off before you start "
            "khaen worker or khaen serve here",
        )
    if locked_out:
        names = ", ".join(locked_out)
        output.say(
            f"ไม่มี seal.key ผู้ใช้เหล่านี้ใช้การยืนยันสองขั้นเดิมไม่ได้: {names} "
            "ให้ใช้รหัสสำรอง หรือให้ผู้ดูแลสั่ง khaen account totp remove",
            f"without seal.key these cannot use their second step: {names}; they use a recovery "
            "code, or an administrator runs khaen account totp remove",
        )


def _not_whole(problems: tuple[Text, ...]) -> None:
    output.note("บันทึกตรวจสอบพิสูจน์ไม่ได้ว่าครบถ้วน:", "the audit log cannot be proved whole:")
    for problem in problems[:20]:
        output.note(f"  {problem.th}", f"  {problem.en}")
