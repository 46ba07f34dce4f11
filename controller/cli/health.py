"""`khaen poll` and `khaen health`: ask the devices how they are, and what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from controller.cli import health_view, output, session
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.operations.poll_devices import Polled

DEVICE_FAILED = 4


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("poll")(poll)
    app.command("health")(health)


def poll(
    select: Annotated[str, typer.Option("--select", "-s", help="Which devices")] = "all",
    as_json: Json = False,
) -> None:
    """Ask devices over SNMP once, now; the table fills as they answer."""
    from controller.operations.poll_devices import poll_devices

    with session.signed_in() as (context, actor):
        if as_json:
            found = poll_devices(context, actor, select)
            output.emit_json(health_view.polled_json(found))
        else:
            with health_view.live_table() as on_done:
                found = poll_devices(context, actor, select, on_done)
            health_view.show_polled(found)
    if _silent(found):
        raise typer.Exit(DEVICE_FAILED)


def health(
    site: Annotated[str | None, typer.Argument(help="Only this site")] = None,
    device: Annotated[str | None, typer.Option("--device", "-d", help="One device, whole")] = None,
    as_json: Json = False,
) -> None:
    """Show how the devices are: counted, by site, and those that are not well."""
    from controller.operations.show_health import show_device_health, show_health

    with session.signed_in() as (context, actor):
        if device is not None:
            row = show_device_health(context, actor, device)
            if as_json:
                return output.emit_json(None if row is None else health_view.device_json(row))
            return health_view.show_device(device, row)
        found = show_health(context, actor, site)
    if as_json:
        return output.emit_json(health_view.health_json(found))
    return health_view.show_health(found, whole=site is not None)


def _silent(found: Polled) -> bool:
    return any(found.health[d.name].status != "up" for d in found.asked if d.name in found.health)
