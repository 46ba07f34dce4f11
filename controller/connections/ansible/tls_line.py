"""A line to an eAPI that lets only the pinned certificate through: TLS ends here, for Ansible.

Ansible can check a certificate against authorities or not at all; a switch signed its own. So
Ansible speaks plainly to a port on this machine's own loopback, and what comes there goes on over
TLS, to the device that proved itself, and to no other.
"""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
from pathlib import Path
from threading import Thread

from controller.connections import pins

_PIECE = 65_536
_SEND_SECONDS = 60.0


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def proved(place: tuple[str, int], folder: Path, device: str, seconds: float) -> ssl.SSLSocket:
    """A TLS connection to the device, whose certificate is the pinned one.

    Errors: `PinError` for another certificate, `OSError`, `StoreError`.
    """
    line = _context().wrap_socket(socket.create_connection(place, seconds))
    kept = False
    try:
        pins.check(folder, device, "tls", line.getpeercert(binary_form=True) or b"")
        kept = True
    finally:
        if not kept:
            line.close()
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


class TlsLine:
    """Listens on `port` of 127.0.0.1 as long as this process lives."""

    def __init__(self, place: tuple[str, int], folder: Path, device: str, seconds: float) -> None:
        self._to = (place, folder, device, seconds)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.port: int = self._listening.getsockname()[1]
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            near, _ = self._listening.accept()
            Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near:
            try:
                far = proved(*self._to)
            except (pins.PinError, OSError):
                # Ansible sees a cut line, and says so of the task.
                return
            with far, contextlib.suppress(OSError):
                _carry(near, far)


def _carry(near: socket.socket, far: ssl.SSLSocket) -> None:
    """Pass on what comes from either side, until one has nothing more to say.

    In one thread: a TLS connection is not to be read and written by two.
    """
    while True:
        ready = [far] if far.pending() else select.select([near, far], [], [])[0]
        if far in ready:
            piece = _read(far)
            if piece == b"":
                return
            near.sendall(piece or b"")
        if near in ready:
            piece = near.recv(_PIECE)
            if not piece:
                return
            far.sendall(piece)


def _read(far: ssl.SSLSocket) -> bytes | None:
    """What has come; None for what was only TLS speaking with itself, tickets for example."""
    far.settimeout(0)
    try:
        return far.recv(_PIECE)
    except ssl.SSLWantReadError:
        return None
    finally:
        far.settimeout(_SEND_SECONDS)
