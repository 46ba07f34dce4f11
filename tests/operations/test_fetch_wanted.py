"""Devices that told of a change are fetched soon, once, and never in a storm."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controller.accounts.actor import SCHEDULE
from controller.errors import DeviceError, Text
from controller.inventory.device import Device
from controller.operations import fetch_wanted as fetching
from controller.operations.context import Context
from controller.operations.fetch_wanted import AT_ONCE, fetch_wanted
from controller.store import locks, snapshots, told_changes
from controller.store.told_changes import WantedBackup
from tests.operations.office import Desk

SW = "kkn-a-sw01"


class Devices:
    """What devices would answer; those in `dead` do not."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.dead: set[str] = set()

    def fetch(self, _: Context, devices: tuple[Device, ...]) -> dict[str, str | DeviceError]:
        self.asked += [device.name for device in devices]
        silent = Text(th="ไม่ตอบ", en="silent")
        return {
            device.name: DeviceError(device.name, silent)
            if device.name in self.dead
            else f"hostname {device.name}\n"
            for device in devices
        }


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Devices:
    """Devices that answer without a network."""
    made = Devices()
    monkeypatch.setattr(fetching, "fetch_running", made.fetch)
    return made


def want(desk: Desk, *names: str) -> None:
    """These devices tell of a change now."""
    with desk.context.store.begin() as conn:
        for name in names:
            told_changes.want_backup(conn, name, "syslog", desk.clock())


def wanted(desk: Desk) -> tuple[WantedBackup, ...]:
    """What is still wanted."""
    with desk.context.store.read() as conn:
        return told_changes.wanted(conn)


def test_a_device_is_fetched_once_it_has_settled(desk: Desk, devices: Devices) -> None:
    want(desk, SW)
    assert fetch_wanted(desk.context, SCHEDULE) == ()
    desk.clock.forward(minutes=1)
    (backup,) = fetch_wanted(desk.context, SCHEDULE)
    assert (backup.device, backup.state) == (SW, "new")
    assert wanted(desk) == ()
    assert fetch_wanted(desk.context, SCHEDULE) == ()
    assert devices.asked == [SW]
    assert [e.actor for e in desk.entries("back_up_devices")] == ["schedule"]


def test_of_many_only_so_many_are_asked_at_a_time(desk: Desk, devices: Devices) -> None:
    names = [device.name for device in desk.context.inventory().devices]
    assert len(names) > AT_ONCE
    want(desk, *names)
    desk.clock.forward(minutes=1)
    fetch_wanted(desk.context, SCHEDULE)
    assert len(devices.asked) == AT_ONCE
    fetch_wanted(desk.context, SCHEDULE)
    assert sorted(devices.asked) == sorted(names)


def test_what_a_run_kept_will_do(desk: Desk, devices: Devices) -> None:
    want(desk, SW)
    desk.clock.forward(seconds=5)
    with desk.context.store.begin() as conn:
        snapshots.save_snapshot(conn, SW, "f" * 64, "0" * 40, desk.clock(), "after")
    desk.clock.forward(minutes=1)
    assert fetch_wanted(desk.context, SCHEDULE) == ()
    assert (devices.asked, wanted(desk)) == ([], ())


def test_a_device_in_a_run_waits_for_its_end(desk: Desk, devices: Devices) -> None:
    want(desk, SW)
    with desk.context.store.begin() as conn:
        locks.take(conn, SW, "run", "executor", desk.clock())
    desk.clock.forward(minutes=1)
    assert fetch_wanted(desk.context, SCHEDULE) == ()
    with desk.context.store.begin() as conn:
        locks.let_go(conn, SW, 1)
    desk.clock.forward(minutes=1)
    assert len(fetch_wanted(desk.context, SCHEDULE)) == 1
    assert devices.asked == [SW]


def test_one_that_fails_is_tried_again_and_given_up(desk: Desk, devices: Devices) -> None:
    devices.dead = {SW}
    want(desk, SW)
    for _ in range(4):
        desk.clock.forward(minutes=16)
        (backup,) = fetch_wanted(desk.context, SCHEDULE)
        assert backup.state == "failed"
    assert wanted(desk) == ()


def test_a_failure_waits_longer_each_time(desk: Desk, devices: Devices) -> None:
    devices.dead = {SW}
    want(desk, SW)
    waits = []
    for _ in range(3):
        desk.clock.forward(minutes=16)
        fetch_wanted(desk.context, SCHEDULE)
        waits.append(wanted(desk)[0].due - desk.clock())
    assert waits == [timedelta(minutes=minutes) for minutes in (1, 5, 15)]


def test_a_device_that_left_is_forgotten(desk: Desk, devices: Devices) -> None:
    want(desk, "gone-sw01")
    desk.clock.forward(minutes=1)
    assert fetch_wanted(desk.context, SCHEDULE) == ()
    assert (devices.asked, wanted(desk)) == ([], ())
