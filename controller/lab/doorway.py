"""The place where a device listens: opened, shut and blocked as the device's state demands."""

import asyncio
import errno
import socket
from typing import Any, Protocol

from controller.lab.complaints import LabError
from controller.lab.device import Access, Device

NOT_OURS = (errno.EADDRNOTAVAIL, errno.EACCES)
"""Errors that mean: this machine does not have the address, or not this port for us."""


class Server(Protocol):
    """What speaks a platform's protocol for one device."""

    async def listen(self, listener: socket.socket) -> Any:
        """Serve on a bound socket; the answer has ``close()``."""

    def cut(self) -> None:
        """Drop every connection at once."""


class Doorway:
    """Keeps a device's listening socket as its reachability demands, as long as the lab runs.

    While the device is unreachable the port stays reserved but nothing listens: clients are refused
    at once. A frozen device accepts and says nothing.
    """

    def __init__(self, device: Device, server: Server, *, share: bool) -> None:
        self.device = device
        self.server = server
        self.access = Access.CLOSED
        self.address = device.definition.address
        self.port = device.definition.port
        self._guard = self._reserve(share=share)
        self._listener: Any = None
        self._changed = asyncio.Event()
        self._turn = asyncio.Lock()
        device.listeners.append(self._changed.set)

    async def keep(self) -> None:
        """Follow the device's state until cancelled."""
        while True:
            self._changed.clear()
            await self.follow()
            await self._changed.wait()

    async def follow(self) -> None:
        """Bring the door into the state the device demands now; when it is there, return."""
        async with self._turn:
            await self._move(self.device.access())

    async def _move(self, wanted: Access) -> None:
        if wanted is self.access:
            return
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        if wanted is Access.CLOSED:
            self.server.cut()
        elif wanted is Access.OPEN:
            self._listener = await self.server.listen(self._bound(self.port))
        else:
            self._listener = await asyncio.get_running_loop().create_server(
                asyncio.Protocol, sock=self._bound(self.port)
            )
        self.access = wanted

    def close(self) -> None:
        """Let go of the port and of every connection."""
        if self._listener is not None:
            self._listener.close()
        self.server.cut()
        self._guard.close()

    def _reserve(self, *, share: bool) -> socket.socket:
        """Hold the port by a socket that never listens; elsewhere when the address is not ours."""
        if not share:
            try:
                return self._held(self.port)
            except OSError as error:
                if error.errno not in NOT_OURS:
                    where, name = f"{self.address}:{self.port}", self.device.definition.name
                    raise LabError(
                        f"{name}: เปิด {where} ไม่ได้: {error.strerror}",
                        f"{name}: cannot listen on {where}: {error.strerror}",
                    ) from None
        self.address = "127.0.0.1"
        return self._held(0)

    def _held(self, port: int) -> socket.socket:
        guard = self._bound(port)
        self.port = guard.getsockname()[1]
        return guard

    def _bound(self, port: int) -> socket.socket:
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.setblocking(False)
            bound.bind((self.address, port))
        except OSError:
            bound.close()
            raise
        return bound
