"""The state of an Arista EOS switch: configuration sessions beside running and startup."""

import difflib
import zlib
from dataclasses import dataclass

from controller.lab.configuration.rendering import render
from controller.lab.configuration.tree import Configuration
from controller.lab.definition import DeviceDefinition
from controller.lab.device import Device, Surroundings
from controller.lab.devices.arista_eos.defaults import PORTS, default_configuration
from controller.lab.devices.arista_eos.grammar import DIALECT
from controller.lab.nameplate import Nameplate

VERSION = "4.30.1F"
MODEL = "DCS-7050TX-64"
API = "management api http-commands"
MOST_OPEN_SESSIONS = 5


class CommandError(Exception):
    """A command failed; `shown` are the lines that EOS prints, without the ``%``."""

    def __init__(self, shown: str, reason: str = "could not run command") -> None:
        super().__init__(shown)
        self.shown = shown
        self.reason = reason


@dataclass
class ConfigurationSession:
    """A candidate configuration under a name, and what has become of it."""

    candidate: Configuration
    state: str = "pending"


class EosDevice(Device):
    """An Arista EOS switch."""

    dialect = DIALECT
    default_ports = PORTS

    def __init__(
        self, definition: DeviceDefinition, around: Surroundings, saved_startup: str | None
    ) -> None:
        super().__init__(definition, around, saved_startup)
        self.sessions: dict[str, ConfigurationSession] = {}

    def default_text(self) -> str:
        """The default configuration."""
        wanted = self.definition
        return default_configuration(
            wanted.name, wanted.address, wanted.management_interface, wanted.uplink
        )

    def platform_problem(self) -> str | None:
        """The eAPI answers only where it is switched on."""
        on = "no shutdown" in self.running.lines.get(API, {})
        return None if on else f"{API} is shut down"

    def forget(self) -> None:
        """A reboot loses the sessions."""
        self.sessions.clear()

    @property
    def number(self) -> int:
        """A number below 65536 that is the device's own: for serial and MAC addresses."""
        return zlib.crc32(self.definition.name.encode()) & 0xFFFF

    @property
    def serial(self) -> str:
        """The serial number; made of the name, the same on every machine, when none is given."""
        return self.definition.serial or f"JPE{self.number:08d}"

    @property
    def model(self) -> str:
        """The model it says it is."""
        return self.definition.model or MODEL

    @property
    def nameplate(self) -> Nameplate:
        """What it is."""
        return Nameplate(
            maker="Arista Networks",
            model=self.model,
            version=VERSION,
            serial=self.serial,
            description=(
                f"Arista Networks EOS version {VERSION} running on an Arista Networks {self.model}"
            ),
            object_id="1.3.6.1.4.1.30065.1.3011.7050.3282.64",
            mac=bytes((0x00, 0x1C, 0x73, self.number >> 8, self.number & 0xFF)),
            first_index=1,
        )

    def session(self, name: str) -> ConfigurationSession:
        """Enter a session, opening it where there is none; raises `CommandError` for too many."""
        session = self.sessions.get(name)
        if session is None or session.state == "completed":
            still_open = [s for s in self.sessions.values() if s.state == "pending"]
            if len(still_open) >= MOST_OPEN_SESSIONS:
                raise CommandError("Maximum number of pending sessions has been reached")
            session = self.sessions[name] = ConfigurationSession(self.running.copy())
        return session

    def existing(self, name: str) -> ConfigurationSession:
        """A session that must be there; raises `CommandError`."""
        session = self.sessions.get(name)
        if session is None:
            raise CommandError(f"Session {name} does not exist")
        return session

    def abort(self, name: str) -> None:
        """Drop a session; when its commit waits for confirmation, take the change back."""
        self.existing(name)
        if self.timer is not None and self.timer.label == name:
            self.revert("abort")
        self.sessions.pop(name, None)

    def commit_session(self, name: str, user: str, minutes: float | None) -> None:
        """Commit a session; with `minutes` it comes back unless confirmed by a second commit.

        While one commit waits for confirmation no other one is taken: `CommandError`.
        """
        session = self.existing(name)
        pending = self.timer
        if pending is not None:
            if pending.label != name:
                raise CommandError(f"Commit of session {pending.label} is pending confirmation")
            if minutes is None:
                self.disarm()
                self._complete(name, session)
                return
        if minutes is not None:
            self.arm(name, user, minutes)
            session.state = "pendingCommitTimer"
        else:
            self._complete(name, session)
        self.commit(session.candidate.copy(), user)

    def revert(self, user: str) -> None:
        """Bring the saved configuration back, and drop the session that was not confirmed."""
        label = self.timer.label if self.timer is not None else ""
        super().revert(user)
        self.sessions.pop(label, None)

    def _complete(self, name: str, session: ConfigurationSession) -> None:
        """One finished session is remembered, as EOS does by default."""
        for other in [n for n, s in self.sessions.items() if s.state == "completed"]:
            del self.sessions[other]
        session.state = "completed"
        self.sessions[name] = session

    def text(self, configuration: Configuration, command: str, *header: str) -> str:
        """A configuration as EOS shows it, with its header."""
        lines = (
            f"! Command: {command}",
            *header,
            f"! device: {self.hostname} ({MODEL}, EOS-{VERSION})",
        )
        return "\n".join(lines) + f"\n!\n{render(configuration)}end\n"

    def session_diff(self, name: str) -> str:
        """The unified difference between the running configuration and a session."""
        before = render(self.running).splitlines()
        after = render(self.existing(name).candidate).splitlines()
        labels = "system:/running-config", f"session:/{name}-session-config"
        lines = list(difflib.unified_diff(before, after, *labels, lineterm=""))
        return "".join(line + "\n" for line in lines)

    def file(self, name: str) -> Configuration:
        """A configuration by the name of a file; raises `CommandError`."""
        if name == "running-config":
            return self.running
        if name == "startup-config":
            return self.startup
        text = self.files.get(name)
        if text is None:
            raise CommandError(f"Error opening {name} (No such file or directory)")
        return self.read(text)

    def store(self, name: str, configuration: Configuration, user: str) -> None:
        """Write a configuration to a file; into ``running-config`` it is a merge."""
        if name == "startup-config":
            self.keep_startup(configuration.copy())
        elif name == "running-config":
            self.merge(render(configuration).splitlines(), user)
        else:
            self.files[name] = render(configuration)
