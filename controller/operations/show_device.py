"""Read the devices: one with all that is known of it, or many."""

from __future__ import annotations

from dataclasses import dataclass

from controller.accounts.actor import Actor, may, require
from controller.errors import NotFound, Text
from controller.inventory.asset import Asset
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.search import Found, Wanted
from controller.inventory.shelves import asset_of, device_shelf
from controller.inventory.site import Site
from controller.language import nearest
from controller.operations.context import Context
from controller.operations.show_site import seen_by
from controller.store import device_history, snapshots
from controller.store.device_history import Look, TouchingCase, TouchingRun
from controller.store.snapshots import Snapshot


@dataclass(frozen=True)
class DeviceView:
    """A device: as the inventory declares it, its row of the register, what it said of itself.

    `look` is None when nobody ever looked. Of a device one may read no history of, `snapshots`,
    `cases` and `runs` are empty and `history` is False.
    """

    device: Device
    site: Site
    asset: Asset | None
    look: Look | None
    history: bool
    snapshots: tuple[Snapshot, ...] = ()
    cases: tuple[TouchingCase, ...] = ()
    runs: tuple[TouchingRun, ...] = ()


def show_device(context: Context, actor: Actor, name: str) -> DeviceView:
    """One device. Errors: `NotFound`, also for a school that asks for another one's."""
    require(actor, "show_inventory")
    inventory = context.inventory()
    device = visible_device(inventory, actor, name)
    history = may(actor, "read_history")
    with context.store.read() as conn:
        return DeviceView(
            device=device,
            site=inventory.site_of(device),
            asset=asset_of(inventory, device.asset) if device.asset else None,
            look=device_history.last_look(conn, device.name),
            history=history,
            snapshots=snapshots.history(conn, device.name, 20) if history else (),
            cases=device_history.touching_cases(conn, device.name) if history else (),
            runs=device_history.touching_runs(conn, device.name) if history else (),
        )


def list_devices(context: Context, actor: Actor, wanted: Wanted | None = None) -> Found[Device]:
    """The devices that have every word and choice, in an order, one page; a school its own.

    One can choose by site, district, platform, role, model and tag, and sort by name, site, role,
    platform, model or address. Errors: `NotFound` for another school's site, `InputError` for an
    unknown choice or order.
    """
    require(actor, "show_inventory")
    inventory = context.inventory()
    return device_shelf(inventory).find(seen_by(inventory, actor, wanted or Wanted()))


def count_devices(context: Context, actor: Actor) -> dict[str, dict[str, int]]:
    """facet -> value -> number of devices the actor may see: what one can choose by."""
    require(actor, "show_inventory")
    inventory = context.inventory()
    shelf = device_shelf(inventory)
    within = seen_by(inventory, actor, Wanted()).choices
    return {facet: shelf.values(facet, within) for facet in shelf.facets}


def visible_device(inventory: Inventory, actor: Actor, name: str) -> Device:
    """The device of this name, if the actor may see it.

    Errors: `NotFound`, in the same words whether there is none or it is another school's.
    """
    device = inventory.device(name)
    if device is not None and actor.sees(device.site):
        return device
    near = nearest(name, [d.name for d in inventory.devices if actor.sees(d.site)])
    raise NotFound(
        Text(th=f"ไม่พบอุปกรณ์ {name}", en=f"there is no device {name}"),
        hint=Text(th=f"หมายถึง {near} ใช่หรือไม่", en=f"did you mean {near}?") if near else None,
    )
