"""Version 3: users, passwords, algorithms, and devices that come back as somebody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from pydantic import SecretStr

from controller.connections.snmp.engine import (
    Authentication,
    Privacy,
    SnmpError,
    SnmpTarget,
    SnmpUser,
)
from controller.connections.snmp.gufo import GufoEngine
from controller.facts.answers import Answers, Request
from controller.lab.snmp.agent import Readers, SnmpAgent
from controller.lab.snmp.ber import octets
from controller.lab.snmp.usm import Engine, User
from tests.connections.snmp.agent import column, objects_of

NAME, ROWS = "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.2.2.1.10"
OBJECTS = objects_of({NAME: octets("sw-1"), **column(ROWS, 60)})
HASHES: dict[Authentication, str] = {
    "md5": "md5",
    "sha": "sha1",
    "sha224": "sha224",
    "sha256": "sha256",
    "sha384": "sha384",
    "sha512": "sha512",
}
SECRET, HIDDEN = "a long secret", "another secret"
ASKED = Request((NAME,), (ROWS,))


class Place:
    """Where the agent is, and its clock: tests move it."""

    port = 0
    boots = 3
    time = 1000
    looks = 0
    jumps_after = 1 << 30

    def clock(self) -> tuple[int, int]:
        self.looks += 1
        return self.boots, self.time + (4000 if self.looks > self.jumps_after else 0)


@asynccontextmanager
async def agent(
    user: User, engine: bytes = b"\x80\x00\x1f\x88\x04sw-1", silent: Callable[[], bool] = bool
) -> AsyncIterator[Place]:
    place = Place()
    made = SnmpAgent(Readers("no", user), Engine(engine, place.clock), lambda: OBJECTS, silent)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: made, local_addr=("127.0.0.1", 0))
    place.port = transport.get_extra_info("sockname")[1]
    try:
        yield place
    finally:
        transport.close()


def target(place: Place, user: SnmpUser) -> SnmpTarget:
    return SnmpTarget(
        name="sw-1", address="127.0.0.1", port=place.port, version="3", user=user, timeout=0.08
    )


def asks(
    authentication: Authentication = "sha", privacy: Privacy = "aes128", *, level: int = 2
) -> SnmpUser:
    return SnmpUser(
        name="khaen",
        authentication=authentication,
        authentication_password=SecretStr(SECRET) if level else None,
        privacy=privacy,
        privacy_password=SecretStr(HIDDEN) if level > 1 else None,
    )


def knows(authentication: str = "sha1", privacy: str = "aes128", *, level: int = 2) -> User:
    secret, hidden = SECRET if level else "", HIDDEN if level > 1 else ""
    return User("khaen", authentication, secret, privacy, hidden)


def once(user: User, asked: SnmpUser) -> Answers:
    async def ask() -> Answers:
        async with agent(user) as place:
            return await GufoEngine().ask(target(place, asked), ASKED)

    return asyncio.run(ask())


def whole(answers: Answers) -> bool:
    return answers.text(NAME) == "sw-1" and len(answers.column(ROWS)) == 60 and not answers.partial


@pytest.mark.parametrize("level", [0, 1, 2])
def test_levels(level: int) -> None:
    assert whole(once(knows(level=level), asks(level=level)))


@pytest.mark.parametrize("privacy", ["des", "aes128", "aes192", "aes256"])
@pytest.mark.parametrize("authentication", list(HASHES))
def test_algorithms(authentication: Authentication, privacy: Privacy) -> None:
    assert whole(once(knows(HASHES[authentication], privacy), asks(authentication, privacy)))


@pytest.mark.parametrize("privacy", ["aes192", "aes256"])
def test_keys_made_longer_in_ciscos_way(privacy: Literal["aes192", "aes256"]) -> None:
    user = User("khaen", "sha1", SECRET, privacy, HIDDEN, cisco=True)
    assert whole(once(user, asks("sha", privacy)))


@pytest.mark.parametrize(
    "user",
    [
        User("somebody", "sha1", SECRET, "aes128", HIDDEN),
        User("khaen", "sha1", "wrong secret", "aes128", HIDDEN),
        User("khaen", "sha1", SECRET, "aes128", "wrong secret"),
        User("khaen", "sha256", SECRET, "aes128", HIDDEN),
        User("khaen", "sha1", SECRET, "aes256", HIDDEN),
        User("khaen", "sha1", SECRET),
    ],
)
@pytest.mark.parametrize("privacy", ["aes128", "aes192"])
def test_who_is_not_let_in_is_told_so(user: User, privacy: Privacy) -> None:
    if user.privacy == "aes128" and privacy == "aes192" and user == knows():
        pytest.skip("that one is right")
    with pytest.raises(SnmpError) as caught:
        once(user, asks("sha", privacy))
    assert not caught.value.silent
    assert "khaen" in caught.value.message.th
    assert SECRET not in str(caught.value)


def test_nobody_there_is_silence() -> None:
    async def ask() -> None:
        async with agent(knows(), silent=lambda: True) as place:
            await GufoEngine().ask(target(place, asks()), ASKED)

    with pytest.raises(SnmpError) as caught:
        asyncio.run(ask())
    assert caught.value.silent


def test_a_device_that_changes_between_polls() -> None:
    """Its clock goes on, it reboots, it comes back as another engine: each poll just works."""

    async def poll() -> None:
        engine = GufoEngine()
        async with agent(knows()) as place:
            for boots, time in ((3, 1000), (3, 9000), (4, 5)):
                place.boots, place.time = boots, time
                assert whole(await engine.ask(target(place, asks()), ASKED))
            port = place.port
        async with agent(knows(), engine=b"\x80\x00\x1f\x88\x04other") as other:
            assert whole(await engine.ask(target(other, asks()), ASKED))
            assert port

    asyncio.run(poll())


def test_a_clock_that_jumps_within_an_ask() -> None:
    async def poll() -> Answers:
        async with agent(knows()) as place:
            place.jumps_after = 3
            return await GufoEngine().ask(target(place, asks()), ASKED)

    assert whole(asyncio.run(poll()))


def test_probing() -> None:
    async def probe(user: SnmpUser) -> float:
        async with agent(knows()) as place:
            return await GufoEngine().probe(target(place, user))

    assert 0 < asyncio.run(probe(asks())) < 0.08
    with pytest.raises(SnmpError) as caught:
        asyncio.run(probe(asks("sha512")))
    assert not caught.value.silent
