"""What the benchmarks print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One way of doing the work; `plain` is the plain script's seconds for one device."""

    name: str
    devices: int
    wall: float
    cpu: float
    peak_mb: float
    plain: float


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def table(rows: Sequence[Row]) -> None:
    """Print the rows as a Markdown table, ready for docs/benchmarks.md."""
    say("")
    say(
        "| way | devices | wall s | devices/s | CPU ms a device | peak MB | per device, plain = 1 |"
    )
    say("|---|---|---|---|---|---|---|")
    for row in rows:
        per_device = row.wall / row.devices
        say(
            f"| {row.name} | {row.devices} | {row.wall:.1f} | {row.devices / row.wall:.1f} "
            f"| {1000 * row.cpu / row.devices:.0f} | {row.peak_mb:.0f} "
            f"| {per_device / row.plain:.2f} |"
        )
    say("")
