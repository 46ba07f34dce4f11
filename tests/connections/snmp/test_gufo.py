"""The polling engine against an agent over UDP, with the faults agents have."""

from __future__ import annotations

import asyncio
import dataclasses
import socket
import time
from typing import Any

import pytest
from pydantic import SecretStr

from controller.connections.snmp.engine import SnmpError, SnmpTarget
from controller.connections.snmp.gufo import GufoEngine
from controller.facts.answers import Answers, Request
from controller.lab.snmp.ber import COUNTER64, TICKS, Reader, integer, octets, sequence
from controller.lab.snmp.pdu import Objects
from tests.connections.snmp.agent import COMMUNITY, Agent, column, objects_of, serving

UPTIME, NAME, MISSING = "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.9.0"
OCTETS, ERRORS = "1.3.6.1.2.1.2.2.1.10", "1.3.6.1.2.1.2.2.1.14"
FIFTY = b"\x02\x01\x32\x30"
"""In a GETBULK: fifty repetitions."""

VALUES = {
    "1.3.6.1.2.1.1.1.0": octets("Switch"),
    UPTIME: integer(4711, TICKS),
    NAME: octets("sw-1"),
    **{f"1.3.6.1.4.1.9.9.{n}.0": integer(n) for n in range(1, 60)},
    **column(OCTETS, 120),
    **column(ERRORS, 7),
    f"{ERRORS}.8": integer((1 << 64) - 1, COUNTER64),
}


def agent(**faults: Any) -> Agent:
    return Agent(objects_of(VALUES), **faults)


def target(of: Agent, **changes: Any) -> SnmpTarget:
    plain = SnmpTarget(
        name="sw-1", address="127.0.0.1", port=of.port, community=SecretStr(COMMUNITY), timeout=0.08
    )
    return dataclasses.replace(plain, **changes)


def asked(of: Agent, request: Request, engine: GufoEngine | None = None, **changes: Any) -> Answers:
    """One ask of this agent."""

    async def ask() -> Answers:
        async with serving(of, changes.get("address", "127.0.0.1")):
            return await (engine or GufoEngine()).ask(target(of, **changes), request)

    return asyncio.run(ask())


def test_everything_in_one_question_and_one_a_column() -> None:
    of = agent()
    answers = asked(of, Request((UPTIME, NAME, MISSING), (ERRORS,)))
    assert answers.scalars == {UPTIME: 4711, NAME: b"sw-1"}
    assert list(answers.column(ERRORS)) == [str(n) for n in range(1, 9)]
    assert answers.column(ERRORS)["8"] == (1 << 64) - 1
    assert not answers.partial
    assert len(of.requests) == 2


def test_the_last_column_of_all_ends() -> None:
    of = Agent(objects_of(column(OCTETS, 70)))
    answers = asked(of, Request((), (OCTETS, ERRORS)))
    assert len(answers.column(OCTETS)) == 70
    assert answers.columns[ERRORS] == {}
    assert not answers.partial


@pytest.mark.parametrize("version", ["1", "2c"])
def test_a_column_of_three_answers(version: str) -> None:
    answers = asked(agent(), Request((), (OCTETS, "1.3.6.1.2.1.2.2.1.12")), version=version)
    assert list(answers.column(OCTETS).values()) == [n * 10 for n in range(1, 121)]
    assert answers.columns["1.3.6.1.2.1.2.2.1.12"] == {}
    assert not answers.partial


def test_version_1_asks_again_without_what_is_missing() -> None:
    answers = asked(agent(), Request((UPTIME, MISSING, NAME)), version="1")
    assert answers.scalars == {UPTIME: 4711, NAME: b"sw-1"}


def test_ipv6() -> None:
    answers = asked(agent(), Request((NAME,), (ERRORS,)), address="::1")
    assert answers.text(NAME) == "sw-1"
    assert len(answers.column(ERRORS)) == 8


def test_many_values_come_in_several_answers() -> None:
    of = agent()
    wanted = tuple(f"1.3.6.1.4.1.9.9.{n}.0" for n in range(1, 60))
    assert list(asked(of, Request(wanted)).scalars.values()) == list(range(1, 60))
    assert len(of.requests) == 3


def test_a_chunk_of_which_nothing_is_there_costs_one_question() -> None:
    of = agent()
    assert not asked(of, Request(tuple(f"1.3.6.1.4.1.77.{n}.0" for n in range(20)))).scalars
    assert len(of.requests) == 1


@pytest.mark.parametrize("version", ["1", "2c"])
def test_too_big_is_asked_in_halves(version: str) -> None:
    wanted = tuple(f"1.3.6.1.4.1.9.9.{n}.0" for n in range(1, 25))
    answers = asked(agent(room=100), Request(wanted), version=version)
    assert list(answers.scalars) == list(wanted)


def test_a_large_answer_that_is_lost_is_asked_in_halves() -> None:
    of = agent()
    of.drop = lambda number: len(of.requests[-1]) > 200
    wanted = tuple(f"1.3.6.1.4.1.9.9.{n}.0" for n in range(1, 25))
    assert list(asked(of, Request(wanted)).scalars) == list(wanted)


def test_one_value_that_never_comes_costs_nobody_else() -> None:
    bad = "1.3.6.1.4.1.9.9.7.0"
    of = agent(silent_at=b"\x09\x09\x07\x00")
    answers = asked(of, Request((NAME, bad, UPTIME, "1.3.6.1.4.1.9.9.8.0")))
    assert answers.scalars == {NAME: b"sw-1", UPTIME: 4711, "1.3.6.1.4.1.9.9.8.0": 8}


def test_bulk_too_big_is_halved_and_remembered() -> None:
    engine = GufoEngine()

    async def ask() -> tuple[int, int]:
        of = agent()
        counts = []
        async with serving(of):
            # This agent answers tooBig (nothing at all) instead of cutting the answer.
            of.answers = lambda reply: reply if len(reply) < 600 else _nothing(of.requests[-1])
            for _ in range(2):
                before = len(of.requests)
                answers = await engine.ask(target(of), Request((), (OCTETS,)))
                assert list(answers.column(OCTETS).values()) == [n * 10 for n in range(1, 121)]
                assert not answers.partial
                counts.append(len(of.requests) - before)
        return counts[0], counts[1]

    first, second = asyncio.run(ask())
    assert second < first


def test_bulk_that_does_not_come_is_halved() -> None:
    of = agent()
    of.drop = lambda number: FIFTY in of.requests[-1]
    answers = asked(of, Request((NAME,), (OCTETS,)))
    assert len(answers.column(OCTETS)) == 120
    assert not answers.partial


def test_lost_in_the_middle_is_asked_again_from_there() -> None:
    of = agent(drop=lambda number: number == 2)
    answers = asked(of, Request((), (OCTETS,)))
    assert len(answers.column(OCTETS)) == 120
    assert not answers.partial
    assert len(of.requests) == 4


@pytest.mark.parametrize("version", ["1", "2c"])
def test_a_walk_cut_short_is_partial(version: str) -> None:
    of = agent()
    of.drop = lambda number: number > 2
    answers = asked(of, Request((), (OCTETS, ERRORS)), version=version)
    assert 0 < len(answers.column(OCTETS)) < 120
    assert answers.partial == {OCTETS, ERRORS}


def test_silence_in_the_middle_costs_a_bounded_time() -> None:
    of = agent(drop=lambda number: number > 1)
    columns = tuple(f"1.3.6.1.2.1.2.2.1.{n}" for n in range(2, 22))
    answers = asked(of, Request((NAME,), columns), timeout=0.02)
    assert answers.text(NAME) == "sw-1"
    assert answers.partial == set(columns)
    assert len(of.requests) <= 10


class _Endless(Objects):
    """Begins again at the column's first row when it should go on."""

    def after(self, oid: tuple[int, ...]) -> tuple[int, ...] | None:
        following = super().after(oid)
        return following if following is None or following[-1] < 40 else (*following[:-1], 1)


@pytest.mark.parametrize("version", ["1", "2c"])
def test_an_agent_that_goes_in_circles_ends(version: str) -> None:
    of = Agent(_Endless(objects_of(VALUES).values))
    answers = asked(of, Request((), (OCTETS,)), version=version)
    assert list(answers.column(OCTETS)) == [str(n) for n in range(1, 40)]
    assert answers.partial == {OCTETS}
    assert len(of.requests) < 50


def test_nobody_there() -> None:
    of = agent(drop=lambda number: True)
    started = time.monotonic()
    with pytest.raises(SnmpError) as caught:
        asked(of, Request((UPTIME, NAME), (OCTETS, ERRORS)))
    assert caught.value.silent
    assert caught.value.hint is not None
    assert "sw-1" in caught.value.message.th
    assert len(of.requests) == 2
    assert time.monotonic() - started < 0.4


def test_only_columns_of_nobody() -> None:
    with pytest.raises(SnmpError) as caught:
        asked(agent(drop=lambda number: True), Request((), (OCTETS, ERRORS)))
    assert caught.value.silent


def test_a_wrong_community_is_silence() -> None:
    with pytest.raises(SnmpError) as caught:
        asked(agent(), Request((NAME,)), community=SecretStr("wrong"))
    assert caught.value.silent
    assert "wrong" not in str(caught.value)


def test_nothing_listens() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SnmpError) as caught:
        asyncio.run(_ask_port(port))
    assert caught.value.silent


async def _ask_port(port: int) -> Answers:
    of = agent()
    of.port = port
    return await GufoEngine().ask(target(of), Request((NAME,)))


@pytest.mark.parametrize(
    "rubbish", [b"", b"x", b"\x30\x82", bytes(range(256)), b"\x30\x03\x02\x01\x01"]
)
def test_rubbish_is_an_error_of_the_device(rubbish: bytes) -> None:
    of = agent(answers=lambda reply: rubbish)
    with pytest.raises(SnmpError):
        asked(of, Request((NAME,), (OCTETS,)))


def test_rubbish_in_between_is_asked_again() -> None:
    of = agent()
    of.answers = lambda reply: reply[:-3] if len(of.requests) % 2 == 0 else reply
    answers = asked(of, Request((NAME,), (OCTETS,)))
    assert len(answers.column(OCTETS)) == 120


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next() -> None:
    of = agent(delay=lambda number: 0.1 if number == 1 else 0.02)
    answers = asked(of, Request((NAME, UPTIME), (ERRORS,)))
    assert answers.scalars == {UPTIME: 4711, NAME: b"sw-1"}
    assert len(answers.column(ERRORS)) == 8


def test_one_question_at_a_time_for_one_device() -> None:
    under_way: list[int] = []
    of = agent(delay=lambda number: 0.01)

    async def ask() -> list[Answers]:
        engine = GufoEngine()

        def reply(content: bytes) -> bytes:
            under_way.append(len(of.requests))
            return content

        of.answers = reply
        async with serving(of):
            asks = (engine.ask(target(of), Request((NAME,), (ERRORS,))) for _ in range(4))
            return await asyncio.gather(*asks)

    assert [len(a.column(ERRORS)) for a in asyncio.run(ask())] == [8, 8, 8, 8]
    assert under_way == list(range(1, len(under_way) + 1))


def test_only_so_many_sockets_are_open(caplog: pytest.LogCaptureFixture) -> None:
    async def ask() -> int:
        engine = GufoEngine()
        engine._room = 3
        agents = [agent(delay=lambda number: 0.01) for _ in range(9)]
        most = 0

        async def one(of: Agent) -> None:
            nonlocal most
            async with serving(of):
                await engine.ask(target(of), Request((NAME,)))
                most = max(most, len(engine._open))

        await asyncio.gather(*(one(of) for of in agents))
        assert not engine._open
        return most

    assert asyncio.run(ask()) <= 3
    assert "ulimit" in caplog.text


def test_a_cancelled_ask_leaves_nothing() -> None:
    async def ask() -> GufoEngine:
        engine = GufoEngine()
        of = agent(drop=lambda number: True)
        async with serving(of):
            task = asyncio.create_task(engine.ask(target(of), Request((NAME,))))
            await asyncio.sleep(0.02)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        return engine

    engine = asyncio.run(ask())
    assert not engine._open
    assert not engine._busy


def test_closing_ends_what_is_asked() -> None:
    async def ask() -> None:
        engine = GufoEngine()
        of = agent(drop=lambda number: True)
        async with serving(of):
            task = asyncio.create_task(engine.ask(target(of, timeout=30), Request((NAME,))))
            await asyncio.sleep(0.02)
            engine.close()
            with pytest.raises(SnmpError):
                await asyncio.wait_for(task, 1)

    asyncio.run(ask())


def _probed(of: Agent) -> float:
    async def ask() -> float:
        async with serving(of):
            return await GufoEngine().probe(target(of))

    return asyncio.run(ask())


def test_probing_takes_one_question() -> None:
    of = agent(delay=lambda number: 0.03)
    assert 0.02 < _probed(of) < 0.08
    assert len(of.requests) == 1


def test_probing_nobody_takes_one_question_too() -> None:
    of = agent(drop=lambda number: True)
    with pytest.raises(SnmpError) as caught:
        _probed(of)
    assert caught.value.silent
    assert len(of.requests) == 1


def _nothing(request: bytes) -> bytes:
    """A tooBig response to this request: no bindings."""
    message = Reader(request).inside()
    version, community = message.number(), message.text()
    pdu = message.inside(0xA0, 0xA1, 0xA5)
    body = integer(pdu.number()) + integer(1) + integer(0) + sequence()
    return sequence(integer(version), octets(community), sequence(body, tag=0xA2))
