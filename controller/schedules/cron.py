"""Times as cron writes them: `minute hour day month weekday`, on a Thai clock.

`*`, `3`, `1-5`, `*/15`, `8-16/2`, lists with commas; months and weekdays also by their English
names (`jan`, `mon`), Sunday is 0 or 7; the day `last` is the last one of its month. Where day and
weekday are both limited, either will do, as in every cron. A field that begins with `*` does not
limit. In place of the last three fields one word of `CALENDAR` may stand: `0 6 fiscal-year-start`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from controller.errors import InputError, Text
from controller.language import nearest
from controller.thai import BANGKOK

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LAST = "last"
_LAST_DAY = 0
CALENDAR = {
    "fiscal-year-start": "1 10 *",
    "fiscal-year-end": "30 9 *",
    "fiscal-quarter-start": "1 1,4,7,10 *",
    "fiscal-quarter-end": "last 3,6,9,12 *",
    "month-end": "last * *",
}
"""Days of the government's calendar, whose year begins on 1 October, as cron writes them."""
# The 29th of February may be eight years away, on one weekday forty: a century is no leap year.
_FARTHEST_DAYS = 366 * 41


@dataclass(frozen=True)
class _Field:
    name: Text
    lowest: int
    highest: int
    words: tuple[str, ...] = ()
    first_word: int = 0


_FIELDS = (
    _Field(Text(th="นาที", en="minute"), 0, 59),
    _Field(Text(th="ชั่วโมง", en="hour"), 0, 23),
    _Field(Text(th="วันที่", en="day"), 1, 31),
    _Field(Text(th="เดือน", en="month"), 1, 12, _MONTHS, 1),
    _Field(Text(th="วันในสัปดาห์", en="weekday"), 0, 7, _DAYS, 0),
)


@dataclass(frozen=True)
class Cron:
    """Moments on a Thai clock, to the minute. Made by `parse_cron`."""

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either: bool

    def at_or_before(self, moment: datetime) -> datetime:
        """The last such time that is not after `moment`."""
        local = moment.astimezone(BANGKOK)
        limit = local.time().replace(second=0, microsecond=0)
        for day in self._days(local.date(), -1):
            for hour in reversed(self.hours):
                for minute in reversed(self.minutes):
                    if day < local.date() or time(hour, minute) <= limit:
                        return datetime.combine(day, time(hour, minute), BANGKOK)
        raise _never(self.text)

    def after(self, moment: datetime) -> datetime:
        """The first such time that is later than `moment`."""
        local = moment.astimezone(BANGKOK)
        limit = local.time().replace(second=0, microsecond=0)
        for day in self._days(local.date(), 1):
            for hour in self.hours:
                for minute in self.minutes:
                    if day > local.date() or time(hour, minute) > limit:
                        return datetime.combine(day, time(hour, minute), BANGKOK)
        raise _never(self.text)

    def between(self, since: datetime, until: datetime, most: int) -> int:
        """How many such times are later than `since` and before `until`; no more than `most`."""
        count, at = 0, self.after(since)
        while at < until and count < most:
            count, at = count + 1, self.after(at)
        return count

    def _days(self, first: date, step: int) -> Iterator[date]:
        for far in range(_FARTHEST_DAYS):
            try:
                day = first + timedelta(days=far * step)
            except OverflowError:
                return
            if day.month in self.months and self._on(day):
                yield day

    def _on(self, day: date) -> bool:
        by_day = day.day in self.days or (_LAST_DAY in self.days and _is_last(day))
        by_weekday = day.isoweekday() % 7 in self.weekdays
        return (by_day or by_weekday) if self.either else (by_day and by_weekday)


def parse_cron(text: str) -> Cron:
    """The times `text` means. Errors: `InputError`, saying which of the five fields is wrong."""
    written = text.lower().split()
    words = _of_calendar(written)
    if len(words) != len(_FIELDS):
        raise InputError(
            Text(
                th=f"เวลาแบบ cron ต้องมี 5 ช่อง แต่ “{text}” มี {len(words)}",
                en=f"a cron time has five fields, “{text}” has {len(words)}",
            ),
            hint=_meant(words),
        )
    minutes, hours, days, months, weekdays = (
        _values(field, word) for field, word in zip(_FIELDS, words, strict=True)
    )
    cron = Cron(
        text=" ".join(written),
        minutes=tuple(sorted(minutes)),
        hours=tuple(sorted(hours)),
        days=days,
        months=months,
        weekdays=frozenset(day % 7 for day in weekdays),
        either=not (words[2].startswith("*") or words[4].startswith("*")),
    )
    cron.after(_SOME_TIME)
    return cron


def _of_calendar(words: list[str]) -> list[str]:
    """The five fields, where three words say them by a day of the calendar."""
    if len(words) == 3 and words[2] in CALENDAR:
        return [*words[:2], *CALENDAR[words[2]].split()]
    return words


def _meant(words: list[str]) -> Text:
    near = nearest(words[2], CALENDAR) if len(words) == 3 else ""
    return Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?") if near else _EXAMPLE


def _is_last(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _values(field: _Field, text: str) -> frozenset[int]:
    return frozenset(value for part in text.split(",") for value in _part(field, part))


def _part(field: _Field, text: str) -> range:
    if text == _LAST and field.lowest == 1 and field.highest == 31:
        return range(_LAST_DAY, _LAST_DAY + 1)
    span, slash, pace = text.partition("/")
    step = 1
    if slash:
        if not (pace.isascii() and pace.isdigit() and int(pace) > 0):
            raise _wrong(field, text)
        step = int(pace)
    if span == "*":
        return range(field.lowest, min(field.highest, _last(field)) + 1, step)
    begin, dash, end = span.partition("-")
    first = _number(field, begin)
    if not dash:
        # As cron has it: 5/20 means from 5 on, each 20th.
        return range(first, (field.highest if slash else first) + 1, step)
    last = _number(field, end)
    if field.words is _DAYS and last == 0 and first > 0:
        last = 7
    if last < first:
        raise _wrong(field, text)
    return range(first, last + 1, step)


def _last(field: _Field) -> int:
    """Sunday has two numbers; of all days it counts once."""
    return 6 if field.words is _DAYS else field.highest


def _number(field: _Field, text: str) -> int:
    if text in field.words:
        return field.words.index(text) + field.first_word
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        raise _wrong(field, text)
    number = int(text)
    if not field.lowest <= number <= field.highest:
        raise _wrong(field, text)
    return number


def _wrong(field: _Field, text: str) -> InputError:
    near = nearest(text, field.words) if field.words else ""
    allowed = f"{field.lowest}-{field.highest}"
    named = f", {field.words[0]}-{field.words[-1]}" if field.words else ""
    return InputError(
        Text(
            th=f"ช่อง{field.name.th} “{text}” ไม่ถูกต้อง (ใช้ได้ {allowed}{named})",
            en=f"“{text}” is no {field.name.en} ({allowed}{named})",
        ),
        hint=Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?") if near else _EXAMPLE,
    )


def _never(text: str) -> InputError:
    return InputError(
        Text(th=f"ไม่มีวันใดตรงกับ “{text}”", en=f"“{text}” never comes"),
        hint=_EXAMPLE,
    )


_SOME_TIME = datetime(2024, 1, 1, tzinfo=BANGKOK)
_EXAMPLE = Text(
    th="นาที ชั่วโมง วันที่ เดือน วันในสัปดาห์ เช่น “30 2 * * mon-fri” คือ 02:30 น. วันจันทร์ถึงศุกร์",
    en="minute hour day month weekday: “30 2 * * mon-fri” is 02:30 from Monday to Friday",
)
