"""The flow chart says what the data says, and nothing in a name can draw."""

from __future__ import annotations

import re

import pytest

from controller.processes.flow import mermaid
from controller.processes.manual import MANUAL
from tests.processes.walker import NUMBERS, begin

BOX = re.compile(r'^  (\w+)(\(\[|\[\[|\[/|\[|\{)"([^"]*)"(\]\)|\]\]|/\]|\]|\})$')
ARROW = re.compile(r'^  (\w+) (-->|-\.->)(?:\|"([^"]*)"\|)? (\w+)$')


def drawn(text: str) -> tuple[dict[str, str], set[tuple[str, str, str]], dict[str, str]]:
    """Boxes by name, arrows with their words, classes; every line must be one of these."""
    boxes: dict[str, str] = {}
    arrows: set[tuple[str, str, str]] = set()
    classes: dict[str, str] = {}
    first, *lines = text.splitlines()
    assert first == "flowchart TD"
    for line in lines:
        if box := BOX.match(line):
            boxes[box[1]] = box[3]
        elif arrow := ARROW.match(line):
            arrows.add((arrow[1], arrow[3] or "", arrow[4]))
        elif line.startswith("  class "):
            _, name, state = line.split()
            classes[name] = state
        else:
            assert line.startswith("  classDef "), line
    return boxes, arrows, classes


@pytest.mark.parametrize("number", NUMBERS)
def test_every_step_and_every_way_is_drawn(number: str) -> None:
    process = MANUAL.process(number)
    boxes, arrows, classes = drawn(mermaid(process))
    assert list(boxes) == ["start", *(f"s{i + 1}" for i in range(len(process.steps))), "finish"]
    assert not classes
    for index, step in enumerate(process.steps):
        here = f"s{index + 1}"
        assert boxes[here] == f"{index + 1}. {step.name}"
        onward = f"s{index + 2}" if index + 1 < len(process.steps) else "finish"
        ways = {(words, to) for name, words, to in arrows if name == here}
        if step.kind == "approve":
            back = f"s{process.returns_to(index) + 1}"
            assert ways == {("อนุมัติ", onward), ("ส่งกลับแก้ไข", back), ("ไม่อนุมัติ", "finish")}
        else:
            assert ways == {("", onward)}


def test_the_current_step_is_lit() -> None:
    case = begin("3.1").until(3).case
    _, _, classes = drawn(mermaid(MANUAL.process("3.1"), case))
    states = ["done", "done", "done", "current", "waiting", "waiting"]
    assert classes == {f"s{i + 1}": state for i, state in enumerate(states)}


def test_a_name_cannot_draw() -> None:
    process = MANUAL.process("2.3")
    evil = 'ก"] --> s9; click s1 "x"\n%% <b>&`\\#'
    steps = (process.steps[0].model_copy(update={"name": evil}), *process.steps[1:])
    text = mermaid(process.model_copy(update={"steps": steps, "name": evil}))
    boxes, arrows, _ = drawn(text)
    assert (boxes, arrows) != drawn(mermaid(process))[:2]
    assert len(boxes) == len(process.steps) + 2
    assert ("s1", "", "s9") not in arrows
    assert not set(boxes["s1"]) & set('"<>`\\')
    assert boxes["s1"].startswith("1. ก#34;]")
    assert boxes["s1"].endswith("#38;#96;#92;#35;")
