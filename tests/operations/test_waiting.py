"""What waits for somebody, and what they can do in a case."""

from __future__ import annotations

import pytest

from controller.errors import NotAllowed
from controller.operations.list_waiting import list_waiting
from controller.operations.show_case import look_at_case
from tests.operations.moves import Moves
from tests.operations.office import Desk


@pytest.fixture
def moves(desk: Desk) -> Moves:
    """Moves at a desk whose director has a password."""
    made = Moves(desk)
    made.director_signs_in()
    return made


def test_a_case_waits_for_the_director_until_it_is_decided(moves: Moves) -> None:
    desk = moves.desk
    case = moves.before_the_director()
    [waiting] = list_waiting(desk.context, desk.person("director"))
    assert (waiting.case.number, waiting.to_decide, waiting.late) == (case.number, True, 0)
    assert waiting.step.en
    assert waiting.due
    assert "`" not in "".join(text.th for text in waiting.missing), "a page types no commands"
    assert list_waiting(desk.context, desk.person("engineer1")) == ()
    moves.decided(case)
    assert list_waiting(desk.context, desk.person("director")) == ()
    [back] = list_waiting(desk.context, desk.person("engineer1"))
    assert not back.to_decide


def test_what_is_to_be_decided_comes_first_then_what_is_due_first(moves: Moves) -> None:
    desk = moves.desk
    slow = moves.appointed(moves.opened("2.1"))  # two months for its plan
    desk.clock.forward(days=1)
    quick = moves.appointed(moves.opened("2.4"))
    found = [w.case.number for w in list_waiting(desk.context, desk.person("engineer1"))]
    assert found == [quick.number, slow.number]


def test_what_can_be_done_is_told_for_each_person(moves: Moves) -> None:
    desk = moves.desk
    case = moves.before_the_director()
    assert look_at_case(desk.context, desk.person("director"), case.number).moves == ("decide",)
    own = look_at_case(desk.context, desk.person("engineer1"), case.number).moves
    assert own == ("revise", "withdraw")
    assert look_at_case(desk.context, desk.person("auditor1"), case.number).moves == ()


def test_a_school_sees_no_case(moves: Moves) -> None:
    desk = moves.desk
    case = moves.before_the_director()
    with pytest.raises(NotAllowed):
        list_waiting(desk.context, desk.person("school1"))
    with pytest.raises(NotAllowed):
        look_at_case(desk.context, desk.person("school1"), case.number)
