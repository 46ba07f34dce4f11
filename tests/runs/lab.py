"""A running lab for the tests of runs, and devices in it that nobody has touched yet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from controller.lab.asking import ask

MINUTE_SECONDS = 3.0
PATIENCE_SECONDS = 40.0


def network() -> str:
    """127.(100 + worker): no two test processes share an address."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return f"127.{100 + int(worker)}"


@dataclass(frozen=True)
class LabDevice:
    """One device of the lab, as somebody standing beside it sees it."""

    state_dir: Path
    name: str
    platform: str
    address: str
    port: int

    def fault(self, name: str, **more: object) -> None:
        """Switch a fault on."""
        ask(self.state_dir, {"command": "fault", "device": self.name, "fault": name, **more})

    def heal(self, name: str) -> None:
        """Switch a fault off."""
        self.fault(name, on=False)

    def type(self, *lines: str) -> None:
        """Type configuration lines on the console."""
        ask(self.state_dir, {"command": "type", "device": self.name, "lines": list(lines)})

    def running(self) -> str:
        """The running configuration."""
        return self._show(startup=False)

    def startup(self) -> str:
        """The saved configuration."""
        return self._show(startup=True)

    def _show(self, *, startup: bool) -> str:
        request = {"command": "show", "device": self.name, "startup": startup}
        return str(ask(self.state_dir, request)["config"])

    def status(self) -> dict[str, Any]:
        """The device's row of the lab's status."""
        rows = ask(self.state_dir, {"command": "status"})["devices"]
        return dict(next(row for row in rows if row["name"] == self.name))

    def commits(self) -> int:
        """How often a change was committed on the device, going back included."""
        return int(self.status()["commits"])

    def typed(self, line: str) -> int:
        """How often clients typed this line in the configuration mode, by the device's own log."""
        request = {"command": "typed", "device": self.name}
        return int(ask(self.state_dir, request)["lines"].count(line))

    def pending(self) -> bool:
        """Whether a change waits for confirmation."""
        return self.status()["pending"] is not None


@dataclass(frozen=True)
class Lab:
    """A running lab."""

    password_file: Path
    devices: tuple[LabDevice, ...]


def wait_until(happened: Callable[[], bool], what: str = "it") -> None:
    """Wait until something is so; fails when it never is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail(f"{what} did not happen in time")
        time.sleep(0.02)


@contextmanager
def running_lab(folder: Path, rows: list[dict[str, object]]) -> Iterator[Lab]:
    """A lab with these rows of LAB.json, stopped at the end."""
    definition = folder / "LAB.json"
    document = {
        "state_dir": str(folder / "state"),
        "username": "netadmin",
        "password_file": str(folder / "password"),
        "minute_seconds": MINUTE_SECONDS,
        "boot_seconds": 0.5,
        "devices": rows,
    }
    definition.write_text(json.dumps(document), encoding="utf-8")
    _command("up", str(definition))
    try:
        yield Lab(folder / "password", _devices(folder / "state", rows))
    finally:
        _command("down", str(folder / "state"))


def rows_of(platform: str, prefix: str, third: int, count: int) -> list[dict[str, object]]:
    """Rows of LAB.json for `count` devices `PREFIX-01` ... of a platform, on free ports."""
    return [
        {
            "name": f"{prefix}-{number:02d}",
            "platform": platform,
            "address": f"{network()}.{third}.{number}",
            "port": 0,
        }
        for number in range(1, count + 1)
    ]


def _devices(state_dir: Path, rows: list[dict[str, object]]) -> tuple[LabDevice, ...]:
    places = json.loads((state_dir / "addresses.json").read_text(encoding="utf-8"))
    return tuple(
        LabDevice(state_dir, str(row["name"]), str(row["platform"]), **places[row["name"]])
        for row in rows
    )


def _command(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "controller.lab", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
