"""Cases of a year added up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from controller.processes.case import Case, Event
from controller.processes.yearly import cases_year

SINCE, UNTIL = datetime(2025, 10, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
DAY = date(2026, 11, 27)


def case(number: str, opened: datetime, *happened: str, state: str = "open") -> Case:
    """A case in which things happened, a day apart."""
    events = [
        Event(at=opened + timedelta(days=n), actor="officer1", step=0, what=what)
        for n, what in enumerate(("opened", *happened))
    ]
    return Case(
        number=number,
        process=number.split("-")[1],
        title=number,
        state=state,
        step=0,
        plan=None,
        proposer="officer1",
        opened=opened,
        events=tuple(events),
    )


def test_what_happened_counts_in_its_own_year() -> None:
    """A case of last year that was closed in this one is closed, not opened."""
    found = cases_year(
        [
            case("2568-2.3-0001", SINCE - timedelta(days=1), "returned", "closed", state="closed"),
            case("2569-2.3-0002", SINCE, "refused", state="refused"),
            case("2570-2.3-0003", UNTIL),
        ],
        {},
        SINCE,
        UNTIL,
        DAY,
    )
    (row,) = found.processes
    assert (row.opened, row.closed, row.refused, row.returned, row.open) == (1, 1, 1, 1, 0)


def test_open_cases_are_late_on_the_day_of_the_report() -> None:
    """The one that waits longest stands first; processes in the manual's order."""
    found = cases_year(
        [
            case("2569-2.8-0001", UNTIL - timedelta(days=9)),
            case("2569-2.3-0002", UNTIL - timedelta(days=30)),
            case("2569-2.3-0003", UNTIL - timedelta(days=100)),
        ],
        {"drifted": 2},
        SINCE,
        UNTIL,
        DAY,
    )
    assert [row.process for row in found.processes] == ["2.3", "2.8"]
    assert [one.number for one in found.late][:2] == ["2569-2.3-0003", "2569-2.3-0002"]
    assert found.devices == {"drifted": 2}


def test_nothing_happened() -> None:
    """No rows."""
    assert cases_year([], {}, SINCE, UNTIL, DAY).processes == ()
