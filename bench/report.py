"""What the benchmarks print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One way of doing the work; `plain` is the plain script's seconds for one device.

    `lab` is the CPU time the simulated devices spent on it, on the same processors.
    """

    name: str
    devices: int
    wall: float
    cpu: float
    peak_mb: float
    lab: float
    plain: float


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def table(rows: Sequence[Row]) -> None:
    """Print the rows as a Markdown table, ready for docs/benchmarks.md."""
    say("")
    say(
        "| way | devices | wall s | devices/s | CPU ms a device | the lab's CPU ms | peak MB "
        "| wall per device, plain = 1 |"
    )
    say("|---" * 8 + "|")
    for row in rows:
        per_device = row.wall / row.devices
        say(
            f"| {row.name} | {row.devices} | {row.wall:.1f} | {row.devices / row.wall:.1f} "
            f"| {1000 * row.cpu / row.devices:.0f} | {1000 * row.lab / row.devices:.0f} "
            f"| {row.peak_mb:.0f} | {per_device / row.plain:.2f} |"
        )
    say("")
