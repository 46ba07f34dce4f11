"""Asking one device at one poll: what is due, what it answered, what follows from it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from controller.connections.snmp.engine import SnmpEngine, SnmpError, SnmpTarget
from controller.facts.answers import Answers, Request
from controller.facts.identity import Identity
from controller.facts.measured import COUNTERS
from controller.facts.neighbour import Surroundings
from controller.health.observed import Observed, Reached
from controller.platforms.identifying import first_request, identify, next_request
from controller.platforms.neighbours import (
    first_neighbour_request,
    next_neighbour_request,
    read_surroundings,
)
from controller.platforms.profile import Profile, Tier, profile
from controller.polling.kept import EVERY, Kept, merged, port_table
from controller.polling.pool import Pool

_log = logging.getLogger(__name__)

IDENTITY_LASTS = timedelta(days=1)
_MORE_QUESTIONS = 6
"""Rounds of questions after the first to find out what a device is."""
_UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError)
_LATE = 0.5
"""Polls by which a counter's reading may be late; then one was missed, and no rate is told."""


class Visitor:
    """Asks devices, one at a time each, and turns the answers into what was observed."""

    def __init__(
        self, engine: SnmpEngine, poll_seconds: float, clock: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._pool = Pool()
        # Under which addresses bridges learn our own devices: kept also at ports with many.
        self._macs: set[str] = set()
        self._longest = {
            name: poll_seconds * (EVERY[tier] + _LATE)
            for name, tier in _tiers_of_counters().items()
        }

    async def visit(
        self, device: str, platform: str, target: SnmpTarget, kept: Kept
    ) -> Observed | None:
        """What one poll of the device came to; None when a silent device is let alone this time.

        `platform` is what the inventory says, until the device itself has said what it is.
        """
        if kept.rests():
            kept.skipped += 1
            return None
        kept.skipped = 0
        try:
            if kept.silent():
                await self._engine.probe(target)
            return await self._ask(device, platform, target, kept)
        except SnmpError as error:
            kept.counted.forget()
            reached: Reached = "down" if error.silent else "unknown"
            return Observed(device, self._clock(), reached, why=error.message.en)
        except _UNREADABLE:
            # One device that answers what nobody foresaw must not stop the polls of all others.
            _log.exception("what %s answers cannot be read", device)
            kept.counted.forget()
            return Observed(device, self._clock(), "unknown", why="its answers cannot be read")

    async def _ask(self, device: str, platform: str, target: SnmpTarget, kept: Kept) -> Observed:
        tiers = kept.tiers()
        known = _profile(kept.identity, platform)
        request = known.request(tiers, kept.traits)
        if "hour" in tiers:
            request |= first_request()
        answers, at, ticks = await self._answers(target, request)
        restarted = kept.counted.restarted(ticks, known.ports.uptime(answers))
        if self._must_identify(kept, answers, at, restarted=restarted):
            kept.identity, kept.details = await self._identify(target), at
            better = _profile(kept.identity, platform)
            # Also what it measures may have changed: everything is asked once more.
            if better is not known or kept.traits is not None:
                tiers, known, kept.traits = tuple(EVERY), better, None
                answers, at, ticks = await self._answers(target, known.request(tiers))
        if "hour" in tiers:
            kept.traits = known.traits(answers, kept.traits)
            kept.surroundings = await self._surroundings(target)
        measured = known.read(answers, kept.traits)
        speed = measured.ports.states.get("speed", kept.ports.speed)
        rates = kept.counted.rates(
            measured.ports, ticks, measured.uptime, longest=self._longest, speed=speed
        )
        kept.ports = port_table(kept.ports, measured.ports, rates, self._pool)
        kept.measured = merged(kept.measured, measured, tiers)
        kept.answered, kept.round_trip = at, answers.round_trip
        kept.polls += 1
        return Observed(
            device,
            at,
            "up",
            measured,
            kept.ports,
            restarted=restarted,
            round_trip=answers.round_trip,
        )

    async def _answers(
        self, target: SnmpTarget, request: Request
    ) -> tuple[Answers, datetime, float]:
        answers = await self._engine.ask(target, request)
        return answers, self._clock(), time.monotonic()

    async def _surroundings(self, target: SnmpTarget) -> Surroundings | None:
        """Whom the device sees; None when it does not say, which proves nothing about itself."""
        try:
            answers = await self._engine.ask(target, first_neighbour_request())
            if more := next_neighbour_request(answers):
                answers |= await self._engine.ask(target, more)
        except SnmpError as error:
            _log.info("%s does not tell its neighbours: %s", target.name, error.message.en)
            return None
        seen = read_surroundings(answers, self._macs)
        self._macs.update(seen.macs[:2])
        return seen

    def _must_identify(
        self, kept: Kept, answers: Answers, at: datetime, *, restarted: bool
    ) -> bool:
        if kept.details is None or restarted or at - kept.details > IDENTITY_LASTS:
            return True
        told = {oid: answers.text(oid) for oid in first_request().scalars if oid in answers.scalars}
        changed = {told.get(_OBJECT_ID), told.get(_DESCRIPTION)} - {None}
        return not changed <= {kept.identity.object_id, kept.identity.description}

    async def _identify(self, target: SnmpTarget) -> Identity:
        answers = await self._engine.ask(target, first_request())
        for _ in range(_MORE_QUESTIONS):
            more: Request | None = next_request(answers)
            if more is None:
                break
            answers |= await self._engine.ask(target, more)
        return identify(answers)


_DESCRIPTION = "1.3.6.1.2.1.1.1.0"
_OBJECT_ID = "1.3.6.1.2.1.1.2.0"


def _profile(identity: Identity, platform: str) -> Profile:
    """What to measure: as the device said it is, else as the inventory says."""
    return profile(identity.platform or platform, identity.object_id)


def _tiers_of_counters() -> dict[str, Tier]:
    """In which tier each counter is read: those not read at every poll, at the fifteen minutes."""
    often = {"in_octets", "out_octets", "in_errors"}
    return {name: "cycle" if name in often else "quarter" for name in COUNTERS}
