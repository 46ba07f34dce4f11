"""`khaen inventory`: the sites, the devices and the hardware register."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import inventory_import, inventory_script, inventory_view, output, session
from controller.cli.output import Json

if TYPE_CHECKING:
    from controller.inventory.search import Wanted

inventory = typer.Typer(help="Sites, devices and the hardware register.")
Words = Annotated[list[str] | None, typer.Argument(help="Words that must all be there")]
Site = Annotated[str | None, typer.Option("--site", help="Only of this site")]
Sort = Annotated[str, typer.Option("--sort", help="Column to sort by; with - before it, backwards")]
Page = Annotated[int, typer.Option("--page", min=1, help="Which page of 50, from 1")]
OF_A_PAGE = 50


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    inventory_import.register(inventory)
    inventory_script.register(inventory)
    app.add_typer(inventory, name="inventory")


@inventory.command()
def sites(as_json: Json = False) -> None:
    """List the sites, with how much stands at each."""
    from controller.operations.show_site import list_sites

    with session.signed_in() as (context, actor):
        found = list_sites(context, actor)
    if as_json:
        return output.emit_json([inventory_view.summary_json(s) for s in found])
    return inventory_view.show_sites(found)


@inventory.command()
def site(name: str, as_json: Json = False) -> None:
    """Show a site: contacts, networks, devices, its register summed up."""
    from controller.operations.show_site import show_site

    with session.signed_in() as (context, actor):
        found = show_site(context, actor, name)
    if as_json:
        return output.emit_json(inventory_view.site_json(found))
    return inventory_view.show_site(found)


@inventory.command()
def devices(
    words: Words = None,
    site: Site = None,
    role: Annotated[str | None, typer.Option("--role", help="Only in this role")] = None,
    platform: Annotated[str | None, typer.Option("--platform", help="Only of this one")] = None,
    sort: Sort = "",
    page: Page = 1,
    as_json: Json = False,
) -> None:
    """Look through the devices."""
    from controller.operations.show_device import list_devices

    wanted = _wanted(words, {"site": site, "role": role, "platform": platform}, sort, page)
    with session.signed_in() as (context, actor):
        found = list_devices(context, actor, wanted)
    if as_json:
        return output.emit_json(
            {"total": found.total, "rows": [inventory_view.device_json(d) for d in found.rows]}
        )
    return inventory_view.show_devices(found)


@inventory.command()
def device(name: str, as_json: Json = False) -> None:
    """Show a device: what is declared, what it said, the cases and runs that touched it."""
    from controller.operations.show_device import show_device

    with session.signed_in() as (context, actor):
        found = show_device(context, actor, name)
    if as_json:
        return output.emit_json(inventory_view.view_json(found))
    return inventory_view.show_device(found)


@inventory.command()
def look(name: str, as_json: Json = False) -> None:
    """Ask a device now for its facts and interfaces, and keep them."""
    from controller.operations.look_at_device import look_at_device

    with session.signed_in() as (context, actor):
        found = look_at_device(context, actor, name)
    if as_json:
        return output.emit_json(inventory_view.look_json(found))
    return inventory_view.show_look(found)


@inventory.command()
def assets(
    words: Words = None,
    site: Site = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Only of this kind")] = None,
    state: Annotated[str | None, typer.Option("--state", help="Only in this state")] = None,
    brand: Annotated[str | None, typer.Option("--brand", help="Only of this maker")] = None,
    year: Annotated[int | None, typer.Option("--year", help="Only acquired in this year")] = None,
    sort: Sort = "",
    page: Page = 1,
    as_json: Json = False,
) -> None:
    """Look through the hardware register."""
    from controller.operations.list_assets import list_assets

    choices = {"site": site, "kind": kind, "state": state, "brand": brand, "year": _year(year)}
    with session.signed_in() as (context, actor):
        found = list_assets(context, actor, _wanted(words, choices, sort, page))
    if as_json:
        return output.emit_json(
            {"total": found.total, "rows": [inventory_view.asset_json(a) for a in found.rows]}
        )
    return inventory_view.show_assets(found)


@inventory.command()
def export(
    file: Annotated[Path, typer.Argument(help="Ends in .xlsx or .csv")],
    words: Words = None,
    site: Site = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Only of this kind")] = None,
    state: Annotated[str | None, typer.Option("--state", help="Only in this state")] = None,
) -> None:
    """Write the register, or what is found in it, to a file for Excel."""
    from controller.operations.export_assets import export_assets

    wanted = _wanted(words, {"site": site, "kind": kind, "state": state}, "", 1)
    with session.signed_in() as (context, actor):
        content = export_assets(
            context,
            actor,
            wanted,
            form="csv" if file.suffix.lower() == ".csv" else "xlsx",
            language=output.language(),
        )
    output.write_file(file, content)


def _year(year: int | None) -> str | None:
    """The year as the register counts: of the Christian era, also when a Buddhist one is given."""
    from controller.thai import BUDDHIST_OFFSET

    return None if year is None else str(year - BUDDHIST_OFFSET if year >= 2400 else year)


def _wanted(words: list[str] | None, choices: dict[str, Any], sort: str, page: int) -> Wanted:
    from controller.inventory.search import Wanted

    chosen = {name: value for name, value in choices.items() if value}
    start = (page - 1) * OF_A_PAGE
    return Wanted(" ".join(words or ()), chosen, sort, start, OF_A_PAGE)
