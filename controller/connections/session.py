"""What one can do with a device that is logged in to, whatever its platform."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Any, Literal, Self

from controller.errors import DeviceError, Text

Operation = Literal["merge", "replace"]


class OutcomeUnknown(DeviceError):  # noqa: N818
    """The command was sent and its effect is not known: verify on a new connection.

    A `DeviceError` of any other class promises that the running configuration was not touched.
    `taken_back` is True when the device itself said that it put the old configuration back.
    """

    def __init__(
        self,
        device: str,
        message: Text,
        *,
        transcript: str = "",
        hint: Text | None = None,
        taken_back: bool = False,
    ) -> None:
        super().__init__(device, message, retryable=False, transcript=transcript, hint=hint)
        self.taken_back = taken_back


class DeviceSession(ABC):
    """One connection to one device.

    Every method raises `DeviceError` and nothing else for what a device or a line does. A plain
    `DeviceError` promises that the running configuration was not touched; its subclass
    `OutcomeUnknown` says that it may have been, and the only thing to do next is to verify on a new
    connection. Closing never takes a pending change back.
    """

    @property
    @abstractmethod
    def name(self) -> str:
        """The device's name in the inventory."""

    @abstractmethod
    def open(self) -> None:
        """Log in; called by `connect`."""

    @abstractmethod
    def close(self) -> None:
        """Hang up. A loaded candidate is dropped, a pending change stays pending. Never raises."""

    @abstractmethod
    def running(self) -> str:
        """The running configuration, whole, as `load(..., "replace")` would take it."""

    @abstractmethod
    def interfaces_up(self) -> frozenset[str]:
        """Full names of the interfaces that are up and whose protocol is up."""

    @abstractmethod
    def facts(self) -> dict[str, Any]:
        """NAPALM's facts: hostname, model, serial_number, os_version, uptime in seconds ..."""

    @abstractmethod
    def interfaces(self) -> dict[str, dict[str, Any]]:
        """NAPALM's interfaces by full name: is_up, is_enabled, description, speed in Mbit/s ...

        What is not known is -1. Secrets the texts may hold are hidden.
        """

    @abstractmethod
    def ntp_peers(self) -> list[dict[str, Any]]:
        """NAPALM's NTP statistics, one for each server asked: remote, synchronized, stratum ...

        Empty without NTP.
        """

    @abstractmethod
    def users(self) -> dict[str, int]:
        """Local accounts and their privilege level (0-15); never what they sign in with."""

    @abstractmethod
    def load(self, candidate: str, operation: Operation) -> str:
        """Put the candidate on the device, beside its configuration; the device's own difference.

        References in `candidate` become values on the way and stand again in the difference, which
        is redacted and tidied. Empty when nothing would change. `InputError` for an unknown secret.
        """

    @abstractmethod
    def discard(self) -> None:
        """Drop what was loaded; without a loaded candidate nothing happens."""

    @property
    @abstractmethod
    def token(self) -> str:
        """What `commit` of the loaded candidate will give: known before, so that it can be kept."""

    @abstractmethod
    def commit(self, confirm_minutes: int | None) -> str:
        """Make the loaded candidate the running configuration; not saved.

        With `confirm_minutes` (1-120) the device takes it back by itself unless confirmed in time.
        Gives a token for `confirm` and `revert`, on this connection or another.
        """

    @abstractmethod
    def pending(self) -> bool:
        """Whether a change waits for confirmation on the device, ours or somebody else's."""

    @abstractmethod
    def confirm(self, token: str) -> None:
        """The pending change stays; not saved. `DeviceError` when none is pending.

        With an empty token (it was lost with the process that had it) the one change of ours.
        """

    @abstractmethod
    def revert(self, token: str) -> None:
        """Take the pending change back now, to the configuration just before it.

        `DeviceError` when none is pending: then load the configuration from before as a replace.
        The token may be empty as in `confirm`.
        """

    @abstractmethod
    def save(self) -> None:
        """The running configuration becomes the startup configuration."""

    def __enter__(self) -> Self:
        """The open session."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        self.close()
