"""What people see of a case: steps, who is next, what it takes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from controller.processes import steps
from controller.processes.case import HAPPENINGS, Case
from controller.processes.manual import MANUAL, read_manual
from controller.processes.timeline import HAPPENED, StepView, timeline
from controller.processes.walk import next_move
from tests.processes.example import (
    OFFICE,
    START,
    TODAY,
    actor,
    appointed,
    decided,
    entry,
    evaluation,
    notified,
    opened,
    submitted,
)
from tests.processes.test_manual import edited
from tests.processes.test_manual import steps as written_steps
from tests.processes.walker import begin


def states(case: Case) -> list[str]:
    return [view.state for view in timeline(case)]


def current(case: Case, day: date = TODAY) -> StepView:
    return next(view for view in timeline(case, OFFICE, day) if view.state == "current")


def test_the_steps_of_a_case_as_it_walks() -> None:
    approved = decided(submitted())[0]
    assert states(opened()) == ["current", *["waiting"] * 5]
    assert states(submitted()) == ["done"] * 2 + ["current"] + ["waiting"] * 3
    assert states(notified(approved)) == ["done"] * 4 + ["current", "waiting"]


def test_a_case_sent_back_has_the_work_before_it_again() -> None:
    back = decided(submitted(), kind="return")[0]
    assert states(back) == ["done", "current", *["waiting"] * 4]


def test_a_step_done_again_says_who_did_it_last() -> None:
    back = decided(submitted(), kind="return")[0]
    again = steps.submit(back, None, actor("lead"), START + timedelta(days=2))
    view = timeline(again)[1]
    assert (view.by, view.at) == ("lead", START + timedelta(days=2))


def test_ended_cases_have_no_current_step() -> None:
    refused = decided(submitted(), kind="refuse")[0]
    assert states(refused) == ["done"] * 3 + ["waiting"] * 3
    case = steps.executed(
        notified(decided(submitted())[0]), "r", "apply", {"confirmed": 1}, "eng1", START
    )
    later = START + timedelta(days=1)
    closed = steps.evaluate(case, evaluation(later), actor("lead"), later, run_open=False)
    views = timeline(closed)
    assert {view.state for view in views} == {"done"}
    assert (views[5].by, views[5].at) == ("lead", START + timedelta(days=1))
    assert [view.by for view in views[:3]] == ["eng1", "eng1", "boss"]


@pytest.mark.parametrize(
    ("case", "command", "who"),
    [
        (opened(), "khaen case appoint 2569-2.3-0001", "eng1"),
        (appointed(), "khaen case submit 2569-2.3-0001", "eng1, lead, eng2"),
        (submitted(), "khaen case approve 2569-2.3-0001", "boss, deputy"),
        (decided(submitted())[0], "khaen case notify 2569-2.3-0001", "lead, eng1, eng2"),
        (notified(decided(submitted())[0]), "khaen apply 2569-2.3-0001", "lead, eng1, eng2"),
    ],
)
def test_the_current_step_says_who_and_what(case: Case, command: str, who: str) -> None:
    view = current(case)
    assert view.command == command
    assert view.who is not None
    assert view.who.en == who
    assert view.needs is not None
    assert view.needs.th
    assert command in next_move(case).th


def test_who_may_decide_depends_on_the_day_and_the_proposer() -> None:
    after_the_order = current(submitted(), date(2026, 12, 1)).who
    assert after_the_order is not None
    assert after_the_order.en == "boss"
    own = submitted().model_copy(update={"proposer": "boss"})
    nobody = current(own, date(2026, 12, 1)).who
    assert nobody is not None
    assert nobody.en == "nobody may decide today"
    without_office = next(v for v in timeline(submitted()) if v.state == "current").who
    assert without_office is not None
    assert "director" in without_office.en


def test_it_follows_the_data_of_another_manual() -> None:
    shorter = ("appoint:order", "plan:plan", "approve:decision", "execute:run", "evaluate:summary")
    manual = read_manual(edited("2.3", forms=[], steps=written_steps(*shorter)))
    approved = decided(submitted())[0]
    views = timeline(approved, manual=manual)
    assert [view.kind for view in views][3] == "execute"
    assert views[3].state == "current"
    assert "khaen apply" in next_move(approved, manual).en


def test_every_step_of_the_manual_can_be_shown() -> None:
    for process in MANUAL.processes:
        case = opened().model_copy(update={"process": process.number})
        assert len(timeline(case)) == len(process.steps)


def test_every_happening_has_words() -> None:
    assert set(HAPPENED) == set(HAPPENINGS)


def test_the_current_step_says_by_when_and_what_is_missing() -> None:
    view = next(v for v in timeline(begin("2.4").until(1).case) if v.state == "current")
    assert view.due == date(2026, 12, 20)
    assert [text.en for text in view.missing] == [
        "what was studied and is proposed: `khaen case study 2569-2.4-0001`",
        "Specification: `khaen form fill spec_definition --case 2569-2.4-0001`",
    ]
    assert (
        view.missing[1].th
        == "แบบการกำหนดคุณสมบัติ: `khaen form fill spec_definition --case 2569-2.4-0001`"
    )
    assert [(f.slug, f.must, f.attached) for f in view.forms] == [("spec_definition", True, False)]
    assert next_move(begin("2.4").until(1).case).en.endswith(
        "“The group lays down the specification”: `khaen case study 2569-2.4-0001`, "
        "`khaen form fill spec_definition --case 2569-2.4-0001`, `khaen case submit 2569-2.4-0001`"
    )


def test_every_step_shows_its_forms_and_what_is_attached() -> None:
    views = timeline(begin("3.7").to_the_end().case)
    shown = {(v.index, f.slug): (f.must, f.survey, f.attached) for v in views for f in v.forms}
    assert shown == {
        (3, "questionnaire"): (False, True, False),
        (4, "questionnaire"): (True, True, True),
        (4, "assessment"): (True, True, True),
    }
    assert all(view.due is None and view.missing == () for view in views)


def test_work_that_is_all_there_says_how_to_end_it() -> None:
    case = begin("2.5").until(4).case
    assert current(case).command == "khaen case record 2569-2.5-0001"
    case = steps.record_entry(case, entry("work", START), actor("eng2"), START, done=False)
    assert current(case).command == "khaen case record 2569-2.5-0001 --done"
    assert current(case).missing == ()


def test_roles_are_shown_as_people_where_the_office_is_known() -> None:
    case = begin("3.5", proposer="eng1").case
    who = current(case).who
    assert who is not None
    assert who.en == "eng1, deputy, lead, eng2"  # not the officer who has retired
    without = next(v for v in timeline(case) if v.state == "current").who
    assert without is not None
    assert without.en == "eng1, officer, engineer"
    assert without.th == "eng1, เจ้าหน้าที่, ผู้ดูแลเครือข่าย"


def test_what_was_approved_waits_for_the_people_of_the_case() -> None:
    walker = begin("3.3").until(4)
    assert current(walker.case).command == "khaen case approve 2569-3.3-0001"
    walker.decide()
    view = current(walker.case)
    assert view.command == "khaen case publish 2569-3.3-0001"
    assert view.who is not None
    assert view.who.en == "eng1, lead, eng2"


def test_a_case_that_was_withdrawn_never_ended_its_step() -> None:
    case = steps.withdraw(submitted(), "ยกเลิก", actor("eng1"), START, run_open=False)
    assert states(case) == ["done"] * 2 + ["waiting"] * 4
