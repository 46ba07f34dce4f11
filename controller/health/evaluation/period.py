"""Which stretch of time an evaluation is about: a fiscal year, or any days, cut into months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from controller.errors import InputError, Text
from controller.thai import BANGKOK, BUDDHIST_OFFSET, bangkok_date, fiscal_year, read_date

_OCTOBER = 10
_YEARS = range(2540, 2641)
_LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Month:
    """The part of one calendar month that lies in a period; `since` and `until` are UTC."""

    first: date
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last one, both included, as days in Thailand.

    `year` is the fiscal year (Buddhist era) where it is a whole one, else None.
    """

    first: date
    last: date
    year: int | None = None

    @property
    def since(self) -> datetime:
        """The moment it begins, UTC."""
        return _begins(self.first)

    @property
    def until(self) -> datetime:
        """The moment after its last, UTC."""
        return _begins(self.last + timedelta(days=1))

    def so_far(self, now: datetime) -> Period:
        """What has passed of it by `now`: itself when it is over, else its days up to today."""
        today = bangkok_date(now)
        return self if today > self.last else Period(self.first, max(self.first, today), self.year)

    def year_before(self) -> Period:
        """The same days a year earlier."""
        return Period(
            _a_year_earlier(self.first),
            _a_year_earlier(self.last),
            None if self.year is None else self.year - 1,
        )

    def months(self) -> tuple[Month, ...]:
        """Its calendar months, the first and the last perhaps only in part."""
        found = []
        first = self.first
        while first <= self.last:
            following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
            ends = min(following - timedelta(days=1), self.last)
            found.append(Month(first, _begins(first), _begins(ends + timedelta(days=1))))
            first = following
        return tuple(found)


def fiscal_period(year: int) -> Period:
    """The fiscal year `year` (Buddhist era): 2569 is 1 October 2025 to 30 September 2026.

    Errors: `InputError` for a year that can only be one of the Christian era or a slip.
    """
    if year not in _YEARS:
        raise InputError(
            Text(th=f"ไม่มีปีงบประมาณ พ.ศ. {year}", en=f"there is no fiscal year {year}"),
            hint=Text(
                th="ใช้ปีพุทธศักราช เช่น 2569 (1 ต.ค. 2568 - 30 ก.ย. 2569)",
                en="give the Buddhist-era year, for example 2569 (1 Oct 2025 - 30 Sep 2026)",
            ),
        )
    christian = year - BUDDHIST_OFFSET
    return Period(date(christian - 1, _OCTOBER, 1), date(christian, _OCTOBER - 1, 30), year)


def period_of(year: int | None, first: str, last: str, today: date) -> Period:
    """The period somebody asked for: a fiscal year, or two days as people type them.

    With neither the fiscal year before the one of `today`: the last that is whole. Errors:
    `InputError` for both at once, one day without the other, the wrong order, more than 3 years.
    """
    if not first and not last:
        return fiscal_period(year if year is not None else fiscal_year(today) - 1)
    if year is not None or not first or not last:
        raise InputError(
            Text(
                th="ระบุปีงบประมาณ หรือวันแรกกับวันสุดท้าย อย่างใดอย่างหนึ่ง",
                en="give the fiscal year, or the first and the last day, not both",
            ),
            hint=Text(
                th="เช่น --year 2569 หรือ --from 2026-01-01 --to 2026-06-30",
                en="for example --year 2569, or --from 2026-01-01 --to 2026-06-30",
            ),
        )
    begins, ends = read_date(first), read_date(last)
    if ends < begins or ends - begins > _LONGEST:
        raise InputError(
            Text(
                th="วันสุดท้ายต้องไม่มาก่อนวันแรก และห่างกันไม่เกิน 3 ปี",
                en="the last day must not come before the first, nor more than 3 years after it",
            )
        )
    whole = fiscal_period(fiscal_year(ends)) if fiscal_year(ends) in _YEARS else None
    if whole and (whole.first, whole.last) == (begins, ends):
        return whole
    return Period(begins, ends)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def _a_year_earlier(day: date) -> date:
    # 29 February has no day of its own a year earlier.
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
