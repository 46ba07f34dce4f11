"""`khaen traps`: what devices told by themselves."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import output, session
from controller.cli.moments import written
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.store.traps import KeptTrap


def register(app: typer.Typer) -> None:
    """Add this command to `khaen`."""
    app.command("traps")(traps)


def traps(
    device: Annotated[str, typer.Option(help="Only of this device")] = "",
    kind: Annotated[str, typer.Option(help="Only of this kind, for example link_down")] = "",
    strangers: Annotated[
        bool, typer.Option("--strangers", help="Instead: who is no device of ours")
    ] = False,
    most: Annotated[int, typer.Option(min=1, max=500, help="How many")] = 50,
    as_json: Json = False,
) -> None:
    """List the newest traps of SNMP that devices sent."""
    from controller.operations.list_traps import list_traps
    from controller.platforms.trap_kinds import kind_title

    with session.signed_in() as (context, actor):
        found = list_traps(context, actor, device=device, kind=kind, most=most)
    if as_json:
        return output.emit_json(
            {
                "traps": [asdict(trap) for trap in found.traps],
                "strangers": [asdict(stranger) for stranger in found.strangers],
            }
        )
    if strangers:
        return output.table(
            ("ที่อยู่ / address", "ครั้ง / count", "แรก / first", "ล่าสุด / last"),
            [(s.address, str(s.count), written(s.first), written(s.last)) for s in found.strangers],
        )
    return output.table(
        ("เวลา / at", "อุปกรณ์ / device", "เรื่อง / what", "พอร์ต / port"),
        [
            (
                written(trap.at),
                trap.device,
                output.words(*kind_title(trap.kind).both) + _which(trap),
                trap.port_name or trap.port,
            )
            for trap in found.traps
        ],
    )


def _which(trap: KeptTrap) -> str:
    return f" ({trap.oid})" if trap.kind == "other" else ""
