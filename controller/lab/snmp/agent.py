"""A device's SNMP agent: a UDP port that answers versions 1, 2c and 3."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from controller.lab.snmp.ber import SEQUENCE, BerError, Reader, integer, octets, sequence
from controller.lab.snmp.pdu import LARGEST, Objects, answer_pdu
from controller.lab.snmp.usm import Engine, User, answer_message

_HEADER_BYTES = 160
"""Room left for what surrounds the bindings, version 3's security parameters included."""

Address = tuple[str | int, ...]


@dataclass(frozen=True)
class Readers:
    """Who may ask: by `community` in versions 1 and 2c, as `user` in version 3."""

    community: str
    user: User


class SnmpAgent(asyncio.DatagramProtocol):
    """Answers from `objects()`, unless `silent()`; `refused` is called for a wrong community."""

    def __init__(
        self,
        readers: Readers,
        engine: Engine,
        objects: Callable[[], Objects],
        silent: Callable[[], bool],
    ) -> None:
        self.refused: Callable[[], None] = lambda: None
        self._readers = readers
        self._engine = engine
        self._objects = objects
        self._silent = silent
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The port is open."""
        self._transport = cast("asyncio.DatagramTransport", transport)

    def close(self) -> None:
        """Let go of the port."""
        if self._transport is not None:
            self._transport.close()

    def send(self, message: bytes, address: Address) -> None:
        """Send something nobody asked for, from the agent's own port."""
        if self._transport is not None:
            self._transport.sendto(message, address)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """A question came; what nobody can read gets no answer."""
        if self._silent() or self._transport is None:
            return
        try:
            reply = self.reply(data)
        except (BerError, IndexError, OverflowError):
            return
        if reply is not None:
            self._transport.sendto(reply, addr)

    def reply(self, data: bytes) -> bytes | None:
        """The answer to one message, or None. Errors: `BerError` for what is none."""
        message = Reader(data).inside(SEQUENCE)
        version = message.number()
        if version == 3:
            return answer_message(data, self._engine, self._readers.user, self._second)
        community = message.text()
        if version not in (0, 1):
            return None
        if community != self._readers.community.encode():
            self.refused()
            return None
        pdu = self._first(message) if version == 0 else self._second(message)
        return None if pdu is None else sequence(integer(version), octets(community), pdu)

    def _first(self, pdu: Reader) -> bytes | None:
        return self._answer(pdu, first_version=True)

    def _second(self, pdu: Reader) -> bytes | None:
        return self._answer(pdu, first_version=False)

    def _answer(self, pdu: Reader, *, first_version: bool) -> bytes | None:
        room = LARGEST - _HEADER_BYTES
        return answer_pdu(pdu, self._objects(), first_version=first_version, room=room)
