"""All 14 processes walk from their first step to their last, and skip nothing on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from controller.errors import InputError, NotAllowed, Refused
from controller.processes import steps
from controller.processes.case import HAPPENINGS, Case
from controller.processes.manual import MANUAL, process
from controller.processes.needs import missing
from controller.processes.walk import command, next_move
from tests.processes.example import (
    GROUP,
    OFFICE,
    PLAN,
    START,
    STUDY,
    actor,
    entry,
    evaluation,
    opened,
    paper,
)
from tests.processes.walker import NUMBERS, Walker, begin

LATER = START + timedelta(days=1)
EVERY_STEP = [(p.number, i) for p in MANUAL.processes for i in range(len(p.steps))]
# Process -> the approvals a case of it meets.
APPROVALS = {"3.1": 2, "3.2": 2, "3.3": 2, "3.5": 0, "3.6": 2, "3.7": 2}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_case_walks_to_its_end(number: str) -> None:
    walker = begin(number).to_the_end()
    case = walker.case
    assert case.state == "closed"
    assert {event.what for event in case.events} <= set(HAPPENINGS)
    assert len(case.decisions) == APPROVALS.get(number, 1) == len(case.submissions)
    assert [d.step for d in case.decisions] == [s.step for s in case.submissions]
    assert [d.dossier for d in case.decisions] == [s.dossier for s in case.submissions]
    asked = [slug for step in process(number).steps for slug in step.forms]
    assert [p.form for p in case.papers] == asked
    assert Case.model_validate_json(case.model_dump_json()) == case


@pytest.mark.parametrize(("number", "step"), EVERY_STEP)
def test_every_step_says_what_is_missing_and_what_to_type(number: str, step: int) -> None:
    case = begin(number).until(step).case
    assert case.step == step
    wanted = [*process(number).steps[step].needs, *process(number).steps[step].forms]
    told = missing(case)
    # A plan or case-wide need may be there from before; at least one thing of each step is not.
    assert 0 < len(told) <= len(wanted)
    for text in told:
        assert f"{case.number}" in text.en
        assert text.th.split("`")[1] == text.en.split("`")[1]
    move = next_move(case)
    assert command(case) in move.en
    for slug in process(number).steps[step].forms:
        survey = MANUAL.form(slug)
        assert survey
        verb = "khaen survey open" if survey.survey else "khaen form fill"
        assert f"`{verb} {slug} --case {case.number}`" in move.th


@pytest.mark.parametrize(("number", "step"), EVERY_STEP)
def test_no_step_ends_by_a_move_of_another_kind(number: str, step: int) -> None:
    """Every move is tried at every step, by who may: only the step's own moves take it on."""
    walker = begin(number).until(step)
    kind = process(number).steps[step].kind
    own = {
        "appoint": {"appoint"},
        "plan": {"submit", "study", "attach"},
        "approve": {"decide"},
        "notify": {"notify", "attach"},
        "execute": {"record", "executed", "attach"},
        "monitor": {"follow", "attach"},
        "evaluate": {"evaluate", "notify", "executed", "attach"},
    }[kind]
    for name, after in _tried(walker).items():
        if after is not None:
            assert name in own | {"attach"}, (kind, name)
            assert name == "decide" or after.step in {step, step + 1}


@pytest.mark.parametrize(("number", "step"), EVERY_STEP)
def test_nobody_outside_the_case_acts(number: str, step: int) -> None:
    """An administrator without a part in the case, at any step, by any move."""
    walker = begin(number).until(step)
    for name, after in _tried(walker, by="root").items():
        assert after is None or name == "executed", name


def _tried(walker: Walker, by: str = "") -> dict[str, Case | None]:
    """The case after each move, None where it was refused."""
    case = walker.case
    who = actor(by) if by else walker.doer()
    work, followed = entry("work", LATER), entry("follow-up", LATER)

    def decided() -> Case:
        again = Walker(case, LATER, PLAN)
        again.decide(by=by or "boss")
        return again.case

    moves: dict[str, Callable[[], Case]] = {
        "appoint": lambda: steps.appoint(case, GROUP, OFFICE, who, LATER),
        "study": lambda: steps.study(case, STUDY, who, LATER),
        "submit": lambda: steps.submit(case, None, who, LATER),
        "decide": decided,
        "notify": lambda: steps.notify(case, who, LATER, to=["a"], how="b", message="c"),
        "record": lambda: steps.record_entry(case, work, who, LATER, done=True),
        "follow": lambda: steps.record_entry(case, followed, who, LATER, done=True),
        "executed": lambda: steps.executed(case, "r", "apply", {"confirmed": 1}, "eng1", LATER),
        "evaluate": lambda: steps.evaluate(case, evaluation(LATER), who, LATER, run_open=False),
        "publish": lambda: steps.publish(case, entry("publication", LATER), who, LATER),
        "attach": lambda: steps.attach(case, paper(""), who, LATER),
    }
    found: dict[str, Case | None] = {}
    for name, move in moves.items():
        try:
            found[name] = move()
        except (Refused, InputError):
            found[name] = None
    return found


def test_a_case_that_has_ended_takes_nothing_more() -> None:
    for number in NUMBERS:
        walker = begin(number).to_the_end()
        assert not any(_tried(walker).values())
        assert missing(walker.case) == ()


def test_roles_named_in_the_manual_act_without_a_group() -> None:
    case = begin("3.5", proposer="eng1").case
    for by in ("lead", "eng2", "deputy"):
        assert steps.study(case, STUDY, actor(by), LATER).study
    for by in ("boss", "root", "nobody"):
        with pytest.raises(NotAllowed) as refused:
            steps.study(case, STUDY, actor(by), LATER)
        assert refused.value.hint is not None
        assert refused.value.hint.en == "who may: eng1, officer, engineer"
        assert refused.value.hint.th == "ผู้ทำรายการได้: eng1, เจ้าหน้าที่, ผู้ดูแลเครือข่าย"


def test_a_change_plan_belongs_only_where_devices_are_changed() -> None:
    for number in ("2.5", "3.5"):
        with pytest.raises(Refused) as refused:
            steps.open_case(number, "x", "งาน", actor("eng1"), START, plan=PLAN.id)
        assert refused.value.hint is not None
        assert "2.2 or 2.3" in refused.value.hint.en
        case = begin(number).case
        with pytest.raises(Refused):
            steps.attach_plan(case, PLAN.id, actor("eng1"), START, run_open=False)
    case = begin("2.8").until(0).case
    with pytest.raises(Refused):
        steps.submit(case, PLAN.id, actor("eng1"), START)


def test_a_second_plan_step_needs_a_study_of_its_own() -> None:
    case = begin("2.8").until(1).case
    assert case.study is not None
    with pytest.raises(Refused) as unready:
        steps.submit(case, None, actor("eng1"), LATER)
    assert unready.value.hint is not None
    assert "khaen case study 2569-2.8-0001" in unready.value.hint.en


def test_a_last_step_ends_whichever_of_its_needs_comes_last() -> None:
    case = begin("2.8").until(4).case
    told = steps.notify(case, actor("eng1"), LATER, to=["a"], how="b", message="c")
    assert (told.state, told.step) == ("open", 4)
    with pytest.raises(Refused) as unready:
        steps.evaluate(told, evaluation(LATER), actor("eng1"), LATER, run_open=False)
    assert unready.value.hint is not None
    assert "khaen form fill evaluation_report" in unready.value.hint.en
    whole = steps.attach(told, paper("evaluation_report"), actor("eng1"), LATER)
    assert whole.state == "open"
    ended = steps.evaluate(whole, evaluation(LATER), actor("eng1"), LATER, run_open=False)
    assert (ended.state, ended.events[-1].what) == ("closed", "closed")


def test_a_case_stored_before_there_were_papers_still_loads_and_goes_on() -> None:
    new = {"study", "papers", "records", "evaluations", "submissions"}
    case = Case.model_validate(opened().model_dump(mode="json", exclude=new))
    assert Walker(case).to_the_end().case.state == "closed"
