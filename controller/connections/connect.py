"""Logging in to a device, whatever its platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from controller.connections.session import DeviceSession
from controller.connections.target import Target


def connect(target: Target, secrets: Mapping[str, str]) -> DeviceSession:
    """Log in to the device; use it in a `with`. `secrets` are the values templates may refer to.

    Errors: `DeviceError` when it cannot be reached or does not let us in.
    """
    # The libraries take half a second to import; a command that talks to no device never pays it.
    from controller.connections.eos import EosSession
    from controller.connections.ios import IosSession

    sessions: dict[str, Callable[[Target, Mapping[str, str]], DeviceSession]] = {
        "ios": IosSession,
        "eos": EosSession,
    }
    session = sessions[target.platform.napalm_driver](target, secrets)
    session.open()
    return session
