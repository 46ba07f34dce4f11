"""Polls one after the other: what is asked, remembered, written, and what stays unknown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from controller.errors import StoreError, Text
from controller.facts.measured import Ports
from controller.health.rates import Counted
from controller.polling.cycle import Cycle
from controller.store import device_health
from controller.store.device_health import read_health
from controller.store.health_spans import spans
from tests.polling.answering import HC_IN, NAME, refusing, silent
from tests.polling.conftest import POLL, Polled

Story = Callable[[Polled, Cycle], Coroutine[Any, Any, None]]


def tell(polled: Polled, story: Story) -> None:
    """Run a story in an event loop."""

    async def whole() -> None:
        cycle = Cycle(polled.environment)
        try:
            await story(polled, cycle)
        finally:
            cycle.close()

    asyncio.run(whole())


def lived(polled: Polled, device: str = "sw-1") -> list[tuple[str, int]]:
    """Status and minutes of each span of a device."""
    with polled.environment.store.read() as conn:
        found = spans(conn, polled.clock() - timedelta(days=1), polled.clock() + timedelta(days=1))
    return [
        (s.status, round((s.until - s.since).total_seconds() / 60))
        for s in found
        if s.device == device
    ]


def known(polled: Polled, device: str = "sw-1") -> device_health.DeviceHealth:
    """What the store knows of a device."""
    with polled.environment.store.read() as conn:
        return read_health(conn, [device])[device]


def test_the_second_poll_knows_rates_the_first_does_not(polled: Polled) -> None:
    """And what the device is, its ports and their names, from the first on."""

    async def story(polled: Polled, cycle: Cycle) -> None:
        await polled.go(cycle)
        first = known(polled)
        assert (first.status, first.identity.version) == ("up", "15.0(2)SE11")
        assert first.ports.names == {"1": "Gi0/1", "2": "Gi0/2"}
        assert first.ports.rates == {}
        await polled.go(cycle, octets=37500 * 8)
        second = known(polled)
        assert second.ports.rates["in_bps"]["1"] == pytest.approx(8000.0)
        assert second.ports.rates["out_bps"]["1"] == pytest.approx(4000.0)
        assert second.ports.names == first.ports.names

    tell(polled, story)
    assert lived(polled) == [("up", 5)]


def test_what_seldom_changes_is_seldom_asked(polled: Polled) -> None:
    """Names once an hour, octets every time."""

    async def story(polled: Polled, cycle: Cycle) -> None:
        for _ in range(13):
            await polled.go(cycle)

    tell(polled, story)
    asked = polled.network.switches["sw-1"].asked
    assert sum(HC_IN in request.columns for request in asked) >= 13
    assert sum(NAME in request.columns for request in asked) <= 6


def test_a_device_that_falls_silent_is_unknown_then_down_then_probed(polled: Polled) -> None:
    """The others go on; once down only one small question is asked."""

    async def story(polled: Polled, cycle: Cycle) -> None:
        await polled.go(cycle)
        switch = polled.network.switches["sw-1"]
        switch.fault = silent
        await polled.go(cycle)
        assert known(polled).status == "unknown"
        await polled.go(cycle)
        assert known(polled).status == "down"
        assert known(polled).why == "no answer"
        assert known(polled).identity.version == "15.0(2)SE11"
        before = switch.probes
        await polled.go(cycle)
        assert switch.probes == before + 1
        assert known(polled, "sw-2").status == "up"
        switch.fault = None
        await polled.go(cycle, octets=10**6)
        back = known(polled)
        assert (back.status, back.ports.rates, back.why) == ("up", {}, "")

    tell(polled, story)
    assert lived(polled) == [("up", 5), ("down", 15), ("up", 0)]
    assert lived(polled, "sw-2") == [("up", 20)]


def test_a_device_long_silent_is_probed_less_often(polled: Polled) -> None:
    """And its time down has no holes."""

    async def story(polled: Polled, cycle: Cycle) -> None:
        polled.network.switches["sw-1"].fault = silent
        for _ in range(30):
            await polled.go(cycle)

    tell(polled, story)
    assert polled.network.switches["sw-1"].probes < 20
    assert [status for status, _ in lived(polled)] == ["down"]


def test_a_device_that_refuses_is_unknown(polled: Polled) -> None:
    """It is there; nobody can say how it is."""

    async def story(polled: Polled, cycle: Cycle) -> None:
        polled.network.switches["sw-1"].fault = refusing
        for _ in range(3):
            await polled.go(cycle)

    tell(polled, story)
    assert known(polled).status == "unknown"
    assert "wrong password" in known(polled).why


def test_a_device_whose_answers_cannot_be_read_stops_nobody_else(
    polled: Polled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is unknown, and the others are polled."""
    read = Counted.rates

    def odd(self: Counted, ports: Ports, *rest: Any, **named: Any) -> Any:
        if not ports.counters.get("in_octets", {}).get("1"):
            raise ValueError
        return read(self, ports, *rest, **named)

    async def story(polled: Polled, cycle: Cycle) -> None:
        polled.network.switches["sw-2"].octets = 10
        monkeypatch.setattr(Counted, "rates", odd)
        await polled.go(cycle)

    tell(polled, story)
    assert (known(polled).status, known(polled, "sw-2").status) == ("unknown", "up")


def test_a_restart_gives_no_rates_and_asks_again_what_it_is(polled: Polled) -> None:
    """Counters began anew."""

    async def story(polled: Polled, cycle: Cycle) -> None:
        await polled.go(cycle)
        await polled.go(cycle, octets=1000)
        details = known(polled).details
        switch = polled.network.switches["sw-1"]
        switch.seconds, switch.octets = -POLL + 20.0, 0
        await polled.go(cycle, octets=500)
        assert known(polled).ports.rates == {}
        assert known(polled).details != details

    tell(polled, story)


def test_another_process_goes_on_where_the_first_ended(polled: Polled) -> None:
    """The same span, the same identity; rates only after a reading of its own."""

    async def story(polled: Polled, cycle: Cycle) -> None:
        await polled.go(cycle)
        await polled.go(cycle, octets=1000)
        other = Cycle(polled.environment)
        await polled.go(other, octets=1000)
        assert known(polled).ports.rates == {}
        await polled.go(other, octets=37500)
        assert known(polled).ports.rates["in_bps"]["1"] == pytest.approx(1000.0)

    tell(polled, story)
    assert lived(polled) == [("up", 15)]


def test_nothing_is_written_once_the_share_is_somebody_else_s(polled: Polled) -> None:
    """A process that was frozen and thaws changes nothing."""

    async def story(polled: Polled, cycle: Cycle) -> None:
        tally = await cycle.poll(polled.devices, lambda _: False)
        assert tally.lost

    tell(polled, story)
    with polled.environment.store.read() as conn:
        assert read_health(conn) == {}


def test_only_looking_writes_nothing(polled: Polled) -> None:
    """But what was seen can be shown."""

    async def story(polled: Polled, cycle: Cycle) -> None:
        await cycle.poll(polled.devices, None)
        assert cycle.known()["sw-1"].status == "up"

    tell(polled, story)
    with polled.environment.store.read() as conn:
        assert read_health(conn) == {}


def test_a_poll_that_could_not_be_written_never_happened(
    polled: Polled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is remembered is read again from the store; no span is lost or doubled."""

    async def story(polled: Polled, cycle: Cycle) -> None:
        await polled.go(cycle)
        with monkeypatch.context() as broken:
            broken.setattr("controller.polling.writing.save_health", _fails)
            with pytest.raises(StoreError):
                await polled.go(cycle)
        await polled.go(cycle)

    tell(polled, story)
    assert lived(polled) == [("up", 0), ("unknown", 10), ("up", 0)]


def _fails(*_: object) -> None:
    raise StoreError(Text(th="ฐานข้อมูลไม่ตอบ", en="the database does not answer"))
