"""`khaen discover`: look for devices, and show what the inventory would have to say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output, session
from controller.cli.output import Json, words
from controller.errors import InputError, Text

if TYPE_CHECKING:
    from controller.operations.discover_devices import Discovery


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command()(discover)


def discover(
    prefixes: Annotated[
        list[str] | None, typer.Argument(help="IPv4 prefixes whose every address is asked")
    ] = None,
    site: Annotated[str | None, typer.Option("--site", help="Known devices of this site")] = None,
    known: Annotated[
        bool, typer.Option("--known/--no-known", help="Walk outward from the known devices too")
    ] = True,
    large: Annotated[
        bool, typer.Option("--large", help="Also more than 4,096 addresses, up to a /16")
    ] = False,
    file: Annotated[
        Path | None, typer.Option("--output", help="Write the difference to this file")
    ] = None,
    as_json: Json = False,
) -> None:
    """Look for devices by SNMP and their neighbours; print a difference of the inventory.

    Nothing is written to the inventory: read it, then `git apply` what you accept.
    """
    from controller.operations.discover_devices import MOST, discover_devices

    with session.signed_in() as (context, actor):
        if file is not None:
            _check_outside(context.root, file)
        found = discover_devices(
            context,
            actor,
            prefixes or [],
            known=known,
            site=site,
            most=65_536 if large else MOST,
            asked=_progress,
        )
    if file is not None:
        output.write_file(file, found.diff.encode(), told=not as_json)
    return output.emit_json(_as_json(found)) if as_json else _show(found, told=file is None)


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty() and (done % 16 == 0 or done == of):
        end = "\n" if done == of else ""
        told = words(f"ถามแล้ว {done} จาก {of}", f"asked {done} of {of}")
        sys.stderr.write(f"\r{told}{end}")
        sys.stderr.flush()


def _check_outside(root: Path, file: Path) -> None:
    """Errors: `InputError` where the file would land in the inventory."""
    inside = (root / "inventory").resolve()
    if file.resolve().is_relative_to(inside):
        raise InputError(
            Text(
                th=f"{file} อยู่ในทะเบียน (inventory) ซึ่งคำสั่งนี้ไม่เขียน",
                en=f"{file} is inside the inventory, where this command does not write",
            ),
            hint=Text(th="เลือกที่อื่น เช่น /tmp/found.diff", en="choose another place"),
        )


def _show(found: Discovery, *, told: bool) -> None:
    if told:
        for change in found.changes:
            output.show_diff(change.diff, indent="")
    for doubt in found.doubts:
        output.note(f"{doubt.subject}: {doubt.why.th}", f"{doubt.subject}: {doubt.why.en}")
    for device in found.compared.silent:
        output.note(f"{device}: ไม่ตอบ", f"{device}: did not answer")
    for address in found.outside:
        output.note(
            f"{address}: เพื่อนบ้านนอกเครือข่ายของหน่วยงาน ไม่ได้ถาม",
            f"{address}: a neighbour outside the sites' networks; was not asked",
        )
    new, corrected = len(found.compared.additions), len(found.compared.corrections)
    output.note(
        f"ถาม {found.asked} ที่อยู่ ตอบ {found.answered} ใหม่ {new} แก้ไข {corrected} "
        "ยังไม่ได้เขียนอะไรลงทะเบียน",
        f"asked {found.asked} addresses, {found.answered} answered, {new} new, "
        f"{corrected} corrections; nothing is written to the inventory",
    )


def _as_json(found: Discovery) -> dict[str, Any]:
    return {
        "asked": found.asked,
        "answered": found.answered,
        "additions": [
            {
                "site": added.site,
                "name": added.name,
                "address": added.found.address,
                "platform": added.platform,
                "model": added.found.identity.model,
                "serial": added.found.identity.serial,
            }
            for added in found.compared.additions
        ],
        "corrections": [
            {"device": c.device, "key": c.key, "before": c.before, "after": c.after}
            for c in found.compared.corrections
        ],
        "moves": [{"device": m.device, "site": m.site, "to": m.to} for m in found.compared.moves],
        "doubts": [{"subject": d.subject, "th": d.why.th, "en": d.why.en} for d in found.doubts],
        "silent": list(found.compared.silent),
        "outside": list(found.outside),
        "diff": found.diff,
    }
