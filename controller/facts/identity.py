"""What a device is, by its own word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "switch", "router", "firewall", "wireless", "server", "storage", "power", "printer", "camera",
    "appliance", "",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """`platform` is a folder name under platforms, or the name the table of systems knows.

    Whatever the device does not tell is empty: never guessed.
    """

    platform: str = ""
    vendor: str = ""
    kind: Kind = ""
    model: str = ""
    version: str = ""
    serial: str = ""
    features: str = ""
    name: str = ""
    location: str = ""
    description: str = ""
    object_id: str = ""
