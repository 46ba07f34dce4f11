"""Thai digits and Buddhist-era dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller import thai
from controller.errors import InputError

DAYS = st.dates(min_value=date(1941, 1, 1), max_value=date(2200, 12, 31))
FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1921, 2100))
MOMENTS = st.integers(FIRST, LAST).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def test_digits_go_there_and_back() -> None:
    assert thai.thai_digits("ศธ 04260/1578") == "ศธ ๐๔๒๖๐/๑๕๗๘"
    assert thai.arabic_digits("ศธ ๐๔๒๖๐/๑๕๗๘") == "ศธ 04260/1578"


def test_a_date_in_a_letter_and_on_a_screen() -> None:
    day = date(2026, 11, 22)
    assert thai.long_date(day) == "๒๒ พฤศจิกายน ๒๕๖๙"
    assert thai.short_date(day) == "22 พ.ย. 2569"


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 9, 30), 2569),
        (date(2026, 10, 1), 2570),
        (date(2026, 12, 31), 2570),
        (date(2027, 1, 1), 2570),
        (date(2027, 9, 30), 2570),
    ],
)
def test_the_fiscal_year_begins_in_october(day: date, year: int) -> None:
    assert thai.fiscal_year(day) == year


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 21, 16, 59, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 17, 0, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 11, 22, 1, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 11, 21)),
    ],
)
def test_the_day_changes_at_midnight_in_bangkok(at: datetime, day: date) -> None:
    assert thai.bangkok_date(at) == day


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        thai.bangkok_date(datetime(2026, 11, 22, 9, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        thai.local_time(datetime(2026, 11, 22, 9, 0))  # noqa: DTZ001


@given(MOMENTS)
def test_the_fixed_offset_is_what_the_time_zone_database_says(at: datetime) -> None:
    assert thai.local_time(at).replace(tzinfo=None) == at.astimezone(
        ZoneInfo("Asia/Bangkok")
    ).replace(tzinfo=None)


def test_a_moment_on_a_thai_clock() -> None:
    assert thai.short_time(datetime(2026, 11, 22, 17, 5, tzinfo=UTC)) == "23 พ.ย. 2569 00:05 น."


@given(DAYS)
def test_every_way_a_date_is_written_is_read_back(day: date) -> None:
    assert thai.read_date(thai.long_date(day)) == day
    assert thai.read_date(thai.short_date(day)) == day
    assert thai.read_date(thai.thai_digits(thai.short_date(day))) == day
    assert thai.read_date(day.isoformat()) == day


def test_the_era_may_be_named() -> None:
    assert thai.read_date(" ๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙ ") == date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22/11/2569",
        "2569-11-22",  # the Buddhist era is never guessed
        "22 พ.ย. 2026",
        "31 เม.ย. 2569",
        "2026-02-29",
        "0000-01-01",
        "22 Nov 2026",
        "22 พย 2569",
        "2026-11-22T00:00",
    ],
)
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(InputError) as refused:
        thai.read_date(text)
    assert refused.value.hint is not None
    assert "2026-11-22" in refused.value.hint.en
