"""What a page offers is what the moves themselves take, for everybody at every step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from controller.errors import NotAllowed, Refused
from controller.processes import steps
from controller.processes.case import Case
from controller.processes.manual import MANUAL
from controller.processes.possible import Move, Situation, possible_moves, waits_for
from tests.processes.example import (
    GROUP,
    OFFICE,
    OTHER,
    START,
    STUDY,
    actor,
    entry,
    evaluation,
    good_scene,
    paper,
)
from tests.processes.walker import Walker, begin

LATER = START + timedelta(days=1)
PEOPLE = [person.username for person in OFFICE.people]
EVERY_STEP = [(p.number, i) for p in MANUAL.processes for i in range(len(p.steps))]
NOW = Situation(OFFICE, LATER)


def offered(case: Case, by: str, situation: Situation = NOW) -> set[Move]:
    """What is offered to somebody."""
    return {*possible_moves(case, actor(by), situation)}


def takes(walker: Walker, by: str, move: Move) -> bool:
    """Whether the move itself is taken from this person; their role aside."""
    case, who = walker.case, actor(by)

    def decided() -> Case:
        again = Walker(case, LATER)
        again.decide("return", by=by)
        return again.case

    moves: dict[Move, Callable[[], Case]] = {
        "decide": decided,
        "appoint": lambda: steps.appoint(case, GROUP, OFFICE, who, LATER),
        "study": lambda: steps.study(case, STUDY, who, LATER),
        "attach": lambda: steps.attach(case, paper("", text=by), who, LATER),
        "submit": lambda: steps.submit(case, None, who, LATER),
        "replan": lambda: steps.attach_plan(case, OTHER.id, who, LATER, run_open=False),
        "notify": lambda: steps.notify(case, who, LATER, to=["a"], how="b", message="c"),
        "record": lambda: steps.record_entry(case, entry("work", LATER), who, LATER, done=False),
        "follow": lambda: steps.record_entry(
            case, entry("follow-up", LATER), who, LATER, done=False
        ),
        "publish": lambda: steps.publish(case, entry("publication", LATER), who, LATER),
        "evaluate": lambda: steps.evaluate(case, evaluation(LATER), who, LATER, run_open=False),
        "revise": lambda: steps.revise(case, "เหตุผล", who, LATER, run_open=False),
        "withdraw": lambda: steps.withdraw(case, "เหตุผล", who, LATER, run_open=False),
    }
    try:
        moves[move]()
    except (Refused, NotAllowed) as refused:
        # Only the last thing of a step waits for forms; what somebody writes before it is kept.
        return "is not complete" in refused.message.en and move in {"evaluate", "notify", "publish"}
    return True


CHECKED: list[Move] = ["decide", "appoint", "study", "attach", "submit", "replan", "notify"]
CHECKED += ["record", "follow", "publish", "evaluate", "revise", "withdraw"]


@pytest.mark.parametrize(("number", "step"), EVERY_STEP)
def test_a_move_is_offered_where_it_is_taken_and_nowhere_else(number: str, step: int) -> None:
    walker = begin(number).until(step)
    staff = [n for n in PEOPLE if actor(n).roles <= {"officer", "engineer"}]
    for by in [*staff, "boss"]:
        moves = offered(walker.case, by)
        for move in CHECKED:
            if by == "boss" and move not in {"decide", "appoint"}:
                assert move not in moves  # the director directs; the rest asks for another role
                continue
            assert (move in moves) == takes(walker, by, move), (by, move)


def test_nobody_is_offered_anything_in_a_case_that_has_ended() -> None:
    case = begin("2.3").to_the_end().case
    assert not any(offered(case, by) for by in PEOPLE)


def test_a_role_that_may_not_is_offered_nothing() -> None:
    """The administrator and who was sent away, at every step."""
    for number, step in EVERY_STEP:
        case = begin(number).until(step).case
        assert not offered(case, "root")
        assert not offered(case, "ghost")


def test_the_plan_is_carried_out_while_its_approval_holds() -> None:
    scene = good_scene()
    situation = Situation(OFFICE, scene.now, planned_by="eng2")
    assert "apply" in offered(scene.case, "eng1", situation)
    assert "apply" not in offered(scene.case, "lead", situation)  # an officer
    assert "rollback" not in offered(scene.case, "eng1", situation)
    late = replace(situation, now=scene.now + timedelta(days=31))
    assert not {"apply", "rollback"} & offered(scene.case, "eng1", late)
    assert "replan" in offered(scene.case, "eng1", late)
    running = offered(scene.case, "eng1", replace(situation, running=True))
    assert not {"apply", "replan", "revise", "evaluate", "withdraw"} & running
    unknown = offered(scene.case, "eng1", replace(situation, unknown=True))
    assert "verify" in unknown
    assert not {"apply", "rollback"} & unknown


def test_what_was_carried_out_can_be_taken_back_until_it_was() -> None:
    case = good_scene().case
    some = {"confirmed": 1, "failed": 1}
    part = steps.executed(case, "r1", "apply", some, "eng1", LATER)
    assert {"apply", "rollback", "evaluate"} <= offered(part, "eng1")
    whole = steps.executed(part, "r2", "apply", {"confirmed": 2}, "eng1", LATER)
    assert "rollback" in offered(whole, "eng1")
    back = steps.executed(whole, "r3", "rollback", {"rolled_back": 2}, "eng1", LATER)
    assert "rollback" not in offered(back, "eng1")


def waiting(case: Case, situation: Situation = NOW) -> list[str]:
    """For whom the case waits."""
    return [by for by in PEOPLE if waits_for(case, actor(by), situation)]


def test_each_step_waits_for_the_people_whose_step_it_is() -> None:
    walker = begin("2.3")
    assert waiting(walker.case) == ["eng1"]  # and not for the director, who may enter an order too
    assert waiting(walker.until(1).case) == ["lead", "eng1", "eng2"]
    assert waiting(walker.until(2).case) == ["boss", "deputy"]
    assert waiting(walker.case, replace(NOW, planned_by="deputy")) == ["boss"]
    assert waiting(walker.until(3).case) == ["lead", "eng1", "eng2"]
    assert waiting(walker.until(4).case) == ["eng1", "eng2"]
    assert waiting(walker.case, replace(NOW, running=True)) == []
    assert waiting(walker.until(5).case) == ["lead", "eng1", "eng2"]
    assert waiting(walker.to_the_end().case) == []


def test_a_step_of_a_role_waits_for_everybody_of_it() -> None:
    found = [by for by in waiting(begin("3.5").case) if by != "retired"]  # who has no session
    assert found == ["deputy", "lead", "eng1", "eng2"]
