"""Whether something answers at an address, without signing in."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from contextlib import closing

from controller.connections.snmp.engine import SnmpError, SnmpTarget


def answers_tcp(address: str, port: int, seconds: float = 3.0) -> bool:
    """Whether a connection to this port opens; it is closed at once."""
    try:
        socket.create_connection((address, port), seconds).close()
    except OSError:
        return False
    return True


def answer_snmp(targets: Iterable[SnmpTarget]) -> frozenset[str]:
    """The names of those that answer one small question over SNMP, all asked at once."""
    return asyncio.run(_answer(tuple(targets)))


async def _answer(targets: tuple[SnmpTarget, ...]) -> frozenset[str]:
    from controller.connections.snmp.gufo import GufoEngine

    with closing(GufoEngine()) as engine:

        async def asked(target: SnmpTarget) -> str | None:
            try:
                await engine.probe(target)
            except SnmpError:
                return None
            return target.name

        found = await asyncio.gather(*(asked(target) for target in targets))
    return frozenset(name for name in found if name)
