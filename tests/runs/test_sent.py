"""What a playbook really sent is held against what was approved, task by task."""

from __future__ import annotations

from typing import Any

import pytest

from controller.plans.plan import TaskPlan
from controller.playbooks.modules import Does
from controller.playbooks.result import TaskResult
from controller.runs.sent import Sent

DOES: dict[str, Does] = {"config": "predicts", "command": "reads", "shell": "runs"}
LINES = "interface gi0/1\ndescription Lab\nno shutdown"
OTHER = "Set it: no shutdown; interface gi0/1"
AGAIN = "Set it: interface gi0/1"


def sent(*planned: TaskPlan) -> Sent:
    return Sent(planned, lambda text: text.replace("hunter2", "⟦redacted⟧"), _does)


def _does(_task: str, module: str) -> Does:
    return DOES[module]


def task(effect: Any = "changes", lines: str = LINES, module: str = "config") -> TaskPlan:
    return TaskPlan(task="Set it", module=module, effect=effect, lines=lines)


def result(status: Any = "changed", lines: str = "", module: str = "config") -> TaskResult:
    return TaskResult(1, "sw1", "Set it", module, status, lines=lines)


@pytest.mark.parametrize(
    ("planned", "came", "stray"),
    [
        (task(), result(lines=LINES), ""),
        # What stands already is not sent again.
        (task(), result(lines="interface gi0/1\nno shutdown"), ""),
        (task(), result("ok"), ""),
        (task(), result(lines=LINES + "\nno logging"), "Set it: no logging"),
        # Approved lines in another order do something else.
        (task(), result(lines="no shutdown\ninterface gi0/1"), OTHER),
        (task("same", ""), result(lines="no logging"), "Set it: no logging"),
        (task("skipped", ""), result(lines="no logging"), "Set it: no logging"),
        # Saving sends no lines of a configuration.
        (task("same", ""), result(), ""),
        (task("reads", "", "command"), result("ok", module="command"), ""),
        (task("skipped", "", "shell"), result("ok", module="shell"), "Set it (shell)"),
        (task("skipped", "", "shell"), result("skipped", module="shell"), ""),
        (task("not-predictable", "", "shell"), result(module="shell"), ""),
        (task(lines="username a secret ⟦redacted⟧"), result(lines="username a secret hunter2"), ""),
    ],
)  # fmt: skip
def test_one_task(planned: TaskPlan, came: TaskResult, stray: str) -> None:
    assert sent(planned).stray(came) == stray


def test_a_task_that_comes_once_more_was_not_approved() -> None:
    once = sent(task())
    assert once.stray(result(lines=LINES)) == ""
    assert once.stray(result(lines=LINES)) == AGAIN


def test_a_task_nobody_planned() -> None:
    assert sent().stray(result("ok", module="shell")) == "Set it (shell)"
    assert sent().stray(result("ok")) == ""
