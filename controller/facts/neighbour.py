"""Who a device sees at its ports, and how the others know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Protocol = Literal["lldp", "cdp", "mndp", "fdb"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One neighbour at a port: by LLDP (IEEE 802.1AB), CDP, MikroTik's MNDP, or forwarding table.

    `local_port` is the interface's name as this device calls it; `mac` is written `00:1a:2b:…`.
    What is not told is empty.
    """

    local_port: str
    protocol: Protocol
    name: str = ""
    port: str = ""
    address: str = ""
    mac: str = ""
    description: str = ""
    capabilities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A device among others: the name and hardware addresses it shows them, whom it sees."""

    name: str = ""
    macs: tuple[str, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
