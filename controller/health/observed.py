"""One device after one poll, as the rules, the state and the archive see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from controller.facts.measured import Measured

Reached = Literal["up", "down", "unknown"]

# Rates of a port table: bits and events a second.
RATES = ("in_bps", "out_bps", "in_errors", "out_errors", "in_discards", "out_discards")


@dataclass(frozen=True, slots=True)
class PortTable:
    """Interfaces of a device, column by column: column -> ifIndex as text -> value.

    `rates`: the columns of RATES, a second; a port without two trustworthy readings is absent (its
    counter wrapped out of sight, was reset, the clock jumped, a poll was missed): unknown, never
    zero. `oper`, `admin`, `speed`, `duplex`, `names`, `aliases` as last told (`facts.measured`).
    """

    rates: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    oper: Mapping[str, int] = field(default_factory=dict)
    admin: Mapping[str, int] = field(default_factory=dict)
    speed: Mapping[str, int] = field(default_factory=dict)
    duplex: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)

    def name(self, index: str) -> str:
        """What the port is called; its number while the device has not said."""
        return self.names.get(index) or index


@dataclass(frozen=True, slots=True)
class Observed:
    """What one poll of a device came to.

    `reached` is `unknown` when nothing can be said: not asked, or the asking itself failed on our
    side. `measured` and `ports` are None unless it answered. `restarted` when its uptime went back.
    `why` says in English why it is not up, for the record.
    """

    device: str
    at: datetime
    reached: Reached
    measured: Measured | None = None
    ports: PortTable | None = None
    restarted: bool = False
    round_trip: float | None = None
    why: str = ""
