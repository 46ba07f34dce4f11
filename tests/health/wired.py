"""A small office to wire up, and what its devices say of one another."""

from __future__ import annotations

from typing import Any

from controller.facts.neighbour import Neighbour, Surroundings
from controller.inventory.inventory import Groups, Inventory
from controller.inventory.office import Office
from controller.inventory.site import Site

OFFICE = Office.model_validate(
    {
        "name_th": "สำนักงาน", "name_en": "Office", "short": "สพม.", "group_th": "กลุ่ม",
        "group_en": "Group", "director_title": "ผู้อำนวยการ", "numbering": {"prefix": "ศธ"},
        "people": [],
    }
)  # fmt: skip


def device(site: str, name: str, role: str = "access", **more: Any) -> dict[str, Any]:
    """A device as a site file has it; its address counts up with its name."""
    number = sum(ord(letter) * (at + 1) for at, letter in enumerate(name))
    address = f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"
    return {
        "name": name, "platform": "cisco_ios", "role": role, "address": address, "site": site,
        "district": "d", **more,
    }  # fmt: skip


def inventory(**sites: list[dict[str, Any]]) -> Inventory:
    """Sites by name with their devices; the one called `office` is the office."""
    built = [
        Site.model_validate(
            {
                "site": name, "name_th": name, "name_en": name, "district": "d",
                "kind": "office" if name == "office" else "school", "devices": devices,
            }
        )
        for name, devices in sites.items()
    ]  # fmt: skip
    return Inventory(OFFICE, tuple(built), Groups(), ())


def sees(port: str, name: str, far: str = "", **more: Any) -> Neighbour:
    """A neighbour by LLDP."""
    return Neighbour(port, "lldp", name=name, port=far, **more)


def learnt(port: str, mac: str) -> Neighbour:
    """A hardware address in the forwarding table."""
    return Neighbour(port, "fdb", mac=mac)


def around(*neighbours: Neighbour, macs: tuple[str, ...] = (), name: str = "") -> Surroundings:
    """What a device says of itself and of those at its ports."""
    return Surroundings(name, macs, neighbours)
