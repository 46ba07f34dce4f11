"""What is due of a schedule, and what becomes of times nobody saw to."""

from __future__ import annotations

from datetime import datetime, timedelta

from controller.schedules.due import LATE, Due, due
from controller.schedules.schedule import Entry
from controller.thai import BANGKOK

TWO = datetime(2026, 11, 27, 2, 0, tzinfo=BANGKOK)
DAY = timedelta(days=1)


def nightly(**words: object) -> Entry:
    """A backup each night at two."""
    return Entry.model_validate({"name": "nightly", "cron": "0 2 * * *", "do": "backup"} | words)


def test_nothing_is_due_before_its_time_nor_twice() -> None:
    assert due(nightly(), TWO - DAY, TWO - timedelta(seconds=1)) is None
    assert due(nightly(), TWO, TWO + timedelta(hours=3)) is None


def test_it_is_due_from_its_minute_on() -> None:
    assert due(nightly(), TWO - DAY, TWO) == Due(nightly(), TWO)
    assert due(nightly(), TWO - DAY, TWO + LATE) == Due(nightly(), TWO)


def test_missed_times_are_made_up_for_once() -> None:
    found = due(nightly(), TWO - 4 * DAY, TWO + timedelta(hours=6))
    assert found == Due(nightly(), TWO, late=True, earlier=3)
    assert not found.skip


def test_a_missed_time_is_skipped_where_the_schedule_says_so() -> None:
    found = due(nightly(missed="skip"), TWO - DAY, TWO + timedelta(hours=6))
    assert found is not None
    assert found.skip
    in_time = due(nightly(missed="skip"), TWO - 3 * DAY, TWO)
    assert in_time is not None
    assert not in_time.skip
    assert in_time.earlier == 2


def test_what_is_switched_off_is_never_due() -> None:
    assert due(nightly(enabled=False), TWO - DAY, TWO) is None
