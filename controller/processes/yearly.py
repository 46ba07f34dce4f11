"""What became of the cases of a stretch of time, process by process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from controller.processes.case import Case
from controller.processes.deadlines import late_by
from controller.processes.manual import MANUAL, Manual


@dataclass(frozen=True, slots=True)
class ProcessYear:
    """The cases of one process. All but `open` and `late` count what happened in the stretch.

    `open` were opened before its end and are not ended; `late` are those of them that are late.
    """

    process: str
    opened: int
    closed: int
    refused: int
    withdrawn: int
    returned: int
    rolled_back: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class LateCase:
    """An open case whose step should have ended."""

    number: str
    title: str
    days: int


@dataclass(frozen=True)
class CasesYear:
    """The cases of a stretch, by process in the manual's order, and the late ones, latest first.

    `devices` counts what became of devices in runs begun in the stretch, by their state. `day` is
    the one on which cases were open and late.
    """

    day: date
    processes: tuple[ProcessYear, ...] = ()
    late: tuple[LateCase, ...] = ()
    devices: Mapping[str, int] = field(default_factory=dict)

    @property
    def opened(self) -> int:
        """How many cases were opened."""
        return sum(one.opened for one in self.processes)


def cases_year(
    cases: Iterable[Case],
    devices: Mapping[str, int],
    since: datetime,
    until: datetime,
    day: date,
    manual: Manual = MANUAL,
) -> CasesYear:
    """Add the cases up; those without anything to tell in the stretch are left out."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    late = []
    for case in cases:
        told = counts[case.process]
        told["opened"] += since <= case.opened < until
        for event in case.events:
            if since <= event.at < until and event.what in _TOLD:
                told[_TOLD[event.what]] += 1
        if case.state == "open" and case.opened < until:
            told["open"] += 1
            if days := late_by(case, day, manual):
                told["late"] += 1
                late.append(LateCase(case.number, case.title, days))
    return CasesYear(
        day=day,
        processes=tuple(
            ProcessYear(process, *(told[name] for name in _COLUMNS))
            for process, told in sorted(counts.items(), key=lambda one: _order(one[0]))
            if any(told.values())
        ),
        late=tuple(sorted(late, key=lambda one: (-one.days, one.number))),
        devices=dict(devices),
    )


_TOLD = {
    "closed": "closed",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "returned": "returned",
    "rolled-back": "rolled_back",
}
_COLUMNS = (
    "opened",
    "closed",
    "refused",
    "withdrawn",
    "returned",
    "rolled_back",
    "open",
    "late",
)


def _order(process: str) -> tuple[int, ...]:
    return tuple(int(part) for part in process.split(".") if part.isdigit())
