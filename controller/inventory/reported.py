"""What a device said of itself, read with care: whatever is missing or no such value is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

PortState = Literal["up", "down", "off", "unknown"]


@dataclass(frozen=True)
class Port:
    """An interface: `speed` in Mbit/s; an empty text or None is unknown."""

    name: str
    state: PortState
    description: str
    speed: int | None
    mac: str


@dataclass(frozen=True)
class Reported:
    """Facts and interfaces: `uptime` in seconds; an empty text or None is unknown."""

    hostname: str
    model: str
    serial: str
    software: str
    uptime: int | None
    ports: tuple[Port, ...]


def reported(facts: object, interfaces: object) -> Reported:
    """NAPALM's facts and interfaces, as kept; an older or damaged record gives unknowns."""
    told = _mapping(facts)
    return Reported(
        hostname=_text(told.get("hostname")),
        model=_text(told.get("model")),
        serial=_text(told.get("serial_number")),
        software=_text(told.get("os_version")),
        uptime=_count(told.get("uptime"), least=0),
        ports=tuple(_port(str(name), _mapping(of)) for name, of in _mapping(interfaces).items()),
    )


def _port(name: str, told: Mapping[object, object]) -> Port:
    return Port(
        name=name,
        state=_state(told.get("is_up"), told.get("is_enabled")),
        description=_text(told.get("description")),
        speed=_count(told.get("speed"), least=1),
        mac=_text(told.get("mac_address")),
    )


def _state(up: object, enabled: object) -> PortState:
    if up is True:
        return "up"
    if enabled is False:
        return "off"
    return "down" if up is False and enabled is True else "unknown"


def _mapping(raw: object) -> Mapping[object, object]:
    return raw if isinstance(raw, Mapping) else {}


def _text(raw: object) -> str:
    return raw if isinstance(raw, str) else ""


def _count(raw: object, *, least: int) -> int | None:
    """The whole number. NAPALM says -1 for what it does not know, and floats for speeds."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not least <= raw < 10**12:
        return None
    return int(raw)
