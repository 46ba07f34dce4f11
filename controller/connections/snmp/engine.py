"""What an SNMP engine must do, in our own words, so that another one can take its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import SecretStr

from controller.errors import DeviceError, Text
from controller.facts.answers import Answers, Request

Version = Literal["1", "2c", "3"]
Authentication = Literal["md5", "sha", "sha224", "sha256", "sha384", "sha512"]
Privacy = Literal["des", "aes128", "aes192", "aes256"]


@dataclass(frozen=True, kw_only=True)
class SnmpUser:
    """A user of SNMPv3 (RFC 3414); what has no password is not done."""

    name: str
    authentication: Authentication = "sha"
    authentication_password: SecretStr | None = None
    privacy: Privacy = "aes128"
    privacy_password: SecretStr | None = None


@dataclass(frozen=True, kw_only=True)
class SnmpTarget:
    """Where and how to ask. `timeout` in seconds for each try, `retries` beyond the first."""

    name: str
    address: str
    port: int = 161
    version: Version = "2c"
    community: SecretStr | None = None
    user: SnmpUser | None = None
    timeout: float = 1.0
    retries: int = 1


class SnmpError(DeviceError):
    """A device could not be asked over SNMP.

    `silent`: it did not answer in time (off, unreachable, or the community is wrong). Otherwise it
    answered that it will not (user, password, view), or what nobody can read.
    """

    def __init__(self, device: str, message: Text, *, silent: bool, hint: Text | None = None):
        super().__init__(device, message, retryable=silent, hint=hint)
        self.silent = silent


class SnmpEngine(Protocol):
    """Asks devices. One request in flight per device; many devices at the same time."""

    async def ask(self, target: SnmpTarget, request: Request) -> Answers:
        """What the device has of the request. Errors: `SnmpError`."""

    async def probe(self, target: SnmpTarget) -> float:
        """Seconds one small question took, asked once. Errors: `SnmpError`."""

    def close(self) -> None:
        """Let every socket go."""
