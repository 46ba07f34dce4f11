"""What a device has: its ports by speed and plug, and the power it gives to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Medium = Literal["copper", "sfp", ""]


@dataclass(frozen=True, slots=True)
class PortFact:
    """One Ethernet port. `mbps` is what it reaches at least, 0 where it does not tell.

    `medium` is what is plugged into it: `copper` (RJ45), `sfp` for every kind of pluggable
    transceiver, empty where it does not tell.
    """

    name: str
    mbps: int = 0
    medium: Medium = ""


@dataclass(frozen=True, slots=True)
class Hardware:
    """The ports a device shows, without its ports for management alone.

    `poe_ports` and `poe_watts` are of the power it gives (RFC 3621), None where it does not tell.
    """

    ports: tuple[PortFact, ...] = ()
    poe_ports: int | None = None
    poe_watts: float | None = None

    def at_least(self, mbps: int, medium: Medium) -> int:
        """Ports that certainly are of this plug and reach this speed."""
        return sum(port.mbps >= mbps and port.medium == medium for port in self.ports)

    def at_most(self, medium: Medium) -> int:
        """Ports that may be of this plug: all but those that certainly are of another."""
        return sum(port.medium in {medium, ""} for port in self.ports)
