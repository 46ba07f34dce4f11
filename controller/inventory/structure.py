"""Which device hangs below which, by the structure of the office, while nobody has looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from controller.inventory.device import Device

_HEIGHT = {"router": 4, "firewall": 4, "core": 3, "distribution": 2, "access": 1}


def links_by_structure(devices: Iterable[Device], office: str | None) -> Mapping[str, str]:
    """Device -> the device its uplink goes to; the topmost of all is not in it.

    Within a site access goes to distribution goes to core; the first of a site's highest devices is
    its head, and the heads of the schools go to the head of `office`, the site of the office.
    """
    sites: dict[str, list[Device]] = {}
    for device in devices:
        sites.setdefault(device.site, []).append(device)
    heads = {site: max(members, key=_height) for site, members in sites.items()}
    top = heads.get(office or "")
    above: dict[str, str] = {}
    for site, members in sites.items():
        for device in members:
            higher = [m for m in members if _height(m) > _height(device)]
            nearest = min(higher, key=_height) if higher else heads[site]
            if nearest is device:
                nearest = top or device
            if nearest is not device:
                above[device.name] = nearest.name
    return above


def _height(device: Device) -> int:
    return _HEIGHT.get(device.role, 0)
