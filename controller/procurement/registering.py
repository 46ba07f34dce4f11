"""What accepted pieces become: rows of the register with numbers, devices of the inventory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from controller.errors import InputError, Text
from controller.inventory.asset import KINDS, Asset, Kind
from controller.inventory.asset_numbers import next_asset_numbers
from controller.inventory.inventory import Inventory
from controller.inventory.office import Numbering
from controller.procurement.delivery import Delivery, Piece
from controller.procurement.offer import ItemOffer, Offer
from controller.specs.specification import Item, Specification

_SHORT = {
    "access": "sw", "wireless": "ap", "router": "rt", "firewall": "fw", "power": "ups",
    "printer": "pr", "camera": "cam", "server": "sv",
}  # fmt: skip


@dataclass(frozen=True)
class Registered:
    """By the key of the piece: its row, the values of its device, why it is no device."""

    assets: Mapping[str, Asset]
    devices: Mapping[str, Mapping[str, str]]
    left_out: Mapping[str, Text]


def registered(
    delivery: Delivery,
    specification: Specification,
    offer: Offer,
    inventory: Inventory,
    numbering: Numbering,
    day: date,
    year: int,
) -> Registered:
    """What the pieces become on this day, `year` of the Buddhist era.

    Numbers follow the register's own in the order of the delivery. A piece of the network becomes a
    device when its platform is known. Errors: `InputError` for a kind without a pattern.
    """
    kinds = {item.id: kind_of(item) for item in specification.items}
    numbers = _numbers(delivery, kinds, inventory, numbering, year)
    taken = {device.name for device in inventory.devices}
    assets: dict[str, Asset] = {}
    devices: dict[str, dict[str, str]] = {}
    left_out: dict[str, Text] = {}
    for piece in delivery.pieces:
        offered = offer.item(piece.item)
        name = ""
        why = _no_device(piece)
        if why is None:
            name = _name(piece, taken)
            taken.add(name)
            devices[piece.key] = _device(piece, offered, name, numbers[piece.key])
        elif piece.role:
            left_out[piece.key] = why
        price = delivery.prices.get(piece.item)
        assets[piece.key] = Asset(
            number=numbers[piece.key],
            site=piece.site,
            kind=kinds[piece.item],
            brand=offered.brand or piece.brand,
            model=offered.model or piece.model,
            serial=piece.serial,
            acquired=day,
            price=int(price * 100) if price is not None else 0,
            room=piece.room,
            state="in-use",
            note=name,
        )
    return Registered(assets, devices, left_out)


def kind_of(item: Item) -> Kind:
    """The kind the register has for equipment of this item."""
    return next((kind for kind in KINDS if kind == item.kind), "other")


def _numbers(
    delivery: Delivery,
    kinds: Mapping[str, Kind],
    inventory: Inventory,
    numbering: Numbering,
    year: int,
) -> dict[str, str]:
    taken = [asset.number for asset in inventory.assets]
    counted = Counter(kinds[piece.item] for piece in delivery.pieces)
    missing = [kind for kind in counted if kind not in numbering.asset]
    if missing:
        listed = ", ".join(missing)
        raise InputError(
            Text(
                th=f"inventory/office.yaml ไม่มีรูปแบบเลขครุภัณฑ์ของ {listed} (numbering.asset)",
                en=f"inventory/office.yaml has no numbering.asset for {listed}",
            ),
            hint=Text(
                th='เช่น asset: {switch: "7440-009-{number:04}/{yy}"}',
                en='for example asset: {switch: "7440-009-{number:04}/{yy}"}',
            ),
        )
    # Kinds that share a pattern share its numbers.
    free: dict[str, list[str]] = {}
    for pattern in {numbering.asset[kind] for kind in counted}:
        count = sum([n for kind, n in counted.items() if numbering.asset[kind] == pattern])
        free[pattern] = next_asset_numbers(
            pattern, year, taken, count, yearly=numbering.asset_yearly
        )
    return {piece.key: free[numbering.asset[kinds[piece.item]]].pop(0) for piece in delivery.pieces}


def _no_device(piece: Piece) -> Text | None:
    if not piece.role or not piece.address:
        return _NO_ADDRESS
    return None if piece.platform else _NO_PLATFORM


def _device(piece: Piece, offered: ItemOffer, name: str, number: str) -> dict[str, str]:
    values = {
        "name": name,
        "platform": piece.platform,
        "role": piece.role,
        "address": piece.address,
        "model": piece.model or offered.model,
        "serial": piece.serial,
        "asset": number,
        "management_interface": piece.interface,
        "snmp": piece.access if piece.access != "default" else "",
    }
    return {key: value for key, value in values.items() if value}


def _name(piece: Piece, taken: set[str]) -> str:
    """The name on the list, else the site with the next free number of its kind."""
    if piece.name:
        return piece.name
    stem, number = f"{piece.site}-{_SHORT[piece.role]}", 1
    while f"{stem}{number:02}" in taken:
        number += 1
    return f"{stem}{number:02}"


_NO_ADDRESS = Text(th="ไม่มีที่อยู่ไอพี", en="it has no address")
_NO_PLATFORM = Text(
    th="ไม่รู้จักแพลตฟอร์ม ให้ระบุในบัญชีส่งมอบหากต้องการเฝ้าดู",
    en="its platform is not known; name it in the list to have it watched",
)
