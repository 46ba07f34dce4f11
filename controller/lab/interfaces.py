"""Interfaces as they stand: what the configuration and the cabling make of each."""

import ipaddress
import re
import zlib
from dataclasses import dataclass

from controller.lab.configuration.dialect import natural_key
from controller.lab.configuration.tree import Configuration, Lines
from controller.lab.configuration.vlans import read_vlans

VIRTUAL = re.compile(r"Vlan(\d+)$")
ADDRESS_LINE = re.compile(r"ip address (\d+\.\d+\.\d+\.\d+)(?: (\d+\.\d+\.\d+\.\d+)|/(\d+))$")


@dataclass(frozen=True)
class InterfaceState:
    """One interface: `enabled` is not shut down, `up` has link (or is virtual and alive).

    `address` is (IPv4 address, prefix length) or None.
    """

    name: str
    enabled: bool
    up: bool
    description: str
    mtu: int
    address: tuple[str, int] | None
    switched: bool


def interface_states(
    configuration: Configuration, device: str, cabled: frozenset[str], unplugged: frozenset[str]
) -> list[InterfaceState]:
    """Every interface in the device's order.

    Interfaces in `cabled` have a cable, those in `unplugged` have none; for the other physical ones
    it is fixed by the device's and the port's name (three of four have one).
    """
    tops = [top for top in configuration.lines if top.startswith("interface ")]
    return [
        _state(configuration, top, _has_cable(device, top, cabled, unplugged))
        for top in sorted(tops, key=natural_key)
    ]


def address_of(inner: Lines) -> tuple[str, int] | None:
    """The first IPv4 address in an interface's lines with its prefix length, or None."""
    for line in inner:
        match = ADDRESS_LINE.match(line)
        if match:
            network = ipaddress.ip_network(f"{match[1]}/{match[2] or match[3]}", strict=False)
            return match[1], network.prefixlen
    return None


def value_of(inner: Lines, words: str) -> str | None:
    """What follows these words in the first line that starts with them, or None."""
    return next((line[len(words) + 1 :] for line in inner if line.startswith(f"{words} ")), None)


def carries(inner: Lines, vlan: int) -> bool:
    """Whether a port with these lines lets a VLAN through."""
    if "switchport mode trunk" in inner:
        allowed = value_of(inner, "switchport trunk allowed vlan")
        return allowed is None or vlan in read_vlans(allowed)
    return vlan == int(value_of(inner, "switchport access vlan") or 1)


def vlan_names(configuration: Configuration) -> dict[int, str]:
    """VLAN number -> name, VLAN 1 included, in ascending order."""
    names = {1: "default"}
    for top, inner in configuration.lines.items():
        if top.startswith("vlan "):
            number = int(top.removeprefix("vlan "))
            names[number] = value_of(inner, "name") or f"VLAN{number:04d}"
    return dict(sorted(names.items()))


def access_ports(configuration: Configuration, vlan: int) -> list[str]:
    """The physical ports, not trunks, that are in a VLAN."""
    return [
        port
        for port in configuration.ports
        if not port.startswith("Management")
        and "switchport mode trunk" not in (inner := configuration.lines[f"interface {port}"])
        and carries(inner, vlan)
    ]


def _has_cable(device: str, top: str, cabled: frozenset[str], unplugged: frozenset[str]) -> bool:
    name = top.removeprefix("interface ")
    if name in unplugged:
        return False
    return name in cabled or zlib.crc32(f"{device} {name}".encode()) % 4 != 0


def _state(configuration: Configuration, top: str, cable: bool) -> InterfaceState:
    inner = configuration.lines[top]
    name = top.removeprefix("interface ")
    enabled = "shutdown" not in inner
    virtual = VIRTUAL.match(name)
    alive = cable
    if virtual:
        alive = virtual[1] == "1" or f"vlan {virtual[1]}" in configuration.lines
    elif name not in configuration.ports:
        alive = True
    return InterfaceState(
        name=name,
        enabled=enabled,
        up=enabled and alive,
        description=value_of(inner, "description") or "",
        mtu=int(value_of(inner, "mtu") or 1500),
        address=address_of(inner),
        switched=name in configuration.ports and not name.startswith("Management"),
    )
