"""Find devices: who answers at an address, what it is, whom it sees. Many at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from controller.connections.snmp.engine import SnmpEngine, SnmpError, SnmpTarget
from controller.facts.answers import Answers, Request, as_text
from controller.facts.identity import Identity
from controller.facts.neighbour import Surroundings
from controller.platforms.identifying import first_request, identify, next_request
from controller.platforms.neighbours import (
    first_neighbour_request,
    interface_names,
    next_neighbour_request,
    read_surroundings,
)

_INTERFACE_OF = "1.3.6.1.2.1.4.20.1.2"  # ipAdEntIfIndex, RFC 1213
_INTERFACE_OF_ANY = "1.3.6.1.2.1.4.34.1.3"  # ipAddressIfIndex, RFC 4293
_MOST_STEPS = 6

Done = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Answering:
    """A device that answered: where, by which of the targets tried, and what it told.

    `interface` is the name of the one that carries the address, empty when it does not tell.
    """

    target: SnmpTarget
    identity: Identity
    seen: Surroundings
    interface: str = ""


async def find_devices(
    engine: SnmpEngine,
    tries: Sequence[Sequence[SnmpTarget]],
    *,
    at_once: int,
    known: Collection[str] = (),
    done: Done | None = None,
) -> list[Answering]:
    """Those of these places where something answers, in the order given.

    A place is tried with each of its targets by one small question, and again as often as the
    target's retries; the first that answers is asked the rest. `known` as in `read_neighbours`.
    `done(asked, of)` is called as places are done with.
    """
    free = asyncio.Semaphore(at_once)
    ended = 0

    async def one(targets: Sequence[SnmpTarget]) -> Answering | None:
        nonlocal ended
        async with free:
            found = await _found(engine, targets, known)
        ended += 1
        if done is not None:
            done(ended, len(tries))
        return found

    found = await asyncio.gather(*(one(targets) for targets in tries))
    return [answer for answer in found if answer is not None]


async def find_out(
    engine: SnmpEngine, target: SnmpTarget, known: Collection[str] = ()
) -> Answering:
    """What a device is and whom it sees. Errors: `SnmpError`."""
    answers = await engine.ask(target, first_request() | _place(target.address))
    for _ in range(_MOST_STEPS):
        more = next_request(answers)
        if more is None:
            break
        answers |= await engine.ask(target, more)
    answers |= await engine.ask(target, first_neighbour_request())
    if more := next_neighbour_request(answers):
        answers |= await engine.ask(target, more)
    return Answering(
        target,
        identify(answers),
        read_surroundings(answers, known),
        _interface(answers, target.address),
    )


async def _found(
    engine: SnmpEngine, targets: Sequence[SnmpTarget], known: Collection[str]
) -> Answering | None:
    for again in range(max((target.retries for target in targets), default=0) + 1):
        for target in targets:
            if again > target.retries:
                continue
            try:
                await engine.probe(target)
                return await find_out(engine, target, known)
            except SnmpError:
                continue
    return None


def _place(address: str) -> Request:
    """Which interface carries this address: asked as values, whatever else the device has."""
    if ":" in address:
        return Request()
    return Request(
        (f"{_INTERFACE_OF}.{address}", *(f"{_INTERFACE_OF_ANY}.1.{n}{address}" for n in ("4.", "")))
    )


def _interface(answers: Answers, address: str) -> str:
    told = (as_text(answers.scalars.get(oid)) for oid in _place(address).scalars)
    index = next((text for text in told if text), "")
    return interface_names(answers).get(index, "")
