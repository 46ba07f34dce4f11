"""The moves of a case one by one: what each needs, who may make it, what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from controller.errors import InputError, NotAllowed, NotFound, Refused
from controller.processes import steps
from controller.processes.case import Case, Group
from controller.processes.manual import read_manual
from tests.processes.example import (
    DAYS,
    GROUP,
    OFFICE,
    OTHER,
    PLAN,
    START,
    TODAY,
    actor,
    appointed,
    decided,
    evaluation,
    notified,
    opened,
    submitted,
)
from tests.processes.test_manual import edited

LATER = START + timedelta(hours=6)


def at_execute() -> Case:
    return notified(decided(submitted())[0])


def close(case: Case, by: str = "eng2", run_open: bool | None = False) -> Case:
    return steps.evaluate(case, evaluation(LATER), actor(by), LATER, run_open=run_open)


def test_the_number_of_a_case_is_of_the_buddhist_year_in_thailand() -> None:
    assert steps.case_number("2.3", START, 1) == "2569-2.3-0001"
    new_year = START.replace(month=12, day=31, hour=18)
    assert steps.case_number("2.3", new_year, 12345) == "2570-2.3-12345"


def test_a_process_still_to_do_is_refused_with_its_reason() -> None:
    why = {"todo": {"th": "ยังบันทึกโครงการไม่ได้", "en": "projects are not recorded yet"}}
    manual = read_manual(edited("2.1", status=why))
    with pytest.raises(Refused) as refused:
        steps.open_case("2.1", "2569-2.1-0001", "แผนแม่บท", actor("eng1"), START, manual=manual)
    assert "not recorded yet" in refused.value.message.en
    assert "ยัง" in refused.value.message.th


@pytest.mark.parametrize(("typed", "near"), [("23", "2.3"), ("2,3", "2.3"), ("3.4", "")])
def test_an_unknown_process_names_what_there_is(typed: str, near: str) -> None:
    with pytest.raises(NotFound) as missing:
        steps.open_case(typed, "2569-3.4-0001", "x", actor("eng1"), START)
    assert missing.value.hint is not None
    assert "there are 2.1, 2.2, 2.3" in missing.value.hint.en
    assert ("did you mean" in missing.value.hint.en) is bool(near)
    assert f"หมายถึง {near} หรือไม่" in missing.value.hint.th or not near


@pytest.mark.parametrize("title", ["", "  ", "ดี\x1b[2J", "ปลอม\u202eกลับ", "\ud800", "a\x00b"])
def test_a_title_is_something_one_can_read(title: str) -> None:
    with pytest.raises(InputError):
        steps.open_case("2.3", "2569-2.3-0001", title, actor("eng1"), START)


@pytest.mark.parametrize("plan", ["", "abc", PLAN.id[:12], PLAN.id.upper(), PLAN.id + "\n"])
def test_a_plan_id_is_whole(plan: str) -> None:
    with pytest.raises(InputError):
        steps.open_case("2.3", "2569-2.3-0001", "x", actor("eng1"), START, plan=plan)
    with pytest.raises(InputError):
        steps.submit(appointed(), plan, actor("eng1"), START)
    with pytest.raises(InputError):
        steps.attach_plan(appointed(), plan, actor("eng1"), START, run_open=False)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"order": " "}, "the number of the order must be given"),
        ({"dated": date(2026, 11, 21)}, "in the future"),
        ({"chair": "leed"}, "leed is unknown (did you mean lead?)"),
        ({"chair": "eng2"}, "eng2 is named twice"),
        ({"members": ("eng1", "eng1")}, "eng1 is named twice"),
        ({"members": ("lead",)}, "lead is named twice"),
        ({"members": ("retired",)}, "retired is not in service on 2026-11-20"),
        ({"members": ("new-boss",)}, "new-boss is not in service"),
        ({"secretary": "zzz", "dated": date(2027, 1, 1)}, "zzz is unknown"),
    ],
)
def test_a_group_is_of_distinct_people_the_office_has(change: dict[str, Any], words: str) -> None:
    case = opened()
    with pytest.raises(InputError) as wrong:
        steps.appoint(case, GROUP.model_copy(update=change), OFFICE, actor("eng1"), START)
    assert words in wrong.value.message.en


def test_everything_wrong_with_a_group_is_said_at_once() -> None:
    group = Group(order="๑", dated=date(2027, 1, 1), chair="leed", secretary="retired")
    with pytest.raises(InputError) as wrong:
        steps.appoint(opened(), group, OFFICE, actor("eng1"), START)
    assert all(word in wrong.value.message.en for word in ("future", "leed", "retired"))


@pytest.mark.parametrize(
    ("by", "may"),
    [
        ("eng1", True),
        ("boss", True),
        ("deputy", True),
        ("eng2", False),
        ("root", False),
        ("lead", False),
    ],
)
def test_the_proposer_or_the_director_enters_the_order(by: str, may: bool) -> None:
    if may:
        case = steps.appoint(opened(), GROUP, OFFICE, actor(by), START)
        assert case.group == GROUP
        assert (case.step, case.events[-1].what) == (1, "appointed")
        return
    with pytest.raises(NotAllowed) as refused:
        steps.appoint(opened(), GROUP, OFFICE, actor(by), START)
    assert refused.value.hint is not None
    assert "eng1" in refused.value.hint.en


def test_submitting_needs_a_plan() -> None:
    with pytest.raises(Refused) as missing:
        steps.submit(appointed(opened(plan=None)), None, actor("eng1"), START)
    assert missing.value.hint is not None
    assert "khaen case replan 2569-2.3-0001" in missing.value.hint.th
    case = steps.submit(appointed(opened(plan=None)), PLAN.id, actor("eng1"), START)
    assert (case.plan, case.step) == (PLAN.id, 2)


@pytest.mark.parametrize("by", ["boss", "deputy", "root"])
def test_people_outside_the_group_may_not_act(by: str) -> None:
    moves: list[Callable[[], object]] = [
        lambda: steps.submit(appointed(), None, actor(by), START),
        lambda: steps.attach_plan(appointed(), OTHER.id, actor(by), START, run_open=False),
        lambda: steps.notify(
            decided(submitted())[0], actor(by), START, to=["a"], how="b", message="c"
        ),
        lambda: close(
            steps.executed(at_execute(), "r", "apply", {"confirmed": 1}, "eng1", LATER), by
        ),
    ]
    for move in moves:
        with pytest.raises(NotAllowed):
            move()


def test_after_the_group_is_there_a_proposer_outside_it_only_submits_and_plans() -> None:
    group = Group(order="๑", dated=TODAY, chair="lead", secretary="eng2")
    case = steps.appoint(opened(), group, OFFICE, actor("eng1"), START)
    case = steps.attach_plan(case, OTHER.id, actor("eng1"), START, run_open=False)
    case = steps.submit(case, PLAN.id, actor("eng1"), START)
    case, _ = decided(case)
    with pytest.raises(NotAllowed):
        steps.notify(case, actor("eng1"), START, to=["a"], how="b", message="c")


@pytest.mark.parametrize(
    "missing", [{"to": []}, {"to": [" "]}, {"to": ["a", ""]}, {"how": ""}, {"message": "\n"}]
)
def test_a_notice_says_to_whom_how_and_what(missing: dict[str, Any]) -> None:
    case = decided(submitted())[0]
    notice: dict[str, Any] = {"to": ["โรงเรียน"], "how": "โทรศัพท์", "message": "จะดำเนินการ"}
    with pytest.raises(InputError):
        steps.notify(case, actor("lead"), START, **{**notice, **missing})
    told = steps.notify(case, actor("lead"), START, **notice)
    assert told.step == 4
    assert all(word in told.events[-1].note for word in ("โรงเรียน", "โทรศัพท์", "จะดำเนินการ"))


@pytest.mark.parametrize(
    ("kind", "outcomes", "step"),
    [
        ("apply", {"confirmed": 24}, 5),
        ("apply", {"confirmed": 23, "drifted": 1}, 4),
        ("apply", {"confirmed": 23, "unknown": 1}, 4),
        ("apply", {"confirmed": 23, "waiting": 1}, 4),
        ("apply", {"rolled_back": 1}, 4),
        ("apply", {"confirmed": 3, "failed": 0}, 5),
        ("apply", {}, 4),
        ("apply", {"confirmed": 0}, 4),
        ("rollback", {"rolled_back": 24}, 5),
        ("rollback", {"rolled_back": 20, "unknown": 4}, 5),
    ],
)
def test_a_run_ends_the_step_only_when_every_device_is_done(
    kind: Any, outcomes: dict[str, int], step: int
) -> None:
    case = steps.executed(at_execute(), "run-1", kind, outcomes, "eng1", LATER)
    assert case.step == step
    note = case.events[-1].note
    assert note.startswith("run-1: ")
    assert all(f"{state} {count}" in note for state, count in outcomes.items() if count)
    assert steps.executed(case, "run-1", kind, outcomes, "eng1", LATER) == case


def test_a_run_is_recorded_only_where_it_belongs() -> None:
    for case in (opened(), submitted(), decided(submitted())[0]):
        with pytest.raises(Refused):
            steps.executed(case, "run-1", "apply", {"confirmed": 1}, "eng1", LATER)
        with pytest.raises(Refused):
            steps.executed(case, "run-1", "rollback", {"confirmed": 1}, "eng1", LATER)
    done = steps.executed(at_execute(), "run-1", "apply", {"confirmed": 1}, "eng1", LATER)
    with pytest.raises(Refused):
        steps.executed(done, "run-2", "apply", {"confirmed": 1}, "eng1", LATER)
    taken = steps.executed(done, "run-2", "rollback", {"rolled_back": 1}, "eng1", LATER)
    assert (taken.step, taken.state, taken.events[-1].what) == (5, "open", "rolled-back")
    with pytest.raises(Refused):
        steps.executed(close(taken), "run-3", "rollback", {"rolled_back": 1}, "eng1", LATER)


@pytest.mark.parametrize("name", ["results", "problems", "suggestions"])
def test_closing_needs_all_three_texts(name: str) -> None:
    case = steps.executed(at_execute(), "run-1", "apply", {"confirmed": 1}, "eng1", LATER)
    empty = evaluation(LATER).model_copy(update={name: " "})
    with pytest.raises(InputError):
        steps.evaluate(case, empty, actor("eng2"), LATER, run_open=False)


@pytest.mark.parametrize("run_open", [True, None])
def test_nothing_is_closed_or_planned_again_while_a_run_may_be_open(run_open: bool | None) -> None:
    case = steps.executed(at_execute(), "run-1", "apply", {"confirmed": 1}, "eng1", LATER)
    with pytest.raises(Refused, match="run"):
        close(case, run_open=run_open)
    with pytest.raises(Refused, match="run"):
        steps.attach_plan(case, OTHER.id, actor("eng1"), LATER, run_open=run_open)


def test_a_closed_case_says_what_came_of_it_and_never_moves() -> None:
    case = close(steps.executed(at_execute(), "run-1", "apply", {"confirmed": 1}, "eng1", LATER))
    assert case.state == "closed"
    assert "ครบ" in case.events[-1].note
    with pytest.raises(Refused) as ended:
        close(case)
    assert ended.value.hint is not None
    assert "khaen case open 2.3" in ended.value.hint.en


def test_a_case_with_devices_left_over_can_be_closed_and_says_so() -> None:
    case = at_execute()
    with pytest.raises(Refused):
        close(case)
    case = steps.executed(case, "run-1", "apply", {"confirmed": 1, "failed": 1}, "eng1", LATER)
    closed = close(case)
    assert closed.state == "closed"
    assert "not every device was done" in closed.events[-1].note


def test_planning_again_to_the_same_id_keeps_everything() -> None:
    case = at_execute()
    assert steps.attach_plan(case, PLAN.id, actor("eng1"), LATER, run_open=None) == case


@pytest.mark.parametrize("before", [submitted, lambda: decided(submitted())[0], at_execute])
def test_planning_again_to_another_id_goes_back_and_says_so(before: Callable[[], Case]) -> None:
    case = before()
    again = steps.attach_plan(case, OTHER.id, actor("eng1"), LATER, run_open=False)
    assert (again.step, again.plan, again.events[-1].what) == (1, OTHER.id, "voided")
    assert again.events[-1].note == f"{PLAN.id} → {OTHER.id}"
    assert again.events[:-1] == case.events
    assert again.decisions == case.decisions


def test_before_the_plan_step_ends_another_plan_just_takes_its_place() -> None:
    for case in (opened(), appointed(), opened(plan=None)):
        again = steps.attach_plan(case, OTHER.id, actor("eng1"), LATER, run_open=False)
        assert (again.step, again.plan, again.events[-1].what) == (case.step, OTHER.id, "planned")


def test_an_expired_approval_of_the_same_plan_can_be_asked_for_again() -> None:
    case = at_execute()
    day = START + timedelta(days=DAYS + 1)
    again = steps.attach_plan(case, PLAN.id, actor("eng1"), day, run_open=False)
    assert (again.step, again.plan, again.events[-1].what) == (1, PLAN.id, "voided")


def test_a_voided_approval_neither_comes_back_nor_expires() -> None:
    case = steps.attach_plan(at_execute(), OTHER.id, actor("eng1"), LATER, run_open=False)
    case = steps.attach_plan(case, PLAN.id, actor("eng1"), LATER, run_open=False)
    day = START + timedelta(days=DAYS + 1)
    assert steps.attach_plan(case, PLAN.id, actor("eng1"), day, run_open=False) == case


def test_an_old_run_does_not_count_for_a_new_plan() -> None:
    case = steps.executed(at_execute(), "run-1", "apply", {"failed": 1}, "eng1", LATER)
    case = steps.attach_plan(case, OTHER.id, actor("eng1"), LATER, run_open=False)
    case, _ = decided(submitted(case), plan=OTHER, at=LATER)
    with pytest.raises(Refused):
        close(notified(case))


def test_a_case_edited_to_a_step_there_is_not_is_refused() -> None:
    for step in (-1, 6, 99):
        case = at_execute().model_copy(update={"step": step})
        with pytest.raises(Refused, match="names step"):
            steps.notify(case, actor("lead"), LATER, to=["a"], how="b", message="c")
