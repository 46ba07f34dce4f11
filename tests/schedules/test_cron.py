"""Cron times on a Thai clock, against the plainest way to find them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.errors import InputError
from controller.schedules.cron import parse_cron
from controller.thai import BANGKOK

Written = tuple[str, frozenset[int]]


def field(lowest: int, highest: int, end: int = 0) -> st.SearchStrategy[Written]:
    """One field of a cron time as people write it, and its numbers; `end` is that of `*`."""
    number = st.integers(lowest, highest)
    pair = st.tuples(number, number).map(sorted)
    single = number.map(lambda n: (str(n), frozenset({n})))
    span = pair.map(lambda p: (f"{p[0]}-{p[1]}", frozenset(range(p[0], p[1] + 1))))
    stepped = st.tuples(pair, st.integers(1, 9)).map(
        lambda t: (f"{t[0][0]}-{t[0][1]}/{t[1]}", frozenset(range(t[0][0], t[0][1] + 1, t[1])))
    )
    listed = st.lists(st.one_of(single, span, stepped), min_size=1, max_size=3).map(
        lambda parts: (",".join(p[0] for p in parts), frozenset().union(*(p[1] for p in parts)))
    )
    pace = st.integers(1, highest).map(
        lambda step: (f"*/{step}", frozenset(range(lowest, (end or highest) + 1, step)))
    )
    every = st.just(("*", frozenset(range(lowest, (end or highest) + 1))))
    return st.one_of(every, pace, listed)


CRONS = st.tuples(field(0, 59), field(0, 23), field(1, 28, 31), field(1, 12), field(0, 6))
MOMENTS = st.integers(0, 20 * 366 * 24 * 3600).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=BANGKOK) + timedelta(seconds=seconds)
)


def plainly_after(fields: tuple[Written, ...], moment: datetime) -> datetime:
    """Day by day, then minute by minute, as crontab(5) tells it."""
    (_, minutes), (_, hours), (day_text, days), (_, months), (week_text, weekdays) = fields
    first = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    midnight = first.replace(hour=0, minute=0)
    free = day_text.startswith("*") or week_text.startswith("*")
    while True:
        held = [midnight.day in days, (midnight.weekday() + 1) % 7 in weekdays]
        if midnight.month in months and (all(held) if free else any(held)):
            for minute in range(24 * 60):
                at = midnight + timedelta(minutes=minute)
                if at >= first and at.minute in minutes and at.hour in hours:
                    return at
        midnight += timedelta(days=1)


@settings(max_examples=100, deadline=None)
@given(CRONS, MOMENTS)
def test_the_next_time_is_the_one_found_plainly(
    fields: tuple[Written, ...], moment: datetime
) -> None:
    text = " ".join(text for text, _ in fields)
    assert parse_cron(text).after(moment) == plainly_after(fields, moment)


@settings(max_examples=100, deadline=None)
@given(CRONS, MOMENTS)
def test_no_time_lies_between_two_neighbours(fields: tuple[Written, ...], moment: datetime) -> None:
    cron = parse_cron(" ".join(text for text, _ in fields))
    before, after = cron.at_or_before(moment), cron.after(moment)
    assert before <= moment < after
    assert cron.after(before) == after
    assert cron.at_or_before(after) == after
    assert cron.between(before, after, 10) == 0


def test_times_are_thai() -> None:
    noon = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)  # 19:00 in Thailand
    assert parse_cron("30 2 * * *").after(noon) == datetime(2026, 11, 27, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("0 6 * * MON-FRI", "0 6 * * 1-5"),
        ("0 6 * jan,jul sun", "0 6 * 1,7 0"),
        ("0 6 * * 7", "0 6 * * 0"),
        ("0 6 * * fri-sun", "0 6 * * 0,5,6"),
    ],
)
def test_names_mean_numbers(text: str, same: str) -> None:
    at = datetime(2026, 11, 27, tzinfo=BANGKOK)
    for _ in range(20):
        expected = parse_cron(same).after(at)
        at = parse_cron(text).after(at)
        assert at == expected


def test_a_rare_day_comes_all_the_same() -> None:
    """A field with a star does not limit alone: the 1st, 8th … of January that is a Sunday."""
    cron = parse_cron("0 6 */7 1 0")
    assert cron.after(datetime(2023, 2, 1, tzinfo=BANGKOK)).date().isoformat() == "2034-01-01"
    assert (
        cron.at_or_before(datetime(2033, 12, 1, tzinfo=BANGKOK)).date().isoformat() == "2023-01-29"
    )


def test_day_and_weekday_together_mean_either() -> None:
    cron = parse_cron("0 0 1 * mon")
    at, found = datetime(2026, 11, 27, tzinfo=BANGKOK), []
    for _ in range(3):
        at = cron.after(at)
        found.append(at.date().isoformat())
    assert found == ["2026-11-30", "2026-12-01", "2026-12-07"]


def test_times_missed_are_counted_but_not_for_ever() -> None:
    cron = parse_cron("* * * * *")
    now = datetime(2026, 11, 27, tzinfo=BANGKOK)
    assert cron.between(now, now + timedelta(minutes=4), 10) == 3
    assert cron.between(now, now + timedelta(days=4), 10) == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0 2 * *", "five fields"),
        ("60 2 * * *", "no minute"),
        ("0 24 * * *", "no hour"),
        ("0 2 0 * *", "no day"),
        ("0 2 * 13 *", "no month"),
        ("0 2 * * 8", "no weekday"),
        ("0 2 * * mno", "no weekday"),
        ("*/0 2 * * *", "no minute"),
        ("5-1 2 * * *", "no minute"),
        ("0 2 ๑ * *", "no day"),
        ("0 2 1,,2 * *", "no day"),
        ("0 2 -1 * *", "no day"),
        ("0 2 31 2 *", "never"),
    ],
)
def test_what_is_wrong_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_cron(text)


def test_a_misspelt_day_is_guessed() -> None:
    with pytest.raises(InputError) as caught:
        parse_cron("0 2 * * frii")
    assert caught.value.hint
    assert "fri" in caught.value.hint.en


@pytest.mark.parametrize(
    ("text", "after", "then"),
    [
        ("0 6 fiscal-year-start", "2026-11-28T09:00", "2027-10-01T06:00"),
        ("0 6 fiscal-year-end", "2026-11-28T09:00", "2027-09-30T06:00"),
        ("30 6 fiscal-quarter-start", "2026-11-28T09:00", "2027-01-01T06:30"),
        ("30 6 fiscal-quarter-end", "2026-11-28T09:00", "2026-12-31T06:30"),
        ("0 18 month-end", "2028-02-01T00:00", "2028-02-29T18:00"),
        ("0 18 last 2 *", "2026-11-28T09:00", "2027-02-28T18:00"),
        ("0 18 15,last * *", "2026-11-28T09:00", "2026-11-30T18:00"),
    ],
)
def test_days_of_the_calendar(text: str, after: str, then: str) -> None:
    at = datetime.fromisoformat(after).replace(tzinfo=BANGKOK)
    assert parse_cron(text).after(at) == datetime.fromisoformat(then).replace(tzinfo=BANGKOK)
    assert parse_cron(text).text == text


def test_a_day_of_the_calendar_misspelt() -> None:
    with pytest.raises(InputError) as caught:
        parse_cron("0 6 fiscal-year-begin")
    assert caught.value.hint
    assert "fiscal-year" in caught.value.hint.en
    for wrong in ("0 6 last-3 * *", "0 6 * last *", "last 6 * * *"):
        with pytest.raises(InputError):
            parse_cron(wrong)
