"""The evaluation of one period as a value, and how it stands beside the year before."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from controller.health.evaluation.ages import Ages
from controller.health.evaluation.capacity import Capacity
from controller.health.evaluation.incidents import Incidents
from controller.health.evaluation.period import Period
from controller.health.evaluation.uptime import Uptime


@dataclass(frozen=True)
class Evaluation:
    """What was measured in a period.

    `asked` is the period that was asked for, `period` what has passed of it. `incidents` is None
    when nothing was watched, so that no alert means nothing.
    """

    asked: Period
    period: Period
    uptime: Uptime
    incidents: Incidents | None
    capacity: Capacity
    ages: Ages

    @property
    def unfinished(self) -> bool:
        """Whether the period is not over yet."""
        return self.period.last < self.asked.last


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of this period and of the year before; None is not measured.

    `kind`: a share from 0 to 1, a count, or minutes. `better` says which way is good, 1 or -1;
    0 for neither. `watched`: of which of the two it is known that there was nothing to take it of
    where it is None, such as the time to clear incidents when there were none.
    """

    name: str
    kind: str
    now: float | None
    before: float | None
    better: int
    watched: tuple[bool, bool] = (False, False)

    @property
    def change(self) -> float | None:
        """By how much it went up; None where one of the two was not measured."""
        return None if self.now is None or self.before is None else self.now - self.before


def compared(now: Evaluation, before: Evaluation) -> tuple[Step, ...]:
    """The figures of two periods side by side, always the same ones in the same order."""
    a, b = _figures(now), _figures(before)
    watched = (now.incidents is not None, before.incidents is not None)
    return tuple(
        Step(
            name,
            kind,
            value,
            b[name][1],
            better,
            watched if kind == "minutes" else (False, False),
        )
        for name, (kind, value, better) in a.items()
    )


def _figures(one: Evaluation) -> dict[str, tuple[str, float | None, int]]:
    share, spells = one.uptime.whole.share, one.incidents
    links = [up.busiest for up in one.capacity.uplinks if up.busiest]
    full = len(one.capacity.full) if any(use.p95 is not None for use in links) else None
    return {
        "availability": ("share", share.availability, 1),
        "coverage": ("share", share.coverage if share.measured else None, 1),
        "incidents": ("count", spells.whole.count if spells else None, -1),
        "to_acknowledge": ("minutes", spells.whole.to_acknowledge if spells else None, -1),
        "to_clear": ("minutes", spells.whole.to_clear if spells else None, -1),
        "uplink": ("share", median(use.mean for use in links) if links else None, 0),
        "full": ("count", full, -1),
    }
