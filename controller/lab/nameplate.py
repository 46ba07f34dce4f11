"""What stands on a device's label, and what its software calls itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Nameplate:
    """`mac`: the first five bytes of its addresses; `first_index`: ifIndex of its first port."""

    maker: str
    model: str
    version: str
    serial: str
    description: str
    object_id: str
    mac: bytes
    first_index: int
