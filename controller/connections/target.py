"""One device as a connection needs it: where it is, how to log in, where its keys are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from controller.platforms.platform import Platform


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where and how to log in.

    `folder` is the data folder: what the device proved itself with is kept in `folder/pins`.
    `connect_timeout` bounds each step of getting in (TCP, key exchange, login), `answer_timeout`
    each answer after that; both in seconds.
    """

    name: str
    platform: Platform
    address: str
    port: int
    username: str
    password: SecretStr
    folder: Path
    enable_password: SecretStr | None = None
    connect_timeout: float = 10.0
    answer_timeout: float = 60.0
