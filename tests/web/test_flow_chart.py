"""The flow chart of a process: every step once, the way back where the manual leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest

from controller.language import Language
from controller.processes.manual import MANUAL, process
from controller.web.parts.flow_chart import flow_chart
from tests.processes.walker import begin


@dataclass(frozen=True)
class Reader:
    """Somebody who reads."""

    language: Language = "th"

    def when(self, at: datetime | None) -> str:
        """A moment."""
        return str(at)


@pytest.mark.parametrize("number", [p.number for p in MANUAL.processes])
def test_each_process_is_drawn_whole(number: str) -> None:
    named = process(number)
    for language in ("th", "en"):
        drawn = flow_chart(Reader(language), named)
        approvals = sum(step.kind == "approve" for step in named.steps)
        assert drawn.count('role="listitem"') == len(named.steps)
        assert drawn.count("<polygon") == approvals
        assert drawn.count('"back into"') == drawn.count('"back out"') == approvals
        assert "aria-current" not in drawn


def test_the_way_back_leads_to_the_step_that_is_mended() -> None:
    """Row 3 is the first step, each further one two rows below."""
    drawn = flow_chart(Reader(), process("2.3"))
    assert '<div class="back into" style="grid-row: 5;' in drawn  # step 2 plans
    assert '<div class="back out" style="grid-row: 7;' in drawn  # step 3 is decided on


def test_a_case_lights_its_step_and_ticks_those_before() -> None:
    drawn = flow_chart(Reader(), process("2.3"), begin("2.3").until(3).case)
    assert drawn.count("step is-done") == 3
    assert drawn.count('aria-current="step"') == drawn.count("step is-current") == 1
    closed = flow_chart(Reader(), process("2.3"), begin("2.3").to_the_end().case)
    assert closed.count("step is-done") == 6
    assert "end is-done" in closed
