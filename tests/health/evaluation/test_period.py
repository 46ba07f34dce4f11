"""Fiscal years, stretches of days, their months, and the same a year earlier."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from controller.errors import InputError
from controller.health.evaluation.period import Period, fiscal_period, period_of

TODAY = date(2026, 11, 27)


def test_a_fiscal_year_begins_in_october_of_the_year_before() -> None:
    """2569 is 1 October 2025 to 30 September 2026, by the Thai clock."""
    period = fiscal_period(2569)
    assert (period.first, period.last) == (date(2025, 10, 1), date(2026, 9, 30))
    assert period.since == datetime(2025, 9, 30, 17, tzinfo=UTC)
    assert period.until == datetime(2026, 9, 30, 17, tzinfo=UTC)


def test_its_months_leave_no_gap() -> None:
    """Twelve of them, the first October; the leap day is counted."""
    months = fiscal_period(2571).months()
    assert [month.first.month for month in months] == [10, 11, 12, *range(1, 10)]
    assert all(a.until == b.since for a, b in pairwise(months))
    assert months[-1].until - months[0].since == timedelta(days=366)


def test_a_period_may_begin_and_end_within_a_month() -> None:
    """Its months are cut to it."""
    period = Period(date(2026, 1, 20), date(2026, 3, 2))
    assert [m.first for m in period.months()] == [
        date(2026, 1, 20),
        date(2026, 2, 1),
        date(2026, 3, 1),
    ]
    assert period.months()[-1].until == period.until


def test_the_year_before_has_the_same_days() -> None:
    """29 February becomes the 28th."""
    assert fiscal_period(2569).year_before() == fiscal_period(2568)
    leap = Period(date(2028, 2, 29), date(2028, 2, 29)).year_before()
    assert leap.first == leap.last == date(2027, 2, 28)


def test_what_has_passed_ends_today() -> None:
    """A period that is over stays whole."""
    running = fiscal_period(2570)
    now = datetime(2026, 11, 26, 20, tzinfo=UTC)  # the 27th in Thailand
    assert running.so_far(now) == Period(date(2026, 10, 1), TODAY, 2570)
    assert fiscal_period(2569).so_far(now) == fiscal_period(2569)


def test_what_people_ask_for() -> None:
    """A year, two days, or nothing: the last whole year."""
    assert period_of(2569, "", "", TODAY) == fiscal_period(2569)
    assert period_of(None, "", "", TODAY) == fiscal_period(2569)
    typed = period_of(None, "1 ม.ค. 2569", "2026-06-30", TODAY)
    assert typed == Period(date(2026, 1, 1), date(2026, 6, 30))
    assert period_of(None, "2025-10-01", "2026-09-30", TODAY) == fiscal_period(2569)


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        (2026, "", ""),
        (0, "", ""),
        (2569, "2026-01-01", "2026-06-30"),
        (None, "2026-01-01", ""),
        (None, "2026-06-30", "2026-01-01"),
        (None, "2020-01-01", "2026-01-01"),
        (None, "2569-01-01", "2569-02-01"),
    ],
)
def test_what_nobody_can_mean_is_refused(year: int | None, first: str, last: str) -> None:
    """A year of the other era, both at once, one day alone, the wrong order, too long."""
    with pytest.raises(InputError):
        period_of(year, first, last, TODAY)
