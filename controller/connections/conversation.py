"""What the sessions of all platforms share: hiding secrets, and turning failures into errors."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

from controller.connections.failures import LINE_FAILURES, device_error, keep_quiet
from controller.connections.hiding import Hiding
from controller.connections.session import DeviceSession
from controller.connections.target import Target
from controller.connections.transcript import Transcript
from controller.connections.trouble import TroubleError
from controller.errors import DeviceError

keep_quiet()


class Conversation(DeviceSession, ABC):
    """A session with its transcript; the platforms' sessions are made from it."""

    def __init__(self, target: Target, secrets: Mapping[str, str]) -> None:
        self._target = target
        self._transcript = Transcript()
        self._broken = False
        passwords = [target.password.get_secret_value()]
        if target.enable_password is not None:
            passwords.append(target.enable_password.get_secret_value())
        self._hiding = Hiding(target.platform, secrets, tuple(passwords))

    @property
    def name(self) -> str:
        """The device's name in the inventory."""
        return self._target.name

    @contextmanager
    def _speaking(
        self,
        failures: tuple[type[Exception], ...] = LINE_FAILURES,
        *,
        connecting: bool = False,
        touched: bool = False,
    ) -> Iterator[None]:
        """Turn what the libraries raise inside into a `DeviceError`."""
        try:
            yield
        except failures as failure:
            raise self._error(failure, connecting=connecting, touched=touched) from None

    def _error(
        self,
        failure: Exception,
        *,
        connecting: bool = False,
        touched: bool = False,
        taken_back: bool = False,
    ) -> DeviceError:
        # A second try on a dead line would wait through a second timeout.
        self._broken = self._broken or isinstance(failure, OSError | EOFError | HTTPException)
        return device_error(
            self._target,
            failure,
            self._hiding,
            self._transcript,
            connecting=connecting,
            touched=touched,
            taken_back=taken_back,
        )

    def _tidied(self, interfaces: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """NAPALM's interfaces with nothing secret in their texts."""
        if not interfaces:
            raise TroubleError("garbage", "no interfaces")
        return {
            name: {k: self._hiding.hide(v) if isinstance(v, str) else v for k, v in told.items()}
            for name, told in interfaces.items()
        }

    def _readable(self, diff: str) -> str:
        return self._target.platform.tidy_diff(self._hiding.hide(diff))


def levels(users: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Of NAPALM's users their level alone: the hashes beside it go no further."""
    return {name: int(told.get("level", 0)) for name, told in users.items()}
