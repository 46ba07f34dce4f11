"""Which device hangs below which, by the structure of the office."""

from __future__ import annotations

from controller.inventory.device import Device, Role
from controller.inventory.structure import links_by_structure


def device(name: str, role: Role, site: str) -> Device:
    return Device(name=name, platform="cisco_ios", role=role, address="127.0.0.1", site=site)


def test_access_below_distribution_below_core_below_the_office() -> None:
    devices = [
        device("o-core", "core", "office"),
        device("o-dist", "distribution", "office"),
        device("o-sw", "access", "office"),
        device("a-dist", "distribution", "a"),
        device("a-sw1", "access", "a"),
        device("a-ap", "wireless", "a"),
        device("b-sw1", "access", "b"),
        device("b-sw2", "access", "b"),
    ]
    assert links_by_structure(devices, "office") == {
        "o-dist": "o-core",
        "o-sw": "o-dist",
        "a-dist": "o-core",
        "a-sw1": "a-dist",
        "a-ap": "a-sw1",
        "b-sw1": "o-core",
        "b-sw2": "b-sw1",
    }


def test_without_an_office_every_site_is_for_itself() -> None:
    devices = [device("a-sw1", "access", "a"), device("b-sw1", "access", "b")]
    assert links_by_structure(devices, None) == {}
    assert links_by_structure([], "office") == {}
