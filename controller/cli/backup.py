"""`khaen backup`: fetch configurations, and look at what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import backup_history, output, session
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.operations.back_up_devices import Backup

backup = typer.Typer(help="Configurations of the devices, fetched and kept.")
STATES = {
    "new": ("ใหม่", "new"),
    "changed": ("เปลี่ยน", "changed"),
    "same": ("เหมือนเดิม", "same"),
    "failed": ("ไม่สำเร็จ", "failed"),
}
DEVICE_FAILED = 4


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    backup_history.add_to(backup)
    app.add_typer(backup, name="backup")
    app.command("forget-key")(forget_key)


@backup.callback(invoke_without_command=True)
def fetch(
    context: typer.Context,
    select: Annotated[str, typer.Option("--select", "-s", help="Which devices")] = "all",
    as_json: Json = False,
) -> None:
    """Fetch and keep the configuration of devices (all of them unless selected)."""
    if context.invoked_subcommand:
        return
    from controller.operations.back_up_devices import back_up_devices

    with session.signed_in() as (opened, actor):
        results = back_up_devices(opened, actor, select)
    if as_json:
        output.emit_json([_as_json(r) for r in results])
    else:
        _show(results)
    if any(r.state == "failed" for r in results):
        raise typer.Exit(DEVICE_FAILED)


def forget_key(
    select: Annotated[str, typer.Option("--select", "-s", help="Which devices")],
) -> None:
    """Trust the key a device shows next, after it was replaced or reset."""
    from controller.operations.forget_key import forget_key

    with session.signed_in() as (context, actor):
        names = forget_key(context, actor, select)
    told = ", ".join(names)
    output.say(f"ลืมกุญแจเดิมของ {told} แล้ว", f"forgot the keys of {told}")


def _as_json(result: Backup) -> dict[str, str]:
    error = result.error.message.en if result.error else ""
    return {
        "device": result.device,
        "state": result.state,
        "fingerprint": result.fingerprint,
        "error": error,
    }


def _show(results: tuple[Backup, ...]) -> None:
    rows = []
    for result in results:
        error = result.error.message if result.error else None
        told = output.words(error.th, error.en) if error else result.fingerprint[:12]
        rows.append((result.device, output.words(*STATES[result.state]), told))
    output.table(
        (
            output.words("อุปกรณ์", "device"),
            output.words("สถานะ", "state"),
            output.words("ลายนิ้วมือหรือเหตุ", "fingerprint or reason"),
        ),
        rows,
    )
    kept = sum(r.state != "failed" for r in results)
    output.say(
        f"สำรองไว้แล้ว {kept} จาก {len(results)} เครื่อง", f"{kept} of {len(results)} devices are kept"
    )
