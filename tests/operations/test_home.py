"""What waits for a person: theirs and nobody else's, and quickly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from controller.operations.fill_form import fill_form
from controller.operations.show_home import Home, show_home
from controller.plans.outcome import Run, RunDevice, RunState, State
from controller.processes.case import Case, Decision
from controller.store import runs
from tests.operations.office import Desk, example
from tests.operations.test_requests import REPAIR

ORDER = "๑๘๗/๒๕๖๙"  # the deputy's, of the sample office: 10 to 23 August 2026


def run(desk: Desk, case: Case, number: int, ended: RunState = "finished", **states: State) -> None:
    """An ended run of the case in which the devices came to these states."""
    at = desk.clock() + timedelta(hours=number)
    made = Run(
        id=f"{case.number}-apply-{number}",
        kind="apply",
        case=case.number,
        plan="p",
        by="engineer1",
        state=ended,
        executor="e",
        started=at,
        ended=at,
    )
    with desk.context.store.begin(audited=False) as conn:
        rows = [RunDevice(run=made.id, device=d, batch=1, state=s) for d, s in states.items()]
        runs.create_run(conn, made, rows)


def home(desk: Desk, person: str) -> Home:
    """The first page of somebody."""
    return show_home(desk.context, desk.person(person))


def test_the_last_word_on_a_device_counts(desk: Desk) -> None:
    """A later run that brought it right takes it off; one that never began it does not."""
    case = desk.case("2.3", 4)
    run(desk, case, 1, a="failed", b="unknown", c="confirmed", d="rolled_back")
    run(desk, case, 2, a="confirmed", b="waiting", d="drifted")
    told = [(t.device, t.state) for t in home(desk, "engineer1").trouble]
    assert told == [("d", "drifted"), ("b", "unknown")]


def test_a_run_that_stopped_left_devices_behind(desk: Desk) -> None:
    """What it never began is told of until another run does something with it."""
    case = desk.case("2.3", 4)
    run(desk, case, 1, ended="stopped", a="confirmed", b="waiting", c="waiting")
    told = [(t.device, t.state) for t in home(desk, "engineer1").trouble]
    assert told == [("b", "waiting"), ("c", "waiting")]
    run(desk, case, 2, b="confirmed")
    assert [t.device for t in home(desk, "engineer1").trouble] == ["c"]


def test_a_case_that_ended_is_no_trouble_any_more(desk: Desk) -> None:
    """Somebody decided that it was enough."""
    case = desk.case("2.3", 4, state="closed")
    run(desk, case, 1, a="failed")
    assert not home(desk, "director").trouble


def decided(desk: Desk, number: str, day: date, order: str = ORDER) -> Case:
    """A case with a decision of the deputy on that day."""
    at = desk.clock().replace(year=day.year, month=day.month, day=day.day)
    made = Decision(
        kind="approve",
        case=number,
        plan="",
        actor="deputy",
        title="รอง",
        role="acting-director",
        acting_order=order,
        comment="เห็นชอบ",
        at=at,
        expires=at,
        audit_seq=1,
        audit_hash="0" * 64,
    )
    return desk.case("3.3", 2, number=number, decisions=(made,))


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 8, 12), ["2569-3.3-0002"]),
        (date(2026, 9, 10), ["2569-3.3-0002"]),
        (date(2026, 11, 1), []),
    ],
)
def test_the_director_reads_what_was_decided_meanwhile(
    desk: Desk, today: date, told: list[str]
) -> None:
    """During the absence and a while after it; only under the order of that absence."""
    decided(desk, "2569-3.3-0001", date(2026, 8, 9))
    decided(desk, "2569-3.3-0002", date(2026, 8, 11))
    decided(desk, "2569-3.3-0003", date(2026, 8, 12), order="๑/๒๕๖๙")
    desk.clock.now = desk.clock().replace(year=today.year, month=today.month, day=today.day)
    assert [made.case for made in home(desk, "director").acted] == told
    assert not home(desk, "engineer1").acted


def test_late_cases_and_steps_are_counted(desk: Desk) -> None:
    """The latest first; every open case is at one kind of step."""
    desk.case("2.3", 1)
    desk.case("2.3", 2)
    desk.case("2.3", 2, state="refused")
    found = home(desk, "auditor1")
    assert sum(number for _, number in found.open_cases) == 2
    assert not found.late
    desk.clock.now = desk.clock() + timedelta(days=400)
    days = [days for _, days in home(desk, "auditor1").late]
    assert len(days) == 2
    assert days == sorted(days, reverse=True)


def test_a_school_finds_its_requests_and_nothing_else(desk: Desk) -> None:
    """No case, no run, no plan of the office."""
    case = desk.case("2.3", 4)
    run(desk, case, 1, a="failed")
    made = fill_form(desk.context, desk.person("school1"), REPAIR, example(REPAIR))
    found = home(desk, "school1")
    assert [r.form.number for r in found.requests] == [made.number]
    assert found == Home(requests=found.requests)
    assert not home(desk, "school2").requests
    assert [form.number for form in home(desk, "officer1").loose_forms] == [made.number]
    assert not home(desk, "director").loose_forms
