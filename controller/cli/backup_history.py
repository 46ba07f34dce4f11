"""`khaen backup`: search, show, compare and export what is kept; look after the repository."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.moments import moment, written
from controller.cli.output import Json

if TYPE_CHECKING:
    from datetime import datetime

    from controller.operations.search_configurations import DeviceHits, SearchResult

Select = Annotated[str, typer.Option("--select", "-s", help="Which devices")]
At = Annotated[str | None, typer.Option("--at", help="As it was then: 2026-11-28, with a time too")]


def add_to(backup: typer.Typer) -> None:
    """Add these commands to `khaen backup`."""
    backup.command()(search)
    backup.command()(show)
    backup.command()(history)
    backup.command()(diff)
    backup.command()(export)
    backup.command()(pack)
    backup.command()(index)


def search(
    wanted: Annotated[str, typer.Argument(help="A text; with --regex a pattern")],
    select: Select = "all",
    regex: Annotated[bool, typer.Option("--regex", "-e", help="A regular expression")] = False,
    at: At = None,
    ever: Annotated[bool, typer.Option("--ever", help="At any time")] = False,
    after: Annotated[str, typer.Option("--after", help="Go on after this device")] = "",
    most: Annotated[int, typer.Option("--most", min=1, max=200, help="How many devices")] = 20,
    as_json: Json = False,
) -> None:
    """Search the configurations of all devices: now, at a date, or ever. No secret is found."""
    from controller.operations.search_configurations import search_configurations

    with session.signed_in() as (context, actor):
        found = search_configurations(
            context,
            actor,
            wanted,
            regex=regex,
            select=select,
            at=_at(at),
            ever=ever,
            after=after,
            most=most,
        )
    if as_json:
        return output.emit_json(asdict(found))
    for device in found.devices:
        _show_hits(device, ever=ever)
    return _sum_up(found)


def show(
    device: str,
    version: Annotated[str | None, typer.Option("--version", help="Else the newest")] = None,
    reveal: Annotated[bool, typer.Option("--reveal", help="Secrets too; it is recorded")] = False,
) -> None:
    """Print a configuration kept of a device, secrets hidden."""
    from controller.operations.reveal_secrets import reveal_secrets
    from controller.operations.show_configuration import show_configuration

    with session.signed_in() as (context, actor):
        ask = reveal_secrets if reveal else show_configuration
        found = ask(context, actor, device, version)
    typer.echo(found.text, nl=False)


def history(device: str, as_json: Json = False) -> None:
    """List the versions kept of a device's configuration, newest first."""
    from controller.operations.show_configuration import list_configurations

    with session.signed_in() as (context, actor):
        versions = list_configurations(context, actor, device)
    if as_json:
        return output.emit_json([vars(version) for version in versions])
    if not versions:
        return output.note(f"ยังไม่เคยสำรอง {device}", f"{device} was never backed up")
    return output.table(
        (output.words("รุ่น", "version"), output.words("ตั้งแต่", "since"), output.words("เหตุ", "why")),
        [(v.id[:12], _when(v.since), v.why) for v in versions],
    )


def diff(
    device: str,
    old: Annotated[str | None, typer.Argument(help="Version; else the one before")] = None,
    new: Annotated[str | None, typer.Argument(help="Version; else the newest")] = None,
) -> None:
    """Show what changed between two versions of a configuration, secrets hidden."""
    from controller.backups.sides import unified
    from controller.operations.show_configuration import compare_configurations

    with session.signed_in() as (context, actor):
        found = compare_configurations(context, actor, device, old, new)
    typer.echo(f"--- {device} {found.old.id[:12]} {_when(found.old.since)}")
    typer.echo(f"+++ {device} {found.new.id[:12]} {_when(found.new.since)}")
    output.show_diff("\n".join(f"{sign}{text}" for sign, text in unified(found.pairs)), "")
    if found.hidden:
        output.note(
            "ต่างกันเฉพาะในส่วนที่ไม่แสดง เช่น รหัสลับ",
            "they differ only in what is not shown, such as secrets",
        )


def export(
    file: Annotated[Path, typer.Argument(help="A new ZIP file")],
    select: Select = "all",
    at: At = None,
    reveal: Annotated[bool, typer.Option("--reveal", help="Secrets too; it is recorded")] = False,
) -> None:
    """Write the configurations of devices into a ZIP file, secrets hidden."""
    from controller.operations.export_configurations import export_configurations
    from controller.operations.reveal_secrets import reveal_export

    with session.signed_in() as (context, actor):
        ask = reveal_export if reveal else export_configurations
        found = ask(context, actor, select, _at(at))
    output.write_file(file, found.content, told=False)
    output.say(
        f"บันทึกการตั้งค่า {len(found.devices)} เครื่องลงใน {file}",
        f"the configurations of {len(found.devices)} devices are in {file}",
    )
    if found.missing:
        names = ", ".join(found.missing)
        output.note(f"ไม่มีข้อมูลสำรอง: {names}", f"nothing was kept of: {names}")


def pack(as_json: Json = False) -> None:
    """Make the repository of backups small and quick again; a worker does so every night."""
    from controller.operations.pack_backups import pack_backups

    with session.signed_in() as (context, actor):
        done = pack_backups(context, actor)
    if as_json:
        return output.emit_json(asdict(done))
    size = f"{done.bytes / 1e6:.1f} MB"
    return output.say(
        f"จัดเก็บแล้ว {done.objects} รายการ รวม {done.packs} แฟ้ม {size}",
        f"packed {done.objects} objects; {done.packs} packs, {size} in all",
    )


def index(
    every: Annotated[bool, typer.Option("--all", help="Of all devices, whole ones too")] = False,
    as_json: Json = False,
) -> None:
    """Make the index for searching anew, of devices whose history is not in it as it should be."""
    from controller.operations.index_configurations import index_configurations

    with session.signed_in() as (context, actor):
        done = index_configurations(context, actor, every=every)
    if as_json:
        return output.emit_json(asdict(done))
    return output.say(
        f"ทำดัชนีใหม่ {done.devices} เครื่อง", f"the index of {done.devices} devices was made anew"
    )


def _show_hits(device: DeviceHits, *, ever: bool) -> None:
    told = output.words(f"{device.lines} บรรทัด", f"{device.lines} lines")
    typer.echo(f"{device.device}  ({told}, {device.version[:12]})")
    for hit in device.hits:
        numbers = ", ".join(str(place.number) for place in hit.places)
        inside = " > ".join(hit.places[0].sections) if hit.places else ""
        typer.echo(f"  {numbers or '-':>6}  {inside + ' > ' if inside else ''}{hit.line}")
        if ever:
            typer.echo(
                f"          {written(hit.since)} – {written(hit.until) if hit.until else ''}"
            )
    if device.lines > len(device.hits):
        typer.echo("          …")


def _sum_up(found: SearchResult) -> None:
    output.say(
        f"พบ {found.lines} บรรทัดใน {found.matching} เครื่อง",
        f"{found.lines} lines on {found.matching} devices",
    )
    if found.next:
        output.note(f"ดูต่อ: --after {found.next}", f"go on with --after {found.next}")
    if found.left_out:
        output.note(
            f"ยังค้นไม่ได้ {len(found.left_out)} เครื่อง ใช้ khaen backup index",
            f"{len(found.left_out)} devices cannot be searched yet; use khaen backup index",
        )


def _at(text: str | None) -> datetime | None:
    return moment(text) if text else None


def _when(at: datetime) -> str:
    from controller.thai import local_time, short_time

    return short_time(at) if output.language() == "th" else f"{local_time(at):%Y-%m-%d %H:%M}"
