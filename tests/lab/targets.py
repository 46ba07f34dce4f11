"""Labs for tests: their definition, their command line, and a device as a test sees it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from controller.lab.asking import ask

MINUTE_SECONDS = 1.5
POOL = 80
"""Devices of each platform: a test takes one that nobody has touched."""
PATIENCE_SECONDS = 30.0


def worker_network() -> str:
    """127.(100 + worker): no two workers share an address."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return f"127.{100 + int(worker)}"


def device_row(name: str, platform: str, address: str, **more: object) -> dict[str, object]:
    """A row of LAB.json on a free port."""
    return {"name": name, "platform": platform, "address": address, "port": 0, **more}


def write_lab(folder: Path, rows: list[dict[str, object]], **more: object) -> Path:
    """A LAB.json in a folder, with quick clocks."""
    path = folder / "LAB.json"
    document = {
        "state_dir": str(folder / "state"),
        "username": "netadmin",
        "password_file": str(folder / "password"),
        "minute_seconds": MINUTE_SECONDS,
        "boot_seconds": 0.5,
        "devices": rows,
        **more,
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run_lab(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the lab's command line as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "controller.lab", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait until something is so; fails when it never is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail("it did not happen in time")
        time.sleep(0.05)


@dataclass(frozen=True)
class Target:
    """One device of a running lab, as a test sees it."""

    state_dir: Path
    name: str
    platform: str
    address: str
    port: int
    password: str
    snmp_port: int = 0

    def fault(self, name: str, **more: object) -> None:
        """Switch a fault on (or off with ``on=False``)."""
        ask(self.state_dir, {"command": "fault", "device": self.name, "fault": name, **more})

    def status(self) -> Mapping[str, Any]:
        """The device's row of the status command."""
        rows = ask(self.state_dir, {"command": "status"})["devices"]
        return next(row for row in rows if row["name"] == self.name)

    def running(self) -> str:
        """The running configuration, seen from the console."""
        return self._show(startup=False)

    def startup(self) -> str:
        """The startup configuration, seen from the console."""
        return self._show(startup=True)

    def _show(self, *, startup: bool) -> str:
        request = {"command": "show", "device": self.name, "startup": startup}
        return str(ask(self.state_dir, request)["config"])

    def type(self, *lines: str) -> None:
        """Type lines on the console."""
        ask(self.state_dir, {"command": "type", "device": self.name, "lines": lines})

    def wait_for(self, access: str) -> None:
        """Wait until the network finds the device so."""
        wait_until(lambda: self.status()["access"] == access)
