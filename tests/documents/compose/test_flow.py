"""The flow chart of every process, and where a case stands in it."""

from __future__ import annotations

import pytest

from controller.documents.blocks import Document, Flow
from controller.documents.compose.flow import flow_chart
from controller.processes.case import Case
from controller.processes.manual import MANUAL
from tests.documents.compose import example
from tests.documents.compose.example import DAY, LOOK, OFFICE, event
from tests.documents.compose.reading import check_fit_to_print, printed

WALKED = example.case(
    step=3,
    events=(
        event(0, 0, "opened", "engineer1"),
        event(1, 0, "appointed", "engineer1"),
        event(3, 1, "submitted", "engineer1"),
        event(5, 2, "approved", "director"),
    ),
)


def chart(document: Document) -> Flow:
    (found,) = [block for block in document.blocks if isinstance(block, Flow)]
    return found


def made(number: str, case: Case | None = None) -> Document:
    return flow_chart(example.process(number), case, office=OFFICE, day=DAY, look=LOOK)


@pytest.mark.parametrize("number", [process.number for process in MANUAL.processes])
def test_every_process_is_drawn_with_the_way_back_of_its_approvals(number: str) -> None:
    document = made(number)
    check_fit_to_print(document)
    process = example.process(number)
    steps = chart(document).steps
    assert [s.text.split(" ", 1)[1] for s in steps] == [LOOK.words(s.name) for s in process.steps]
    assert [s.kind for s in steps] == [s.kind for s in process.steps]
    for index, step in enumerate(steps):
        back = process.returns_to(index) if step.kind == "approve" else None
        assert step.back_to == back
    assert {s.state for s in steps} == {"waiting"}


def test_a_case_lights_its_step_and_says_when_the_others_ended() -> None:
    document = made("2.3", WALKED)
    steps = chart(document).steps
    assert [s.state for s in steps] == ["done"] * 3 + ["current"] + ["waiting"] * 2
    assert steps[1].note == "๒๐ พ.ย. ๒๕๖๙ ๑๒:๐๐ น."
    assert steps[3].note == ""
    assert f"เรื่อง {WALKED.number} {WALKED.title}" in printed(document)
