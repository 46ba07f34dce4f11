"""What was measured on a device in one poll: values with units, nothing judged.

What a device does not tell is absent or None. Nothing here is ever filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

SensorKind = Literal[
    "temperature", "humidity", "fan", "voltage", "current", "power", "charge", "load", "runtime",
    "frequency", "signal", "level", "state",
]  # fmt: skip
SENSOR_UNITS: dict[str, str] = {
    "temperature": "°C", "humidity": "%", "fan": "rpm", "voltage": "V", "current": "A",
    "power": "W", "charge": "%", "load": "%", "runtime": "min", "frequency": "Hz",
    "signal": "dBm", "level": "%", "state": "",
}  # fmt: skip
State = Literal["ok", "warning", "critical", "unknown"]
MemoryRole = Literal["memory", "swap", "virtual", "cache"]


@dataclass(frozen=True, slots=True)
class Processor:
    """How busy a processor is, in percent (0 to 100)."""

    index: str
    name: str
    percent: float


@dataclass(frozen=True, slots=True)
class Memory:
    """One pool of memory; sizes in bytes where the device tells them, `percent` used.

    Only what has the role `memory` is worth judging: a full cache or a large virtual memory is how
    a well system looks.
    """

    index: str
    name: str
    percent: float
    total: float | None = None
    used: float | None = None
    role: MemoryRole = "memory"


@dataclass(frozen=True, slots=True)
class Sensor:
    """One sensor; the unit is that of its kind (SENSOR_UNITS). `state` is the device's own word."""

    kind: SensorKind
    index: str
    name: str
    value: float | None
    state: State = "unknown"
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class PoeBudget:
    """Power over Ethernet of one unit of a switch, in watts (RFC 3621)."""

    index: str
    budget: float
    used: float


# Columns of a port table. What counts only grows (and wraps); what does not is a state.
COUNTERS = (
    "in_octets", "out_octets", "in_errors", "out_errors", "in_discards", "out_discards",
)  # fmt: skip
STATES = ("oper", "admin", "speed", "duplex")
NAMES = ("name", "alias")


@dataclass(frozen=True, slots=True)
class Ports:
    """The interfaces, column by column: column -> ifIndex as text -> value.

    COUNTERS as the device counts them (`bits`: 64 or 32 for the octets, 32 for the rest, RFC 2863);
    `oper` and `admin` as in IF-MIB (1 up, 2 down, 3 testing, 4 unknown, 5 dormant, 6 not present,
    7 lower layer down); `speed` in bit/s; `duplex` 2 half, 3 full (EtherLike-MIB); `name` and
    `alias` as text. A column not asked for in this poll is absent.
    """

    counters: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    states: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    octet_bits: int = 64


@dataclass(frozen=True, slots=True)
class Measured:
    """One device in one poll. `uptime` in seconds since its SNMP agent or itself started."""

    uptime: float | None = None
    processors: tuple[Processor, ...] = ()
    memories: tuple[Memory, ...] = ()
    sensors: tuple[Sensor, ...] = ()
    poe: tuple[PoeBudget, ...] = ()
    clients: int | None = None
    ports: Ports = field(default_factory=Ports)
