"""A small SNMP agent (v1, v2c) on a UDP port of this machine, with the faults agents have."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

from controller.lab.snmp.ber import SEQUENCE, Oid, Reader, dotted, integer, octets, sequence
from controller.lab.snmp.pdu import Objects, answer_pdu

COMMUNITY = "reads-only"


@dataclass
class Agent(asyncio.DatagramProtocol):
    """Answers from `objects`, unless one of its faults is set.

    `drop`: whether to leave this request (counted from 1) without an answer; `delay` in seconds
    for the answer to it; `room`: bytes an answer may have; `endless`: GETNEXT and GETBULK begin
    again at the end; `silent_at`: no answer to a request that names this OID.
    """

    objects: Objects
    drop: Callable[[int], bool] = lambda number: False
    delay: Callable[[int], float] = lambda number: 0.0
    room: int = 1400
    bulk_room: int = 0
    silent_at: bytes = b""
    answers: Callable[[bytes], bytes] = lambda reply: reply
    requests: list[bytes] = field(default_factory=list)
    port: int = 0
    _transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str | int, int]) -> None:
        self.requests.append(data)
        number = len(self.requests)
        if self.drop(number) or (self.silent_at and self.silent_at in data):
            return
        reply = self._reply(data)
        assert self._transport is not None
        if reply is not None:
            send = self._transport.sendto
            asyncio.get_running_loop().call_later(self.delay(number), send, reply, addr)

    def _reply(self, data: bytes) -> bytes | None:
        message = Reader(data).inside(SEQUENCE)
        version, community = message.number(), message.text()
        if community.decode() != COMMUNITY:
            return None
        bulk = data[message.at] == 0xA5
        pdu = answer_pdu(
            message,
            self.objects,
            first_version=version == 0,
            room=self.bulk_room if bulk and self.bulk_room else self.room,
        )
        if pdu is None:
            return None
        return self.answers(sequence(integer(version), octets(community), pdu))


def objects_of(values: Mapping[str, bytes]) -> Objects:
    """Dotted OID -> value as BER."""
    return Objects({dotted(oid): value for oid, value in values.items()})


@asynccontextmanager
async def serving(agent: Agent, address: str = "127.0.0.1") -> AsyncIterator[Agent]:
    """The agent on a free port of the address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: agent, local_addr=(address, 0), family=family
    )
    try:
        yield agent
    finally:
        transport.close()


def column(oid: str, count: int) -> dict[str, bytes]:
    """A column of so many whole numbers, indexed from 1."""
    return {f"{oid}.{index}": integer(index * 10) for index in range(1, count + 1)}


def arcs(oid: str) -> Oid:
    """The arcs of a dotted OID."""
    return dotted(oid)
