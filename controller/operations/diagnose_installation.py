"""Look at everything an installation needs, and say of each how it stands and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from controller.errors import InputError
from controller.operations.doctor.check import Check, Installation
from controller.operations.doctor.files import files
from controller.operations.doctor.history import history
from controller.operations.doctor.machine import machine
from controller.operations.doctor.network import network
from controller.settings import Settings


def diagnose_installation(at: Installation, devices: int = 0) -> Iterator[Check]:
    """Every check, one after the other as it is found out; changes nothing and needs no sign-in.

    Whoever can read the installation's files may look; nobody can sign in where the database is
    gone. `devices`: how many devices are asked over the network. Never raises for what is broken.
    """
    settings: Settings | None = None
    with suppress(InputError):  # it is one of the checks
        settings = at.settings()
    yield from machine(at)
    yield from files(at, settings)
    yield from history(at, settings)
    if devices:
        yield from network(at, devices)
