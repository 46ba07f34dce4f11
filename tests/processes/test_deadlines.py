"""When a step is due: counted in Thailand, from the last time the case came to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from controller.errors import NotFound
from controller.processes import steps
from controller.processes.case import Case
from controller.processes.deadlines import cycle_year, due, late_by, overdue
from controller.processes.manual import MANUAL, read_manual
from controller.thai import BANGKOK
from tests.processes.example import START, actor, appointed, decided, entry, opened, submitted
from tests.processes.test_manual import with_step
from tests.processes.walker import NUMBERS, begin


@pytest.mark.parametrize("number", NUMBERS)
def test_every_step_is_due_its_days_after_the_case_came_to_it(number: str) -> None:
    for place, step in enumerate(MANUAL.process(number).steps):
        walker = begin(number).until(place)
        came = walker.case.events[-1].at
        limit = came.astimezone(BANGKOK).date() + timedelta(days=step.days or 0)
        assert due(walker.case) == limit
        assert late_by(walker.case, limit) == 0
        assert not overdue(walker.case, limit)
        assert overdue(walker.case, limit + timedelta(days=1))
        assert late_by(walker.case, limit + timedelta(days=30)) == 30


def test_the_day_is_the_one_it_is_in_thailand() -> None:
    evening = datetime(2026, 11, 20, 17, 30, tzinfo=START.tzinfo)  # half past midnight on the 21st
    case = steps.open_case("2.3", "x", "งาน", actor("eng1"), evening)
    assert due(case) == date(2026, 11, 28)


def test_a_step_a_case_is_sent_back_to_is_counted_anew() -> None:
    case = submitted()
    assert due(case) == date(2026, 11, 27)
    later = START + timedelta(days=40)
    back, _ = decided(case, kind="return", at=later)
    assert due(back) == date(2027, 1, 14)
    worked = steps.attach_plan(back, "e" * 64, actor("eng1"), later, run_open=False)
    assert due(worked) == due(back)
    again = steps.submit(worked, None, actor("eng1"), later + timedelta(days=3))
    assert due(again) == date(2027, 1, 9)


def test_work_at_a_step_does_not_put_it_off() -> None:
    case = begin("2.5").until(4).case
    limit = due(case)
    later = START + timedelta(days=9)
    case = steps.record_entry(case, entry("work", later), actor("eng2"), later, done=False)
    assert due(case) == limit


def follow(case: Case, at: datetime, following: date | None) -> Case:
    made = entry("follow-up", at).model_copy(update={"next": following})
    return steps.record_entry(case, made, actor("eng2"), at, done=False)


def test_a_day_named_for_following_up_again_is_due_too() -> None:
    case = begin("2.1").until(3).case
    whole = due(case)
    assert whole == date(2027, 11, 20)
    first = follow(case, START + timedelta(days=1), date(2027, 2, 1))
    assert due(first) == date(2027, 2, 1)
    second = follow(first, START + timedelta(days=80), None)
    assert due(second) == whole
    third = follow(second, START + timedelta(days=90), date(2028, 2, 1))
    assert due(third) == whole


def test_what_has_ended_or_has_no_limit_is_never_late() -> None:
    far = date(2030, 1, 1)
    refused, _ = decided(submitted(), kind="refuse")
    for case in (begin("3.5").to_the_end().case, refused):
        assert due(case) is None
        assert late_by(case, far) == 0
    manual = read_manual(with_step("2.3", 1, days=None))
    assert due(appointed(), manual) is None
    assert not overdue(appointed(), far, manual)
    with pytest.raises(NotFound):
        due(opened().model_copy(update={"process": "9.9"}))


@pytest.mark.parametrize(
    ("opened_at", "year"),
    [
        (datetime(2026, 9, 30, 16, 59, tzinfo=START.tzinfo), 2569),
        (datetime(2026, 9, 30, 17, 0, tzinfo=START.tzinfo), 2570),
        (START, 2570),
    ],
)
def test_a_cycle_belongs_to_the_fiscal_year_it_was_opened_in(
    opened_at: datetime, year: int
) -> None:
    case = steps.open_case("3.5", "x", "เว็บไซต์", actor("eng1"), opened_at)
    assert cycle_year(case) == year
