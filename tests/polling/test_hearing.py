"""Syslog of devices: a change is told, its backup wanted, an alert opened; nothing else is kept."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.polling.hearing import Hearing
from controller.store import alerts, told_changes
from controller.store.told_changes import ToldChange
from tests.operations.office import Desk, opened_desk

LINE = b"<189>1: %SYS-5-CONFIG_I: Configured from console by noc on vty0 (10.9.8.7)"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office."""
    with opened_desk(tmp_path / "office") as opened:
        yield opened


@pytest.fixture
def hearing(desk: Desk) -> Iterator[Hearing]:
    """It listens on a free port."""
    context = desk.context
    made = Hearing(context.store, context.inventory, context.clock, ("127.0.0.1", 0))
    made.start()
    until = time.monotonic() + 20
    while made.port is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    yield made
    made.stop()


def say(hearing: Hearing, address: str, *lines: bytes) -> None:
    """Lines come from this address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((address, 0))
        for line in lines:
            sock.sendto(line, ("127.0.0.1", hearing.port or 0))


def an_ios_switch(desk: Desk) -> tuple[str, str]:
    """Name and address."""
    devices = desk.context.inventory().devices
    return next((d.name, d.address) for d in devices if d.platform == "cisco_ios")


def test_a_device_that_was_configured_is_heard(desk: Desk, hearing: Hearing) -> None:
    name, address = an_ios_switch(desk)
    say(hearing, address, b"<189>1: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up", LINE)
    say(hearing, "127.77.0.1", LINE)  # no device of ours
    until = time.monotonic() + 20
    while not told(desk, name):
        assert time.monotonic() < until
        time.sleep(0.05)
    hearing.stop()
    assert told(desk, name) == (ToldChange(name, desk.clock(), "noc", "10.9.8.7", "syslog"),)
    with desk.context.store.read() as conn:
        assert [one.device for one in told_changes.wanted(conn)] == [name]
        (alert,) = alerts.open_alerts(conn)
        assert (alert.device, alert.rule) == (name, "changed_outside")
        assert "syslog: noc, 10.9.8.7" in alert.words.en


def told(desk: Desk, name: str) -> tuple[ToldChange, ...]:
    """What the device told."""
    with desk.context.store.read() as conn:
        return told_changes.told_of(conn, name)


def test_a_flood_is_read_only_so_far(desk: Desk, hearing: Hearing) -> None:
    name, address = an_ios_switch(desk)
    say(hearing, address, *[LINE] * 600)
    until = time.monotonic() + 20
    while not told(desk, name):
        assert time.monotonic() < until
        time.sleep(0.05)
    hearing.stop()
    with desk.context.store.read() as conn:
        assert len(told_changes.told_of(conn, name, most=9999)) <= 300
        assert len(told_changes.wanted(conn)) == 1
