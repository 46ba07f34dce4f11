"""Read the sites of the office: one with what stands there, or all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from controller.accounts.actor import Actor, require
from controller.errors import NotFound, Text
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.search import Wanted
from controller.inventory.shelves import asset_shelf, device_shelf
from controller.inventory.site import Site
from controller.language import nearest
from controller.operations.context import Context


@dataclass(frozen=True)
class SiteSummary:
    """A site and how much stands there: managed devices, rows of the register."""

    site: Site
    devices: int
    assets: int


@dataclass(frozen=True)
class SiteView(SiteSummary):
    """A site with its register summed up: rows by kind and by state, price in satang."""

    by_kind: Mapping[str, int]
    by_state: Mapping[str, int]
    price: int

    @property
    def managed(self) -> tuple[Device, ...]:
        """Its managed devices by name."""
        return tuple(sorted(self.site.devices, key=lambda device: device.name))


def show_site(context: Context, actor: Actor, name: str) -> SiteView:
    """One site. Errors: `NotFound`, also for a school that asks for another one."""
    require(actor, "show_inventory")
    inventory = context.inventory()
    site = visible_site(inventory, actor, name)
    found = asset_shelf(inventory).find(Wanted(choices={"site": site.site}))
    return SiteView(
        site=site,
        devices=len(site.devices),
        assets=found.total,
        by_kind=dict(Counter(asset.kind for asset in found.rows).most_common()),
        by_state=dict(Counter(asset.state for asset in found.rows).most_common()),
        price=found.sum,
    )


def list_sites(context: Context, actor: Actor) -> tuple[SiteSummary, ...]:
    """Every site by name; for a school only its own."""
    require(actor, "show_inventory")
    inventory = context.inventory()
    devices = device_shelf(inventory).values("site")
    assets = asset_shelf(inventory).values("site")
    return tuple(
        SiteSummary(site, devices.get(site.site, 0), assets.get(site.site, 0))
        for site in sorted(inventory.sites, key=lambda site: site.site)
        if actor.sees(site.site)
    )


def visible_site(inventory: Inventory, actor: Actor, name: str) -> Site:
    """The site of this name, if the actor may see it.

    Errors: `NotFound`, in the same words whether there is none or it is another school's.
    """
    site = inventory.site(name)
    if site is not None and actor.sees(site.site):
        return site
    near = nearest(name, [s.site for s in inventory.sites if actor.sees(s.site)])
    raise NotFound(
        Text(th=f"ไม่พบหน่วยงาน {name}", en=f"there is no site {name}"),
        hint=Text(th=f"หมายถึง {near} ใช่หรือไม่", en=f"did you mean {near}?") if near else None,
    )


def seen_by(inventory: Inventory, actor: Actor, wanted: Wanted) -> Wanted:
    """What is looked for, within what the actor may see.

    Errors: `NotFound` for a site there is not, or that is another school's.
    """
    chosen = wanted.choices.get("site")
    if chosen is not None:
        visible_site(inventory, actor, chosen)
    if not actor.of_school:
        return wanted
    own = {**wanted.choices, "site": actor.site or ""}
    return Wanted(wanted.words, own, wanted.order, wanted.start, wanted.most)
