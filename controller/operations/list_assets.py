"""Look through the hardware register."""

from __future__ import annotations

from controller.accounts.actor import Actor, require
from controller.inventory.asset import Asset
from controller.inventory.search import Found, Wanted
from controller.inventory.shelves import asset_shelf
from controller.operations.context import Context
from controller.operations.show_site import seen_by


def list_assets(context: Context, actor: Actor, wanted: Wanted | None = None) -> Found[Asset]:
    """The rows that have every word and choice, in an order, one page of them; a school its own.

    One can choose by site, kind, state, brand and year (of the Christian era), and sort by number,
    kind, brand, site, acquired, price or state. Errors: `NotFound` for another school's site,
    `InputError` for an unknown choice or order.
    """
    require(actor, "show_inventory")
    inventory = context.inventory()
    return asset_shelf(inventory).find(seen_by(inventory, actor, wanted or Wanted()))


def count_assets(context: Context, actor: Actor) -> dict[str, dict[str, int]]:
    """facet -> value -> number of rows the actor may see: what one can choose by."""
    require(actor, "show_inventory")
    inventory = context.inventory()
    shelf = asset_shelf(inventory)
    within = seen_by(inventory, actor, Wanted()).choices
    return {facet: shelf.values(facet, within) for facet in shelf.facets}
