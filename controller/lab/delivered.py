"""The `delivered` part of LAB.json: equipment fresh out of its box, which only answers SNMP.

Such a device has no configuration one could push and is in nobody's inventory yet: access points
and switches that a supplier has just brought, and that are asked what they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from controller.lab.complaints import LabError
from controller.lab.reading import number, refuse_unknown, text

Media = Literal["copper", "sfp"]
MEDIA: tuple[Media, ...] = ("copper", "sfp")
SNMP_PORT = 8161
_EXAMPLE = "1.3.6.1.4.1.32473.1"  # the enterprise number kept for examples, RFC 5612
_TEXTS = ("name", "maker", "model", "serial", "version", "description", "object_id")


@dataclass(frozen=True)
class PortsDefinition:
    """So many ports alike: their speed in Mbit/s and what is plugged into them."""

    count: int
    mbps: int
    media: Media


@dataclass(frozen=True)
class DeliveredDefinition:
    """One device. `poe_watts` is the power for all of its `poe_ports`, 0 for none."""

    name: str
    address: str
    snmp_port: int
    maker: str
    model: str
    serial: str
    version: str
    description: str
    object_id: str
    ports: tuple[PortsDefinition, ...]
    poe_ports: int
    poe_watts: int


def read_delivered(row: object, where: str, address: str) -> DeliveredDefinition:
    """One row of `delivered`, its address read already; raises `LabError`."""
    row = _mapping(row, where)
    known = {*_TEXTS, "address", "snmp_port", "ports", "poe_ports", "poe_watts"}
    refuse_unknown(row, known, where)
    maker, model = text(row, "maker", where), text(row, "model", where)
    version = text(row, "version", where, "1.0.0")
    ports = row.get("ports", [{"count": 1, "mbps": 1000}])
    if not isinstance(ports, list):
        raise LabError(f"{where}: ports ต้องเป็นรายการ", f"{where}: ports must be a list")
    return DeliveredDefinition(
        name=text(row, "name", where),
        address=address,
        snmp_port=int(number(row, "snmp_port", SNMP_PORT, where, below=65536)),
        maker=maker,
        model=model,
        serial=text(row, "serial", where),
        version=version,
        description=text(row, "description", where, f"{maker} {model}, software {version}"),
        object_id=text(row, "object_id", where, _EXAMPLE),
        ports=tuple(_ports(part, f"{where}: ports[{i}]") for i, part in enumerate(ports)),
        poe_ports=int(number(row, "poe_ports", 0, where, below=1000)),
        poe_watts=int(number(row, "poe_watts", 0, where, below=100_000)),
    )


def _ports(part: object, where: str) -> PortsDefinition:
    part = _mapping(part, where)
    refuse_unknown(part, ("count", "mbps", "media"), where)
    media = text(part, "media", where, "copper")
    if media not in MEDIA:
        allowed = ", ".join(MEDIA)
        raise LabError(
            f"{where}: ไม่รู้จัก media {media!r} (ใช้ได้: {allowed})",
            f"{where}: unknown media {media!r} (allowed: {allowed})",
        )
    return PortsDefinition(
        count=int(number(part, "count", 1, where, below=1000)),
        mbps=int(number(part, "mbps", 1000, where, above=0.0, below=1_000_000)),
        media=media,
    )


def _mapping(row: object, where: str) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise LabError(f"{where}: ต้องเป็นออบเจกต์ JSON", f"{where}: must be a JSON object")
    return row
