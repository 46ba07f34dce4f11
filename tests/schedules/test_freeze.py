"""When nothing may be changed: from the first day to the last, on the devices meant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from controller.inventory.device import Device
from controller.schedules.freeze import Freeze, ahead, in_force
from controller.thai import BANGKOK

FIRST = datetime(2027, 3, 1, tzinfo=BANGKOK)
SECOND = timedelta(seconds=1)


def exams(**changes: Any) -> Freeze:
    """A week without changes."""
    values = {"name": "exams", "begins": "2027-03-01", "ends": "2027-03-05", "reason": "สอบ"}
    return Freeze.model_validate(values | changes)


def device(role: Any) -> Device:
    """A device in this role."""
    return Device(
        name=f"sw-{role}", site="north", role=role, platform="cisco_ios", address="192.0.2.1"
    )


def test_the_last_day_belongs_to_it() -> None:
    assert not exams().holds(FIRST - SECOND)
    assert exams().holds(FIRST)
    assert exams().holds(FIRST + timedelta(days=5) - SECOND)
    assert not exams().holds(FIRST + timedelta(days=5))


def test_a_time_is_exact_even_at_midnight() -> None:
    short = exams(ends="2027-03-05T00:00")
    assert short.until == datetime(2027, 3, 5, tzinfo=BANGKOK)


def test_only_devices_that_are_meant_and_those_nobody_knows() -> None:
    access = exams(select="role=access")
    assert in_force([access], [device("core")], FIRST) == ()
    assert in_force([access], [device("core"), device("access")], FIRST) == (access,)
    assert in_force([access], [device("core"), None], FIRST) == (access,)


def test_what_is_to_come_the_soonest_first() -> None:
    visit = exams(name="visit", begins="2027-02-01", ends="2027-02-02")
    past = exams(name="past", begins="2026-02-01", ends="2026-02-02")
    found = ahead([exams(), visit, past], [None], FIRST - timedelta(days=60))
    assert [one.name for one in found] == ["visit", "exams"]
    assert [one.name for one in ahead([exams()], [None], FIRST + SECOND)] == ["exams"]


def test_it_says_its_name_why_and_until_when() -> None:
    assert exams().words.en == "in the freeze exams until 2027-03-06 00:00 (สอบ)"
    assert "6 มี.ค. 2570 00:00 น." in exams().words.th


@pytest.mark.parametrize(
    "wrong", ["2570-03-01", "2027-03-01T08:00+07:00", "1 March", 5, None, "2027-02-30"]
)
def test_what_is_neither_a_day_nor_a_time(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        exams(begins=wrong)
