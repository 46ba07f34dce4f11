"""Where the time of one device goes: each step of a push, alone on an idle lab device."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bench.fleet import USERNAME, BenchDevice, fleet, lines_of
from bench.report import say
from controller.connections.connect import connect
from controller.connections.target import Target
from controller.platforms.registry import platform

CONFIRM_MINUTES = 5


class Clock:
    """Wall and CPU seconds by step."""

    def __init__(self) -> None:
        self.wall: dict[str, list[float]] = defaultdict(list)
        self.cpu: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall[name].append(time.perf_counter() - wall)
        self.cpu[name].append(time.process_time() - cpu)


def push(target: Target, candidate: str, clock: Clock) -> None:
    """One device, as a run does it: compare, load, commit with the timer, look again, confirm."""
    with clock.step("connect"):
        first = connect(target, {})
    with clock.step("running configuration"):
        first.running()
    with clock.step("load and compare"):
        first.load(candidate, "merge")
    with clock.step("commit with timer"):
        token = first.commit(CONFIRM_MINUTES)
    with clock.step("close"):
        first.close()
    with clock.step("connect again"):
        second = connect(target, {})
    with clock.step("running configuration again"):
        second.running()
    with clock.step("interfaces that are up"):
        second.interfaces_up()
    with clock.step("confirm"):
        second.confirm(token)
    with clock.step("save"):
        second.save()
    with clock.step("close"):
        second.close()


def start_lab(folder: Path, devices: tuple[BenchDevice, ...]) -> SecretStr:
    """Bring the devices to life; the password they take."""
    rows = [{k: getattr(d, k) for k in ("name", "platform", "address", "port")} for d in devices]
    lab = {
        "state_dir": str(folder),
        "username": USERNAME,
        "password_file": str(folder / "password"),
        "devices": rows,
    }
    (folder / "lab.json").write_text(json.dumps(lab), encoding="utf-8")
    command = [sys.executable, "-m", "controller.lab"]
    up = [*command, "up", str(folder / "lab.json"), "--wait"]
    subprocess.run(up, check=True, stdout=subprocess.DEVNULL)
    return SecretStr((folder / "password").read_text(encoding="ascii").strip())


def main(words: list[str] | None = None) -> None:
    """`python -m bench.phases [--devices N]`: a table for each platform."""
    parser = argparse.ArgumentParser(prog="python -m bench.phases", description=__doc__)
    parser.add_argument("--devices", type=int, default=10)
    options = parser.parse_args(words)
    for choice in ("ios", "eos"):
        devices = fleet(choice, options.devices)
        with TemporaryDirectory(prefix="khaen-") as name:
            folder = Path(name)
            password = start_lab(folder, devices)
            try:
                clock = measured(folder, devices, password)
            finally:
                stop = [sys.executable, "-m", "controller.lab", "down", name]
                subprocess.run(stop, check=True, stdout=subprocess.DEVNULL)
        show(devices[0].platform, clock)


def measured(folder: Path, devices: tuple[BenchDevice, ...], password: SecretStr) -> Clock:
    """Push to every device in turn; the first one only warms up."""
    clock = Clock()
    for number, device in enumerate(devices):
        target = Target(
            name=device.name,
            platform=platform(device.platform),
            address=device.address,
            port=device.port,
            username=USERNAME,
            password=password,
            folder=folder,
        )
        push(target, lines_of(device.platform, 20, 1), clock if number else Clock())
    return clock


def show(name: str, clock: Clock) -> None:
    """Print medians, in milliseconds."""
    say(f"\n| {name}: step | wall ms | CPU ms |\n|---|---|---|")
    for step, walls in clock.wall.items():
        cpu = statistics.median(clock.cpu[step])
        say(f"| {step} | {1000 * statistics.median(walls):.0f} | {1000 * cpu:.1f} |")
    together = sum(sum(walls) for walls in clock.wall.values()) / len(clock.wall["connect"])
    used = sum(sum(spent) for spent in clock.cpu.values()) / len(clock.wall["connect"])
    say(f"| all of it | {1000 * together:.0f} | {1000 * used:.1f} |")


if __name__ == "__main__":
    main()
