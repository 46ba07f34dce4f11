"""Percentiles of many ports at once are those of each port alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from controller.settings import Health
from controller.store.archive import Archive
from tests.store.archive.polls import STEP, polled, unasked
from tests.store.archive.test_archive import DAY, LATER

PORTS = ("Gi0/1", "2")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Two switches with two hours of polls, and one nobody knows the rates of."""
    made = Archive(tmp_path / "archive")
    for number in range(24):
        at = DAY + number * STEP
        made.append([polled("sw-1", at, 100.0), polled("sw-2", at, float(number))])
        made.append([polled("sw-3", at, None), unasked("sw-4", at)])
    yield made
    made.close()


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95, 1.0])
def test_many_at_once_are_as_one_alone(archive: Archive, share: float) -> None:
    """Of samples, and of the hours they were summed up to; unknown is left out."""
    asked = ["sw-1", "sw-2", "sw-3", "sw-4"]
    for _ in range(2):
        found = archive.percentiles("in_bps", DAY, LATER, devices=asked, ports=PORTS, share=share)
        assert [(one.device, one.port) for one in found] == [
            ("sw-1", "2"),
            ("sw-1", "Gi0/1"),
            ("sw-2", "2"),
            ("sw-2", "Gi0/1"),
        ]
        for one in found:
            alone = archive.percentile(one.device, "in_bps", one.port, DAY, LATER, share)
            assert one.value == alone
            assert one.hours == 2
        archive.compact(LATER)


def test_only_of_devices_asked_for(archive: Archive) -> None:
    """Of their own metrics too, in which there is no port; of ports only those named."""
    (found,) = archive.percentiles("cpu", DAY, LATER, devices=["sw-2"])
    assert (found.device, found.port, found.value) == ("sw-2", None, 20.0)
    (port,) = archive.percentiles("in_bps", DAY, LATER, devices=["sw-1"], ports=["2"])
    assert (port.device, port.port) == ("sw-1", "2")


def test_a_day_s_mean_is_no_hour(archive: Archive) -> None:
    """When the hours were forgotten nobody can tell any more."""
    archive.compact(LATER)
    health = Health(keep_days=1, keep_hourly_days=1, keep_daily_days=100)
    archive.purge(LATER + timedelta(days=9), health)
    assert archive.totals("in_bps", DAY, LATER, ports=True)
    assert not archive.percentiles("in_bps", DAY, LATER, devices=["sw-1"], ports=PORTS)
