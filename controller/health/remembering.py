"""What carries over from poll to poll of a device: changes that are counted, the firmware's age."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

Changes = Mapping[str, tuple[datetime, ...]]
"""When something went up or down: the device under an empty key, a port under its ifIndex."""


def counted(before: Changes, fresh: Iterable[str], at: datetime, keep: timedelta) -> Changes:
    """The changes with those of this poll, without those older than `keep`."""
    after: dict[str, tuple[datetime, ...]] = {}
    for part, times in before.items():
        if left := tuple(time for time in times if at - time <= keep):
            after[part] = left
    for part in fresh:
        after[part] = (*after.get(part, ()), at)
    return after


def number_within(changes: Changes, at: datetime, within: timedelta) -> dict[str, float]:
    """Part -> how often it changed within a time; those that did not are left out."""
    found = {part: sum(at - time <= within for time in ts) for part, ts in changes.items()}
    return {part: float(count) for part, count in found.items() if count}
