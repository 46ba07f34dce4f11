"""The register and the devices, ready to be looked through; made once for each inventory."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from controller.inventory.asset import KIND_NAMES, STATE_NAMES, Asset
from controller.inventory.device import Device
from controller.inventory.inventory import Inventory
from controller.inventory.search import Shelf, Sieve
from controller.inventory.site import Site


def asset_shelf(inventory: Inventory) -> Shelf[Asset]:
    """The register by number; one can choose by site, kind, state, brand and year acquired."""
    return inventory.kept("assets", lambda: Shelf(inventory.assets, _assets(inventory)))


def device_shelf(inventory: Inventory) -> Shelf[Device]:
    """The devices by name; one can choose by site, district, platform, role, model and tag."""
    return inventory.kept("devices", lambda: Shelf(inventory.devices, _devices(inventory)))


def asset_of(inventory: Inventory, number: str) -> Asset | None:
    """The row of the register with this number."""
    rows = inventory.kept("numbers", lambda: {row.number: row for row in inventory.assets})
    return rows.get(number)


def _assets(inventory: Inventory) -> Sieve[Asset]:
    site = _site_texts(inventory)
    kinds = {kind: f"{kind} {name.th}" for kind, name in KIND_NAMES.items()}
    states = {state: f"{state} {name.th}" for state, name in STATE_NAMES.items()}
    return Sieve(
        texts=lambda a: (
            a.number, a.brand, a.model, a.serial, a.room, a.note,
            kinds[a.kind], states[a.state], site(a.site),
        ),
        facets={
            "site": lambda a: (a.site,),
            "kind": lambda a: (a.kind,),
            "state": lambda a: (a.state,),
            "brand": lambda a: (a.brand,) if a.brand else (),
            "year": lambda a: (str(a.acquired.year),),
        },
        keys={
            "number": lambda a: a.number,
            "kind": lambda a: (a.kind, a.number),
            "brand": lambda a: (a.brand.casefold(), a.model.casefold(), a.number),
            "site": lambda a: (a.site, a.number),
            "acquired": lambda a: (a.acquired, a.number),
            "price": lambda a: (a.price, a.number),
            "state": lambda a: (a.state, a.number),
        },
        amount=lambda a: a.price,
    )  # fmt: skip


def _devices(inventory: Inventory) -> Sieve[Device]:
    site = _site_texts(inventory)
    return Sieve(
        texts=lambda d: (
            d.name, d.address, d.model or "", d.serial or "", d.asset or "",
            d.platform, d.role, " ".join(d.tags), site(d.site),
        ),
        facets={
            "site": lambda d: (d.site,),
            "district": lambda d: (d.district,),
            "platform": lambda d: (d.platform,),
            "role": lambda d: (d.role,),
            "model": lambda d: (d.model,) if d.model else (),
            "tag": lambda d: sorted(set(d.tags)),
        },
        keys={
            "name": lambda d: d.name,
            "site": lambda d: (d.site, d.name),
            "role": lambda d: (d.role, d.name),
            "platform": lambda d: (d.platform, d.name),
            "model": lambda d: (d.model or "", d.name),
            "address": lambda d: (_address(d.address), d.name),
        },
    )  # fmt: skip


def _site_texts(inventory: Inventory) -> Callable[[str], str]:
    def text(site: Site) -> str:
        return f"{site.site} {site.name_th} {site.name_en} {site.district}"

    texts = {site.site: text(site) for site in inventory.sites}
    return lambda name: texts.get(name, name)


def _address(text: str) -> tuple[int, int]:
    """Addresses in the order of their numbers; what is none comes first."""
    try:
        address = ip_address(text)
    except ValueError:
        return 0, 0
    return address.version, int(address)
