"""Traps and informs over the loopback: who is let in, and what arrives."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr
from pysnmp.hlapi.v3arch import asyncio as hlapi

from controller.connections.snmp.engine import Authentication, Privacy, SnmpUser
from controller.connections.snmp.trap_receiver import (
    AUTHENTICATION,
    PRIVACY,
    Senders,
    TrapReceiver,
)
from controller.facts.trap import Trap

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
NAMES = "1.3.6.1.2.1.31.1.1.1.1"
LINK_DOWN, INDEX = "1.3.6.1.6.3.1.1.5.3", "1.3.6.1.2.1.2.2.1.1.7"


def user(authentication: Authentication = "sha", privacy: Privacy = "aes128") -> SnmpUser:
    return SnmpUser(
        name="khaen",
        authentication=authentication,
        authentication_password=SecretStr("a long secret"),
        privacy=privacy,
        privacy_password=SecretStr("another secret"),
    )


SENDERS = Senders({"default": "reads-only", "old": "reads-only", "other": "else"}, {"core": user()})


def received(how: Any, *, inform: bool = False, admit: bool = True) -> list[Trap]:
    """What arrives of one notification."""

    async def send() -> list[Trap]:
        traps: list[Trap] = []
        asked: list[str] = []
        refused: list[str] = []

        def admitted(address: str) -> bool:
            asked.append(address)
            return admit

        receiver = TrapReceiver(SENDERS, admitted, traps.append, refused.append, lambda: NOW)
        port = receiver.open("127.0.0.1", 0)
        engine = hlapi.SnmpEngine()
        try:
            error, _, _, _ = await hlapi.send_notification(
                engine,
                how,
                await hlapi.UdpTransportTarget.create(("127.0.0.1", port), timeout=1, retries=0),
                hlapi.ContextData(),
                "inform" if inform else "trap",
                hlapi.NotificationType(hlapi.ObjectIdentity(LINK_DOWN)).add_varbinds(
                    (INDEX, hlapi.Integer32(7)),
                    ("1.3.6.1.2.1.31.1.1.1.1.7", hlapi.OctetString("Gi0/7")),
                ),
            )
            if inform and admit:
                assert error is None, error
            for _ in range(20):
                await asyncio.sleep(0.01)
                if traps:
                    break
        finally:
            engine.close_dispatcher()
            receiver.close()
        assert asked
        assert set(asked) == {"127.0.0.1"}
        return traps

    return asyncio.run(send())


@pytest.mark.parametrize("inform", [False, True])
def test_version_2c(inform: bool) -> None:
    (trap,) = received(hlapi.CommunityData("reads-only", mpModel=1), inform=inform)
    assert trap == Trap(
        at=NOW,
        address="127.0.0.1",
        oid=LINK_DOWN,
        values={INDEX: 7, f"{NAMES}.7": b"Gi0/7"},
        version="2c",
        authenticated=False,
        accesses=frozenset({"default", "old"}),
    )


def test_version_1() -> None:
    (trap,) = received(hlapi.CommunityData("else", mpModel=0))
    assert (trap.oid, trap.version, trap.accesses) == (LINK_DOWN, "1", frozenset({"other"}))


@pytest.mark.parametrize("inform", [False, True])
def test_version_3(inform: bool) -> None:
    how = hlapi.UsmUserData(
        "khaen",
        "a long secret",
        "another secret",
        authProtocol=AUTHENTICATION["sha"],
        privProtocol=PRIVACY["aes128"],
    )
    (trap,) = received(how, inform=inform)
    assert (trap.oid, trap.version, trap.authenticated) == (LINK_DOWN, "3", True)
    assert trap.accesses == {"core"}


@pytest.mark.parametrize(
    "how",
    [
        hlapi.CommunityData("public", mpModel=1),
        hlapi.UsmUserData("khaen", "a wrong secret", authProtocol=AUTHENTICATION["sha"]),
        hlapi.UsmUserData("khaen", "a long secret", authProtocol=AUTHENTICATION["sha"]),
    ],
)
def test_who_is_not_let_in(how: Any) -> None:
    assert received(how) == []


def test_who_is_not_admitted_is_not_read() -> None:
    assert received(hlapi.CommunityData("reads-only", mpModel=1), admit=False) == []


@pytest.mark.parametrize("rubbish", [b"x", b"\x30\x82\xff\xff"])
def test_rubbish_is_dropped(rubbish: bytes) -> None:
    async def send() -> list[Trap]:
        traps: list[Trap] = []
        refused: list[str] = []
        receiver = TrapReceiver(SENDERS, lambda _: True, traps.append, refused.append, lambda: NOW)
        port = receiver.open("127.0.0.1", 0)
        loop = asyncio.get_running_loop()
        failures: list[object] = []
        loop.set_exception_handler(lambda _, about: failures.append(about))
        transport, _ = await loop.create_datagram_endpoint(
            asyncio.DatagramProtocol, remote_addr=("127.0.0.1", port)
        )
        transport.sendto(rubbish)
        await asyncio.sleep(0.05)
        transport.close()
        receiver.close()
        assert not failures
        assert refused == ["127.0.0.1"]
        return traps

    assert asyncio.run(send()) == []
