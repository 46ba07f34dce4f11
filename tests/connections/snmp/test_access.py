"""Which access a device is asked with, and where."""

from __future__ import annotations

import pytest

from controller.connections.snmp.access import Accesses
from controller.errors import InputError
from controller.inventory.device import Device
from controller.settings import Snmp, SnmpAccess

SNMP = Snmp(
    access={
        "default": SnmpAccess(community="env/RO"),
        "core": SnmpAccess(
            version="3",
            user="khaen",
            authentication="sha256",
            authentication_password="env/A",
            privacy_password="env/P",
            port=1161,
        ),
        "open": SnmpAccess(community=None),
    },
    timeout_seconds=2,
    retries=3,
)


def device(snmp: str | None = None) -> Device:
    return Device(
        name="sw-1", platform="cisco_ios", role="access", address="10.0.0.1", snmp=snmp
    )  # fmt: skip


def accesses(snmp: Snmp = SNMP) -> tuple[Accesses, list[str]]:
    read: list[str] = []

    def secret(reference: str) -> str:
        read.append(reference)
        return f"value of {reference}"

    return Accesses(snmp, secret), read


def test_the_default_for_whoever_names_none() -> None:
    known, read = accesses()
    for _ in range(3):
        target = known.target(device())
        assert target is not None
        assert (target.address, target.port, target.version) == ("10.0.0.1", 161, "2c")
        assert (target.timeout, target.retries) == (2, 3)
        assert target.community is not None
        assert target.community.get_secret_value() == "value of env/RO"
        assert "value of" not in repr(target)
    assert read == ["env/RO"]


def test_a_user_of_version_3() -> None:
    target = accesses()[0].target(device("core"), {"address": "127.0.0.1", "snmp_port": 8161})
    assert target is not None
    assert target.user is not None
    assert (target.address, target.port) == ("127.0.0.1", 8161)
    assert (target.user.name, target.user.authentication) == ("khaen", "sha256")
    assert target.user.privacy_password is not None


def test_never() -> None:
    assert accesses()[0].target(device("none")) is None
    assert accesses(Snmp())[0].target(device()) is None


@pytest.mark.parametrize("name", ["gone", "open"])
def test_what_is_missing_is_told(name: str) -> None:
    with pytest.raises(InputError, match=rf"snmp\.access\.{name}"):
        accesses()[0].target(device(name))
