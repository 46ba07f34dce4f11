"""What of a schedule is due now, what was missed, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from controller.schedules.schedule import Entry

LATE = timedelta(minutes=15)
"""So long after its time something is done as if it were in time."""
_MOST_COUNTED = 1000


@dataclass(frozen=True)
class Due:
    """A time that has come for `entry`, and that nobody has seen to.

    `late`: it came more than `LATE` ago, so nobody was there. `earlier` times before it were missed
    too; they are not made up for. `skip`: it is only to be noted, as the entry wants it.
    """

    entry: Entry
    slot: datetime
    late: bool = False
    earlier: int = 0

    @property
    def skip(self) -> bool:
        """Whether it came too late to be done at all."""
        return self.late and self.entry.skips


def due(entry: Entry, seen: datetime, now: datetime) -> Due | None:
    """What is due of an entry whose times up to `seen` are seen to; None when nothing is.

    However long nobody was there, only the newest time is due.
    """
    if not entry.enabled:
        return None
    slot = entry.times.at_or_before(now)
    if slot <= seen:
        return None
    earlier = entry.times.between(seen, slot, _MOST_COUNTED)
    return Due(entry, slot, now - slot > LATE, earlier)
