"""What every simulated device has: configurations, a clock, a way back, and a way to be reached."""

import enum
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from controller.lab.complaints import LabError
from controller.lab.configuration.dialect import Dialect
from controller.lab.configuration.differences import commands_between
from controller.lab.configuration.rendering import render
from controller.lab.configuration.tree import Configuration, Merged
from controller.lab.definition import DeviceDefinition
from controller.lab.faults import FaultBox
from controller.lab.interfaces import InterfaceState, address_of, interface_states
from controller.lab.management import management_problem
from controller.lab.nameplate import Nameplate

AGE_AT_START = 3 * 86400.0
"""Seconds for which a device pretends to have been up when the lab starts."""


_REMEMBERED = 1000
"""So many of the lines last typed in its configuration mode a device can tell."""
QUIET_LINE = "file prompt quiet\n!\n"
"""Clients switch it on for their file commands and off again: no part of anybody's intent."""


class LineCutError(Exception):
    """The device is gone in the middle of an answer: the connection must be dropped."""


class Access(enum.Enum):
    """How the network finds the device."""

    OPEN = "open"
    FROZEN = "frozen"
    CLOSED = "closed"


class Cancellable(Protocol):
    """A call that will happen later unless it is cancelled."""

    def cancel(self) -> None:
        """Take it back."""


Later = Callable[[float, Callable[[], None]], Cancellable]
"""Call a function in so many seconds of real time."""


@dataclass(frozen=True)
class Surroundings:
    """What a device needs from the lab around it.

    `save` keeps a startup configuration over a power cycle; times are in real seconds.
    """

    username: str
    password: str
    minute_seconds: float
    latency_seconds: float
    boot_seconds: float
    later: Later
    save: Callable[[str, str], None]


@dataclass(frozen=True)
class RevertTimer:
    """A change that goes away by itself unless somebody confirms it.

    `armed_at` and `expires_at` are seconds since the epoch, `minutes` device minutes.
    """

    label: str
    user: str
    minutes: float
    armed_at: float
    expires_at: float
    saved: Configuration
    call: Cancellable


@dataclass(frozen=True)
class FarEnd:
    """What a cable ends at: a port of another device."""

    device: "Device"
    port: str


class Device(ABC):
    """One device: its state, and the rules by which the state changes."""

    dialect: Dialect
    default_ports: tuple[str, ...]

    def __init__(
        self, definition: DeviceDefinition, around: Surroundings, saved_startup: str | None
    ) -> None:
        self.definition = definition
        self.around = around
        self.faults = FaultBox()
        self.files: dict[str, str] = {}
        self.timer: RevertTimer | None = None
        self.injuries: dict[str, str] = {}
        self.commits = 0
        self.typed: deque[str] = deque(maxlen=_REMEMBERED)
        self.boots = 1
        self.far_ends: dict[str, list[FarEnd]] = {}
        self.boot_call: Cancellable | None = None
        self.booted_at = time.time() - AGE_AT_START
        self.changed_at, self.changed_by = self.booted_at, "console"
        self.listeners: list[Callable[[], None]] = []
        text = definition.config or self.default_text()
        self.ports = self._ports_in(text)
        first = self.read(text)
        self.home = self._home(first)
        self.startup = first if saved_startup is None else self.read(saved_startup)
        self.running = self.startup.copy()

    # What a platform adds

    @abstractmethod
    def default_text(self) -> str:
        """The configuration of a device for which LAB.json gives none."""

    @abstractmethod
    def platform_problem(self) -> str | None:
        """Why the platform's management protocol does not answer, or None when it does."""

    @property
    @abstractmethod
    def nameplate(self) -> Nameplate:
        """What it is."""

    @abstractmethod
    def forget(self) -> None:
        """Lose what a platform keeps in memory beside the running configuration."""

    # Reading

    def read(self, text: str) -> Configuration:
        """This text as a configuration of this device."""
        return Configuration.read(self.dialect, self.ports, text)

    @property
    def hostname(self) -> str:
        """The name in the running configuration."""
        tops = self.running.lines
        return next((t.split(" ")[1] for t in tops if t.startswith("hostname ")), "Switch")

    def interfaces(self) -> list[InterfaceState]:
        """Every interface as it stands now."""
        named = {self.definition.uplink, self.definition.management_interface, *self.far_ends}
        lost = self._pulled() | (
            {self.definition.uplink} if "uplink-down" in self.injuries else set()
        )
        name = self.definition.name
        return interface_states(self.running, name, frozenset(named), frozenset(lost))

    def _pulled(self) -> set[str]:
        """The ports whose cable somebody has pulled."""
        if not self.faults.is_on("link-down"):
            return set()
        words = (self.faults.value("link-down") or self.definition.uplink).split(",")
        tops = (self.dialect.canonical("", f"interface {word.strip()}") for word in words)
        return {top.removeprefix("interface ") for top in tops}

    def uptime(self) -> float:
        """Seconds since the device came up."""
        return time.time() - self.booted_at

    def problem(self) -> str | None:
        """Why the device cannot be managed over the network now, or None when it can."""
        if self.boot_call is not None:
            return "rebooting"
        return self._path_problem() or self.platform_problem()

    def _path_problem(self) -> str | None:
        if "lose-management" in self.injuries:
            return "the management path was lost with the last commit"
        lines = self.definition.management_interface, self.definition.uplink
        return management_problem(self.running, *lines, self.home)

    def is_mute(self) -> bool:
        """Whether the device answers nothing that is asked over SNMP."""
        if self.boot_call is not None or self._path_problem() is not None:
            return True
        return self.faults.is_on("silent-snmp") or self.faults.is_on("freeze")

    def reachability_changed(self) -> None:
        """Tell whoever listens that something may be different now."""
        for listener in self.listeners:
            listener()

    def access(self) -> Access:
        """How the network finds the device now."""
        if self.problem() is not None:
            return Access.CLOSED
        return Access.FROZEN if self.faults.is_on("freeze") else Access.OPEN

    # Changing

    def commit(self, target: Configuration, user: str) -> None:
        """Make `target` the running configuration; raises `LineCutError` when a fault says so."""
        before = self._begin_commit()
        if self.faults.strikes("half-commit"):
            commands = commands_between(self.running, target)
            self.running.type_all(commands[: len(commands) // 2])
            self.touch(user)
            raise LineCutError
        target.hidden = {**self.running.hidden, **target.hidden}
        self.running = target
        self.finish_commit(before, user)

    def merge(self, statements: Sequence[str], user: str) -> Merged:
        """Type statements into the running configuration one by one: this is not atomic."""
        before = self._begin_commit()
        if self.faults.strikes("half-commit"):
            self.running.type_all(statements[: len(statements) // 2])
            self.touch(user)
            raise LineCutError
        merged = self.running.type_all(statements)
        self.finish_commit(before, user)
        return merged

    def _begin_commit(self) -> str:
        self.commits += 1
        if self.faults.strikes("reboot"):
            self.reboot()
            raise LineCutError
        return self.fingerprint()

    def finish_commit(self, before: str, user: str) -> None:
        """A commit is through; the faults that follow it strike. `before`: the old fingerprint."""
        for name in ("lose-management", "uplink-down"):
            if self.faults.strikes(name):
                self.injuries[name] = before
        self.touch(user)

    def fingerprint(self) -> str:
        """The running configuration without the line that clients switch on and off themselves."""
        return render(self.running).replace(QUIET_LINE, "")

    def touch(self, user: str) -> None:
        """The running configuration has changed: heal what is reverted, tell who listens."""
        self.changed_at, self.changed_by = time.time(), user
        if self.injuries:
            now = self.fingerprint()
            self.injuries = {name: old for name, old in self.injuries.items() if old != now}
        self.reachability_changed()

    def save(self) -> None:
        """Copy running to startup, which survives reboots and power cycles."""
        self.keep_startup(self.running.copy())

    def keep_startup(self, configuration: Configuration) -> None:
        """Make this the startup configuration."""
        self.startup = configuration
        unseen = "".join(f"{line}\n" for line in configuration.hidden)
        self.around.save(self.definition.name, render(configuration) + unseen)

    # The way back

    def arm(self, label: str, user: str, minutes: float) -> None:
        """Bring today's running configuration back in so many device minutes unless confirmed."""
        self.disarm()
        wait = minutes * self.around.minute_seconds
        now = time.time()
        call = self.around.later(wait, lambda: self.revert("timer"))
        self.timer = RevertTimer(label, user, minutes, now, now + wait, self.running.copy(), call)

    def disarm(self) -> None:
        """Confirm: the pending change stays."""
        if self.timer is not None:
            self.timer.call.cancel()
        self.timer = None

    def revert(self, user: str) -> None:
        """Bring the saved configuration back now, and with it the management path."""
        timer = self.timer
        if timer is None:
            return
        self.disarm()
        self.running = timer.saved
        self.injuries.clear()
        self.touch(user)

    def reboot(self) -> None:
        """Lose everything but startup and files; be gone for the boot time."""
        self.disarm()
        self.forget()
        self.injuries.clear()
        self.running = self.startup.copy()
        if self.boot_call is not None:
            self.boot_call.cancel()
        self.boot_call = self.around.later(self.around.boot_seconds, self._booted)
        self.reachability_changed()

    def _booted(self) -> None:
        self.boot_call = None
        self.booted_at = time.time()
        self.boots += 1
        self.touch("console")

    def _ports_in(self, text: str) -> tuple[str, ...]:
        probe = Configuration(self.dialect, ())
        names = [
            probe.dialect.canonical("", line).removeprefix("interface ")
            for line in text.splitlines()
            if line.lower().startswith("interface ")
        ]
        whole = (name for name in names if "." not in name)
        named = tuple(dict.fromkeys(name for name in whole if self.dialect.physical.match(name)))
        return named or self.default_ports

    def _home(self, first: Configuration) -> str:
        name, management = self.definition.name, self.definition.management_interface
        problem = management_problem(first, management, self.definition.uplink, None)
        address = address_of(first.lines.get(f"interface {management}", {}))
        if problem is not None or address is None:
            raise LabError(
                f"อุปกรณ์ {name}: ค่าเริ่มต้นทำให้เข้าถึงอุปกรณ์ไม่ได้: {problem}",
                f"device {name}: its first configuration makes it unreachable: {problem}",
            )
        return address[0]
