"""The SSH line under NAPALM's `ios` driver: how it is dialled, proved and hung up."""

from __future__ import annotations

import socket
from typing import Any

from paramiko import MissingHostKeyPolicy, PKey, SSHClient

from controller.connections import pins
from controller.connections.target import Target


def options(target: Target) -> dict[str, object]:
    """What netmiko is told so that it makes no line by itself and leaves the waiting to us.

    All of paramiko's algorithms stay allowed: it prefers the quick and safe ones, and the old ones
    (DH with SHA-1, ssh-rsa, CBC) are all that old school switches know.
    """
    return {
        "port": target.port,
        "auto_connect": False,
        "force_no_enable": True,
        "conn_timeout": target.connect_timeout,
        "banner_timeout": target.connect_timeout,
        "auth_timeout": target.connect_timeout,
    }


def dial(line: Any, target: Target) -> None:
    """Log netmiko's `line` in; the key is checked before the password is sent."""
    line.key_policy = _PinPolicy(target)
    plug_in(line, target)
    line.establish_connection()


def plug_in(line: Any, target: Target) -> None:
    """Give `line` a fresh socket for its next login.

    Ours does not hold small packets back: SSH's key exchange is made of them, and waiting for the
    far end's delayed acknowledgement costs twice 40 ms a login.
    """
    line.sock = socket.create_connection((target.address, target.port), target.connect_timeout)
    line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def hang_up(line: Any) -> None:
    """End the connection; never raises, never waits for the device.

    netmiko's own farewell types `exit`, and waits, in whatever mode the line is in.
    """
    # There is nothing to clean up where not even a socket could be opened.
    if hasattr(line, "remote_conn_pre"):
        line.paramiko_cleanup()
    line.disconnect()
    if line.sock is not None:
        line.sock.close()


class _PinPolicy(MissingHostKeyPolicy):
    """paramiko asks us about every key, because we give it no list of known hosts."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def missing_host_key(self, client: SSHClient, hostname: str, key: PKey) -> None:
        """Compare with the pin; raises `PinError`."""
        pins.check(self._target.folder, self._target.name, "ssh", key.asbytes())
