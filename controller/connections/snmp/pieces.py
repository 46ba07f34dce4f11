"""Read delivered devices, many at a time: what each is, and what it has."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from controller.connections.snmp.engine import SnmpEngine, SnmpError, SnmpTarget
from controller.connections.snmp.finding import Answering, Done, find_out
from controller.facts.hardware import Hardware
from controller.platforms.hardware import hardware_request, read_hardware


@dataclass(frozen=True, slots=True)
class Shown:
    """What a device told, and by which of the targets."""

    answering: Answering
    hardware: Hardware


async def read_pieces(
    engine: SnmpEngine,
    places: Sequence[Sequence[SnmpTarget]],
    *,
    at_once: int,
    done: Done | None = None,
) -> list[Shown | SnmpError | None]:
    """For each place, in order: what the device told, else why the last way of asking failed.

    A place is tried with each of its targets; None for one without any.
    """
    free = asyncio.Semaphore(at_once)
    ended = 0

    async def one(targets: Sequence[SnmpTarget]) -> Shown | SnmpError | None:
        nonlocal ended
        async with free:
            shown = await _shown(engine, targets)
        ended += 1
        if done is not None:
            done(ended, len(places))
        return shown

    return list(await asyncio.gather(*(one(targets) for targets in places)))


async def _shown(engine: SnmpEngine, targets: Sequence[SnmpTarget]) -> Shown | SnmpError | None:
    failed: SnmpError | None = None
    for target in targets:
        try:
            answering = await find_out(engine, target)
            return Shown(answering, read_hardware(await engine.ask(target, hardware_request())))
        except SnmpError as error:
            failed = error
    return failed
