"""Receives lines of syslog over UDP. What they mean is not known here."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

from controller.errors import InputError, Text


class SyslogReceiver(asyncio.DatagramProtocol):
    """One port. Use in one event loop: `open()`, each message comes to `take`, `close()`.

    `take` is given the sender's address and the bytes as they came.
    """

    def __init__(self, take: Callable[[str, bytes], None]) -> None:
        self._take = take
        self._transport: asyncio.DatagramTransport | None = None

    async def open(self, host: str, port: int) -> int:
        """Listen; gives the port taken. Errors: `InputError` when it cannot be had."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
                lambda: self, local_addr=(host, port), family=family
            )
        except OSError as error:
            raise _taken(host, port, error) from None
        self._transport = transport
        number: int = transport.get_extra_info("sockname")[1]
        return number

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        """Hand it on."""
        self._take(str(addr[0]).removeprefix("::ffff:"), data)

    def close(self) -> None:
        """Stop listening."""
        if self._transport is not None:
            self._transport.close()
        self._transport = None


def _taken(host: str, port: int, error: OSError) -> InputError:
    why = error.strerror or str(error)
    return InputError(
        Text(
            th=f"เปิดรับ syslog ที่ {host} UDP {port} ไม่ได้: {why}",
            en=f"cannot listen for syslog on {host} UDP {port}: {why}",
        ),
        hint=Text(
            th="เปลี่ยน syslog.host หรือ syslog.port ใน khaen.toml หรือปิดโปรแกรมที่ใช้พอร์ตนี้",
            en="change syslog.host or syslog.port in khaen.toml, or stop what uses the port",
        ),
    )
