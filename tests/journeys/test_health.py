"""Two workers watch an office: one is killed, a school goes dark, and comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.office import Office

CYCLE = 10
SCHOOL = ("kkn-b-dist01", *(f"kkn-b-sw0{n}" for n in range(1, 6)))
RULES = "rules:\n  down: {grace_minutes: 0}\n"


def until(true: Callable[[], Any], seconds: float) -> Any:
    """What it gives once that is not empty; the last look when time is up."""
    end = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < end:
        time.sleep(1)
    return found


@contextmanager
def worker(office: Office) -> Iterator[subprocess.Popen[str]]:
    """A worker of the office; killed at the end if it still lives."""
    process = subprocess.Popen(
        [sys.executable, "-m", "controller.worker", str(office.root)],
        env=office.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def asked(office: Office) -> dict[str, str]:
    """device -> when it was last asked."""
    health = office.khaen("health", "--json").json
    return {d["device"]: str(d["at"]) for site in health["sites"] for d in site["devices"]}


def alerts(office: Office) -> list[dict[str, Any]]:
    """The open alerts that are no shadow."""
    listed: list[dict[str, Any]] = office.khaen("alerts", "list", "--json").json["alerts"]
    return listed


@pytest.mark.slow
def test_a_killed_worker_and_a_dark_school(tmp_path: Path) -> None:
    office = Office(tmp_path / "office")
    office.init()
    with (office.root / "khaen.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[health]\npoll_seconds = {CYCLE}\nshards = 4\n")
    (office.root / "inventory" / "health.yaml").write_text(RULES, encoding="utf-8")
    office.khaen("validate")
    office.khaen("lab", "up")
    try:
        office.khaen("account", "add", "admin", signs="admin")
        office.login("admin")
        office.khaen("account", "add", "engineer1", signs="engineer1")
        office.login("engineer1")
        assert office.khaen("poll", "--json").json["kept"]
        with worker(office) as killed, worker(office) as living:
            _killed_worker(office, killed)
            _dark_school(office)
            assert living.poll() is None
    finally:
        office.khaen("lab", "down")


def _killed_worker(office: Office, killed: subprocess.Popen[str]) -> None:
    def both() -> bool:
        health = office.khaen("health", "--json").json
        cycles = [poller["cycle"] for poller in health["pollers"]]
        return len(cycles) == 2 and all(cycles) and health["counts"]["up"] == 24

    assert until(both, 60)
    os.kill(killed.pid, signal.SIGKILL)
    before = asked(office)
    begun = time.monotonic()

    def everything_again() -> bool:
        now = asked(office)
        return all(now[device] > at for device, at in before.items())

    assert until(everything_again, 2 * CYCLE + 8), "a device of the killed worker is not polled"
    print(f"every device polled again {time.monotonic() - begun:.0f} s after the kill")


def _dark_school(office: Office) -> None:
    for device in SCHOOL:
        office.khaen("lab", "fault", device, "silent-snmp")

    def dark() -> list[dict[str, Any]]:
        down = [alert for alert in alerts(office) if alert["rule"] == "down"]
        settled = [alert for alert in down if alert["shadows"] == len(SCHOOL) - 1]
        return settled if len(down) == 1 else []

    found = until(dark, 6 * CYCLE)
    assert [alert["device"] for alert in found] == [SCHOOL[0]], alerts(office)
    number = str(found[0]["id"])
    office.khaen("alerts", "ack", number, "-m", "ไฟฟ้าดับที่โรงเรียน")
    for device in SCHOOL:
        office.khaen("lab", "fault", device, "silent-snmp", "--off")
    assert until(lambda: not [a for a in alerts(office) if a["rule"] == "down"], 8 * CYCLE)
    assert office.khaen("alerts", "show", number, "--json").json["cleared"]
