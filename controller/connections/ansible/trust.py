"""Who the devices are, before Ansible speaks with them: each proves itself by the pinned key.

Ansible knows lists of keys only. So the key of each device is fetched, compared with the pin, and
written into the list of this run, beside which Ansible lets no other key through. An eAPI is
reached through a line of ours that lets only the pinned certificate through.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paramiko import Transport
from paramiko.ssh_exception import IncompatiblePeer, SSHException

from controller.connections import pins
from controller.connections.ansible.tls_line import TlsLine, proved

AT_ONCE = 20


@dataclass(frozen=True)
class Trusted:
    """`known_hosts` as OpenSSH writes it; `ports` of our own lines by device; `away` says of each
    device that did not prove itself which of `trouble.KINDS` it was, and the detail."""

    known_hosts: str
    ports: Mapping[str, int]
    away: Mapping[str, tuple[str, str]]


def prove(devices: Mapping[str, Mapping[str, Any]], folder: Path, seconds: float) -> Trusted:
    """Meet every device once, `AT_ONCE` at a time, at most `seconds` each for every step.

    A device is `address`, `port` and `kind` (`ssh` or `tls`). Errors: `StoreError` when the pins
    cannot be read or written.
    """
    known: list[str] = []
    ports: dict[str, int] = {}
    away: dict[str, tuple[str, str]] = {}

    def meet(name: str) -> None:
        device = devices[name]
        place = (str(device["address"]), int(device["port"]))
        try:
            if device["kind"] == "tls":
                proved(place, folder, name, seconds).close()
                ports[name] = TlsLine(place, folder, name, seconds).port
            else:
                known.append(_key_line(place, folder, name, seconds))
        except (pins.PinError, SSHException, EOFError, OSError) as error:
            away[name] = _trouble(error)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        _all(pool.map(meet, devices))
    return Trusted("".join(sorted(known)), ports, away)


def _all(results: Iterable[None]) -> None:
    for _ in results:
        pass


def _key_line(place: tuple[str, int], folder: Path, device: str, seconds: float) -> str:
    with socket.create_connection(place, seconds) as line:
        transport = Transport(line)
        transport.banner_timeout = transport.handshake_timeout = seconds
        try:
            transport.start_client(timeout=seconds)
            key = transport.get_remote_server_key()
        finally:
            transport.close()
    pins.check(folder, device, "ssh", key.asbytes())
    host = place[0] if place[1] == 22 else f"[{place[0]}]:{place[1]}"
    return f"{host} {key.get_name()} {key.get_base64()}\n"


def _trouble(error: Exception) -> tuple[str, str]:
    """The kind of trouble and its detail; see `trouble.KINDS`."""
    match error:
        case pins.PinError():
            return "identity", str(error)
        case ConnectionRefusedError():
            return "refused", ""
        case IncompatiblePeer() | ssl.SSLError():
            return "algorithms", str(error)
        case TimeoutError():
            return "timeout", ""
        case OSError() if error.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
            return "unreachable", str(error.strerror)
        case ConnectionError() | EOFError():
            return "cut", ""
        case SSHException():
            return "garbage", str(error)
    return "unreachable", str(error)
