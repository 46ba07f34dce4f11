"""Every move a case can take has its button; at each step one of them leads on."""

from __future__ import annotations

from typing import get_args

import pytest

from controller.processes.manual import MANUAL
from controller.processes.possible import PERMISSION, Move, Situation, possible_moves
from controller.web.moves.registry import BUTTONS, leading, set_apart
from tests.processes.example import OFFICE, actor
from tests.processes.walker import begin


def test_every_move_has_a_button_or_a_place_of_its_own() -> None:
    """Deciding has three buttons, a survey a page."""
    assert (
        {*BUTTONS}
        == {*get_args(Move)} - {"decide", "survey"}
        == {*PERMISSION}
        - {
            "decide",
            "survey",
        }
    )


@pytest.mark.parametrize("number", [p.number for p in MANUAL.processes])
def test_at_each_step_one_move_leads_on(number: str) -> None:
    """But where the director decides, and where only the results of a survey are missing."""
    walker = begin(number)
    while walker.case.state == "open":
        case = walker.case
        who = walker.doer()
        moves = possible_moves(case, who, Situation(OFFICE, walker.now))
        first = leading(case, moves)
        if "decide" not in possible_moves(case, actor("boss"), Situation(OFFICE, walker.now)):
            assert first in moves or "survey" in moves, (case.step, moves)
            assert first is None or not set_apart(case, first)
        walker.next_thing()
