"""Many devices at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from controller.connections.fleet import Fleet
from controller.connections.session import DeviceSession
from controller.errors import DeviceError
from tests.connections.switch import SECRETS, Switch
from tests.lab import targets


def read(session: DeviceSession) -> str:
    """What a backup does."""
    return session.running()


@pytest.fixture
def some(pools: dict[str, Iterator[targets.Target]], tmp_path: Path) -> list[Switch]:
    """Three switches of each platform."""
    labs = [lab for pool in pools.values() for lab in islice(pool, 3)]
    return [Switch(lab, tmp_path) for lab in labs]


def test_every_device_gives_its_value_or_its_error(some: list[Switch]) -> None:
    some[0].lab.fault("refused-login")
    told: list[str] = []
    fleet = Fleet([switch.target() for switch in some], workers=4)
    results = fleet.each(read, SECRETS, lambda name, _: told.append(name))
    assert list(results) == [switch.lab.name for switch in some]
    assert sorted(told) == sorted(results)
    refused = results.pop(some[0].lab.name)
    assert isinstance(refused, DeviceError)
    for name, text in results.items():
        assert isinstance(text, str)
        assert f"hostname {name}" in text


def test_a_dead_device_holds_up_nobody_else(some: list[Switch]) -> None:
    some[0].lab.fault("freeze")
    some[3].lab.fault("freeze")
    for switch in some[::3]:
        switch.lab.wait_for("frozen")
    order: list[str] = []
    patient = [replace(switch, connect_timeout=3.0) for switch in some]
    fleet = Fleet([switch.target() for switch in patient], workers=len(some))
    results = fleet.each(read, SECRETS, lambda name, _: order.append(name))
    dead = {some[0].lab.name, some[3].lab.name}
    assert set(order[-2:]) == dead
    assert {name for name, got in results.items() if isinstance(got, DeviceError)} == dead


def test_devices_are_spoken_to_at_the_same_time_and_told_of_one_by_one(some: list[Switch]) -> None:
    together = threading.Barrier(len(some))
    telling = threading.Lock()

    def meet(session: DeviceSession) -> str:
        together.wait(timeout=20)
        return session.name

    def tell(name: str, got: str | DeviceError) -> None:
        assert name == got
        assert telling.acquire(blocking=False)
        time.sleep(0.02)
        telling.release()

    fleet = Fleet([switch.target() for switch in some], workers=50)
    assert len(fleet.each(meet, SECRETS, tell)) == len(some)


def test_a_bug_is_not_a_devices_fault(some: list[Switch]) -> None:
    def stumble(session: DeviceSession) -> str:
        return {"one": "two"}[session.name]

    fleet = Fleet([switch.target() for switch in some[:2]], workers=2)
    with pytest.raises(KeyError):
        fleet.each(stumble, SECRETS)


def test_no_devices_is_no_work() -> None:
    assert Fleet([], workers=50).each(read, {}) == {}
