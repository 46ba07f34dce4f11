"""Old school switches: DH with SHA-1, ssh-rsa, CBC; and a privileged mode with its own password."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from controller.connections.connect import connect
from controller.connections.session import OutcomeUnknown
from controller.connections.target import Target
from controller.errors import DeviceError
from controller.platforms.registry import platform
from tests.connections.old_switch import OLD, old_switch


def target(port: int, folder: Path, enable: str | None) -> Target:
    return Target(
        name="sw-2008",
        platform=platform("cisco_ios"),
        address="127.0.0.1",
        port=port,
        username="netadmin",
        password=SecretStr("login-secret"),
        enable_password=SecretStr(enable) if enable else None,
        folder=folder,
        connect_timeout=5.0,
        answer_timeout=5.0,
    )


def test_paramiko_stays_below_the_release_that_forgot_old_switches() -> None:
    assert int(version("paramiko").split(".")[0]) < 5
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    assert "paramiko>=4,<5" in project["project"]["dependencies"]


# The server of this test warns that its key exchange is old; that is what it is for.
@pytest.mark.filterwarnings("ignore:Diffie-Hellman over finite fields")
def test_an_old_switch_is_still_reached(tmp_path: Path) -> None:
    with old_switch(**OLD) as port, connect(target(port, tmp_path, "enable-secret"), {}) as session:
        assert "hostname sw-2008" in session.running()


def test_a_confirmation_that_is_no_command_confirms_nothing(tmp_path: Path) -> None:
    with old_switch() as port, connect(target(port, tmp_path, "enable-secret"), {}) as session:
        with pytest.raises(OutcomeUnknown, match="configure confirm"):
            session.confirm("")
        with pytest.raises(OutcomeUnknown):
            session.revert("")
        with pytest.raises(DeviceError, match="cannot be understood"):
            session.pending()


@pytest.mark.parametrize("enable", [None, "wrong-secret"])
def test_the_privileged_mode_is_needed(tmp_path: Path, enable: str | None) -> None:
    with old_switch() as port, pytest.raises(DeviceError, match="enable") as caught:
        connect(target(port, tmp_path, enable), {})
    assert not caught.value.retryable
    assert "wrong-secret" not in caught.value.transcript


def test_no_common_algorithm_is_named(tmp_path: Path) -> None:
    future: dict[str, Any] = {"kex_algs": ["curve448-sha512"]}
    with old_switch(**future) as port, pytest.raises(DeviceError, match="no common encryption"):
        connect(target(port, tmp_path, None), {})
