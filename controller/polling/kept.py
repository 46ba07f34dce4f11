"""What the polling process remembers of a device from poll to poll."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from zlib import crc32

from controller.facts.identity import Identity
from controller.facts.measured import Measured, Ports
from controller.facts.neighbour import Surroundings
from controller.health.observed import PortTable
from controller.health.rates import Counted
from controller.health.status import LastStatus, backoff
from controller.platforms.profile import Tier, Traits
from controller.polling.pool import Pool
from controller.store.device_health import DeviceHealth

# Polls from one asking of a tier to the next.
EVERY: dict[Tier, int] = {"cycle": 1, "quarter": 3, "hour": 12}


@dataclass(slots=True)
class Kept:
    """One device. `polls` counts the answers since this process began to poll it.

    `span` is the id of the span it stands in; `details` when it was last asked what it is; `traits`
    what it turned out to have when it was last asked everything; `surroundings` whom it saw, until
    that is written. `phase` spreads what is asked seldom over the polls: not all devices at once.
    """

    last: LastStatus | None = None
    span: int | None = None
    identity: Identity = field(default_factory=Identity)
    details: datetime | None = None
    answered: datetime | None = None
    round_trip: float | None = None
    why: str = ""
    measured: Measured = field(default_factory=Measured)
    ports: PortTable = field(default_factory=PortTable)
    traits: Traits | None = None
    counted: Counted = field(default_factory=Counted)
    surroundings: Surroundings | None = None
    phase: int = 0
    polls: int = 0
    skipped: int = 0

    def tiers(self) -> tuple[Tier, ...]:
        """What is due at the next asking; everything at the first."""
        if self.polls == 0:
            return tuple(EVERY)
        return tuple(
            tier for tier, every in EVERY.items() if (self.polls + self.phase) % every == 0
        )

    def silent(self) -> bool:
        """Whether it is down, so that one small question is enough to find out if it still is."""
        return self.last is not None and self.last.status == "down"

    def kind(self) -> Literal["silent", "new", "known"]:
        """How much there is to ask at the next poll: next to nothing, everything, a little."""
        if self.silent():
            return "silent"
        return "known" if self.polls else "new"

    def rests(self) -> bool:
        """Whether a silent device is let alone at this poll."""
        if self.last is None or not self.silent():
            return False
        return self.skipped + 1 < backoff(self.last.missed)

    def row(self, device: str) -> DeviceHealth | None:
        """What the store keeps of it; None before the first poll."""
        last = self.last
        if last is None:
            return None
        return DeviceHealth(
            device=device,
            status=last.status,
            since=last.since,
            at=last.at,
            answered=self.answered,
            missed=last.missed,
            round_trip=self.round_trip,
            details=self.details,
            why=self.why,
            identity=self.identity,
            measured=self.measured,
            ports=self.ports,
        )


def remembered(device: str, row: DeviceHealth | None, span: int | None) -> Kept:
    """What a process that takes over a device knows of it: all but its counters."""
    phase = crc32(device.encode()) % EVERY["hour"]
    if row is None:
        return Kept(phase=phase)
    missed_since = row.since if row.missed else None
    return Kept(
        phase=phase,
        last=LastStatus(row.status, row.since, row.at, row.missed, missed_since),
        span=span,
        identity=row.identity,
        details=row.details,
        answered=row.answered,
        round_trip=row.round_trip,
        why=row.why,
        measured=row.measured,
        ports=replace(row.ports, rates={}),
    )


def merged(before: Measured, now: Measured, tiers: Collection[Tier]) -> Measured:
    """What is known after a poll that asked only some tiers.

    Sensors and PoE that were not asked for stay as they were told last, until their turn.
    """
    now = replace(now, ports=Ports())
    if set(tiers) >= set(EVERY):
        return now
    told = {(sensor.kind, sensor.index) for sensor in now.sensors}
    older = tuple(s for s in before.sensors if (s.kind, s.index) not in told)
    return replace(
        now,
        sensors=now.sensors + (older if "quarter" not in tiers else ()),
        poe=now.poe or (before.poe if "quarter" not in tiers else ()),
        clients=before.clients if now.clients is None and "quarter" not in tiers else now.clients,
    )


def port_table(
    before: PortTable, ports: Ports, rates: dict[str, dict[str, float]], pool: Pool
) -> PortTable:
    """The ports after a poll: fresh rates and states, names and speeds as last told.

    Rates of columns that were not asked for this time are left out: they are of an earlier time.
    """
    states = {name: pool.same(column) for name, column in ports.states.items()}
    names = {name: pool.same(column) for name, column in ports.names.items()}
    return PortTable(
        rates=rates,
        oper=states.get("oper", before.oper),
        admin=states.get("admin", before.admin),
        speed=states.get("speed", before.speed),
        duplex=states.get("duplex", before.duplex),
        names=names.get("name", before.names),
        aliases=names.get("alias", before.aliases),
    )
