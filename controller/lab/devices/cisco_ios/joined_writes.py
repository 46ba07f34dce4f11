"""A transport that sends what is written in one turn of the loop as one piece.

asyncssh writes an empty packet before every packet, each with a system call of its own, and each
wakes the client. Half of a lab's time went there.
"""

import asyncio
from typing import Any


class JoinedWrites:
    """Stands before a transport; everything but writing goes through unchanged."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._pieces: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, piece: bytes) -> None:
        """Send soon, together with what else is written until then."""
        if not self._pieces:
            asyncio.get_running_loop().call_soon(self.flush)
        self._pieces.append(piece)

    def flush(self) -> None:
        """Send what is waiting."""
        pieces, self._pieces = self._pieces, []
        if pieces and not self._transport.is_closing():
            self._transport.write(b"".join(pieces))

    def close(self) -> None:
        """Send what is waiting, then close."""
        self.flush()
        self._transport.close()

    def abort(self) -> None:
        """Send what is waiting, then drop the connection."""
        self.flush()
        self._transport.abort()
