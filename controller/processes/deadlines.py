"""When the current step of a case is due, whether it is late, and the year a cycle belongs to."""

from __future__ import annotations

from datetime import date, timedelta

from controller.processes.case import Case
from controller.processes.history import arrived, here
from controller.processes.manual import MANUAL, Manual
from controller.thai import bangkok_date, fiscal_year


def due(case: Case, manual: Manual = MANUAL) -> date | None:
    """The day by which the step an open case is at should have ended.

    The step's days are counted from the day, in Thailand, on which the case came to it last. A
    day named for the next follow-up is due too when it is earlier. None for a case that has ended
    and for a step without a limit. Errors: `NotFound`.
    """
    steps = manual.process(case.process).steps
    if case.state != "open" or not 0 <= case.step < len(steps):
        return None
    days = steps[case.step].days
    limits = [_next_follow_up(case)]
    if days is not None:
        limits.append(bangkok_date(arrived(case)) + timedelta(days=days))
    return min((limit for limit in limits if limit is not None), default=None)


def late_by(case: Case, day: date, manual: Manual = MANUAL) -> int:
    """How many days late the current step is on `day`; 0 when it is not, or has no limit."""
    limit = due(case, manual)
    return max(0, (day - limit).days) if limit is not None else 0


def overdue(case: Case, day: date, manual: Manual = MANUAL) -> bool:
    """Whether the current step should have ended before `day`."""
    return late_by(case, day, manual) > 0


def cycle_year(case: Case) -> int:
    """The fiscal year (Buddhist era) in which a case of a yearly cycle was opened."""
    return fiscal_year(bangkok_date(case.opened))


def _next_follow_up(case: Case) -> date | None:
    """The day named last, since the case came to its step, for following up again."""
    made = sum(event.what in {"recorded", "ended"} for event in here(case))
    recent = case.records[len(case.records) - made :]
    return recent[-1].next if recent and recent[-1].kind == "follow-up" else None
