"""A device of the lab as these tests see it: from the console, and through our connections."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import SecretStr

from controller.connections.connect import connect
from controller.connections.session import DeviceSession
from controller.connections.target import Target
from controller.errors import DeviceError
from controller.platforms.registry import platform
from tests.lab import targets

SECRETS = {"snmp_ro": "kept-between-us-7", "snmp_rw": "never-on-a-screen-9"}
CANDIDATE = """\
vlan 77
 name LIBRARY
snmp-server community ⟦secret:snmp_ro⟧ ro
ntp server 192.0.2.123
"""
MORE = "vlan 78\n name CANTEEN\n"
WRONG_LINE = {
    "cisco_ios": "spanning-tree moed rapid-pvst",
    "arista_eos": "spanning-tree moed rapid-pvst",
}


@dataclass(frozen=True)
class Switch:
    """One switch; `lab` is its console."""

    lab: targets.Target
    folder: Path
    connect_timeout: float = 5.0
    answer_timeout: float = 10.0
    secrets: Mapping[str, str] = field(default_factory=lambda: SECRETS)

    @property
    def platform(self) -> str:
        """Its platform's name."""
        return self.lab.platform

    def impatient(self) -> Switch:
        """The same switch, reached by somebody who waits one second."""
        return replace(self, connect_timeout=1.0, answer_timeout=1.0)

    def target(self) -> Target:
        """How our connections find it."""
        return Target(
            name=self.lab.name,
            platform=platform(self.lab.platform),
            address=self.lab.address,
            port=self.lab.port,
            username="netadmin",
            password=SecretStr(self.lab.password),
            folder=self.folder,
            connect_timeout=self.connect_timeout,
            answer_timeout=self.answer_timeout,
        )

    def connect(self) -> DeviceSession:
        """A new connection."""
        return connect(self.target(), self.secrets)

    def running(self) -> str:
        """The running configuration through a connection of its own, without who changed it."""
        with self.connect() as session:
            return plain(session)

    def load_and_commit(self, candidate: str, minutes: int | None) -> str:
        """Merge and commit on one connection, which is closed; the token."""
        with self.connect() as session:
            session.load(candidate, "merge")
            return session.commit(minutes)


def everything_in(error: DeviceError) -> str:
    """All that an error may put on a screen or into a log."""
    parts = [str(error), repr(error), error.transcript, str(error.hint or "")]
    return "\n".join([*parts, *traceback.format_exception(error)])


def hides_all(error: DeviceError, switch: Switch) -> bool:
    """Whether no secret and no password is in the error."""
    text = everything_in(error)
    return not any(value in text for value in (*switch.secrets.values(), switch.lab.password))


def plain(session: DeviceSession) -> str:
    """What the device runs, without the line that tells who changed it last."""
    return re.sub(r"(?m)^! Last configuration change at .*\n", "", session.running())
