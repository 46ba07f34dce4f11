"""What check mode told becomes what would happen; nothing is guessed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from controller.playbooks.modules import Does
from controller.playbooks.predicting import (
    Effect,
    Foretold,
    Told,
    asks_for_check_mode,
    effect_of,
    foretell,
)
from controller.playbooks.predicting import does_of as known_does
from controller.playbooks.result import TaskResult
from controller.playbooks.tasks import Task

DOES: dict[str, Does] = {
    "cisco.ios.ios_config": "predicts",
    "cisco.ios.ios_facts": "reads",
    "ansible.builtin.command": "runs",
}
SAVED = "Skipping command `copy running-config startup-config` due to check_mode"


def does_of(_task: str, module: str) -> Does:
    return DOES[module]


def result(module: str = "cisco.ios.ios_config", **more: Any) -> TaskResult:
    told: dict[str, Any] = {
        "number": 1, "device": "sw1", "task": "Set it", "module": module, "status": "ok",
    }  # fmt: skip
    return TaskResult(**(told | more))


@pytest.mark.parametrize(
    ("told", "effect"),
    [
        (result(status="changed", lines="vlan 30"), "changes"),
        (result(), "same"),
        (result("cisco.ios.ios_facts"), "reads"),
        (result(status="skipped"), "skipped"),
        # It would change something, and does not say what.
        (result(status="changed"), "not-predictable"),
        # Only the saving of what runs, which is no change of it.
        (result(status="changed", answer=SAVED), "same"),
        # No check mode, whatever it claims.
        (result(status="skipped", predicted=False), "not-predictable"),
        (result("cisco.ios.ios_facts", predicted=False), "not-predictable"),
        (result("ansible.builtin.command"), "not-predictable"),
        (result("ansible.builtin.command", status="changed", lines="x"), "not-predictable"),
    ],
)
def test_effect(told: TaskResult, effect: Effect) -> None:
    assert effect_of(told, does_of(told.task, told.module)) == effect


def test_devices_are_told_apart_and_tasks_stay_in_order() -> None:
    found = foretell(
        [
            result(status="changed", lines="vlan 30\n"),
            result(device="sw2"),
            result(task="", status="changed", lines="ntp server 10.0.0.1"),
        ],
        does_of,
    )
    module = "cisco.ios.ios_config"
    assert found == {
        "sw1": Foretold(
            (
                Told("Set it", module, "changes", "vlan 30"),
                Told(module, module, "changes", "ntp server 10.0.0.1"),
            )
        ),
        "sw2": Foretold((Told("Set it", module, "same"),)),
    }
    assert found["sw1"].changes
    assert not found["sw2"].changes


def test_a_task_that_fails_says_so_and_one_that_may_fail_is_not_predictable() -> None:
    assert foretell([result(status="failed", answer="no such\n  port")], does_of)["sw1"] == (
        Foretold((), failed="Set it: no such port")
    )
    gone = foretell([result(status="unreachable", answer="timed out")], does_of)["sw1"]
    assert gone.unreachable == "timed out"
    (task,) = foretell([result(status="failed", ignored=True)], does_of)["sw1"].tasks
    assert task.effect == "not-predictable"


def test_a_name_taken_for_a_secret_is_known_all_the_same() -> None:
    tasks = [
        Task(1, "", "No password of the old kind", "ansible.builtin.assert", None, 1, "a.yml",
             does="reads"),
        Task(2, "", "No password at all", "cisco.ios.ios_config", None, 1, "a.yml",
             does="predicts"),
    ]  # fmt: skip
    does = known_does(SimpleNamespace(tasks=tasks))  # type: ignore[arg-type]
    assert does("No password ⟦redacted⟧", "ansible.builtin.assert") == "reads"
    assert does("No password ⟦redacted⟧", "cisco.ios.ios_config") == "predicts"
    assert does("Some ⟦redacted⟧", "cisco.ios.ios_config") == "runs"
    assert does("No password ⟦redacted⟧", "cisco.ios.ios_command") == "runs"


def test_a_file_that_asks_whether_it_is_looked_at_is_found() -> None:
    hidden = b"- hosts: all\n  tasks:\n    - when: not ansible_check_mode\n"
    assert asks_for_check_mode("playbooks/x.yml", hidden) == "playbooks/x.yml:3"
    assert asks_for_check_mode("playbooks/x.yml", b"- hosts: all\n") == ""
