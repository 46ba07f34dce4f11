"""Who a device sees at its ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One neighbour seen at a port, by LLDP (IEEE 802.1AB), CDP, or the forwarding table.

    `local_port` is the interface's name as this device calls it; what is not told is empty.
    """

    local_port: str
    protocol: Literal["lldp", "cdp", "fdb"]
    name: str = ""
    port: str = ""
    address: str = ""
    mac: str = ""
    description: str = ""
    capabilities: tuple[str, ...] = ()
