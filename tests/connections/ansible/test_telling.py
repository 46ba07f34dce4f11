"""From an event of Ansible to the result of a task."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from controller.connections.ansible.ending import Ending
from controller.connections.ansible.telling import task_result
from controller.connections.ansible.work import AnsibleWork
from controller.connections.hiding import Hiding
from controller.errors import InputError, StoreError
from controller.platforms.registry import PLATFORMS
from controller.playbooks.result import TaskResult
from tests.connections.ansible.test_prepared import work

HIDING = Hiding(PLATFORMS["cisco_ios"], {"snmp_ro": "kept-between-us-7"}, ("opens-all-doors",))
OK, FAILED, SKIPPED = "runner_on_ok", "runner_on_failed", "runner_on_skipped"


def event(name: str = OK, **more: Any) -> dict[str, Any]:
    """What the child tells of a task."""
    return {
        "kind": "task",
        "event": name,
        "host": "sw1",
        "task": "Set it",
        "task_action": "ios_config",
        "resolved_action": "cisco.ios.ios_config",
        "end": "2026-11-28T04:00:00+00:00",
        "duration": 1.5,
        **more,
    }


def told(*, check: bool = False, **more: Any) -> TaskResult:
    """The result of such an event."""
    return task_result(event(**more), 1, HIDING, check=check)


def test_commands_are_the_lines() -> None:
    """Before a difference; without the secrets; the module by its full name."""
    result = told(
        res={
            "changed": True,
            "commands": ["snmp-server community kept-between-us-7 RO", "ntp server 192.0.2.1"],
            "diff": {"prepared": "+ something else"},
        }
    )
    assert result.lines.splitlines() == [
        "snmp-server community ⟦secret:snmp_ro⟧ RO",
        "ntp server 192.0.2.1",
    ]
    assert (result.status, result.module) == ("changed", "cisco.ios.ios_config")
    assert (result.seconds, result.at is not None) == (1.5, True)


def test_a_difference_is_shown_where_no_commands_are_told() -> None:
    """As lines with signs."""
    change = {"changed": True, "diff": [{"before": "a\nb", "after": "a\nc"}]}
    assert told(res=change).lines.splitlines()[-2:] == ["-b", "+c"]


def test_the_parts_of_a_loop_stand_one_below_the_other() -> None:
    """Of each its own lines."""
    parts = [{"changed": True, "commands": [f"vlan {n}"]} for n in (10, 20)]
    assert told(res={"changed": True, "results": parts}).lines == "vlan 10\nvlan 20"


@pytest.mark.parametrize(
    ("name", "result"),
    [
        (SKIPPED, {"stdout": '{"msg": "remote module (x) does not support check mode"}'}),
        (OK, {"res": {"warnings": ["Only show commands are supported when using check mode"]}}),
        (SKIPPED, {"stdout": '{"msg": "Command would have run if not in check mode"}'}),
    ],
)
def test_what_check_mode_cannot_tell_is_not_predicted(name: str, result: Mapping[str, Any]) -> None:
    """And only in check mode."""
    assert not task_result(event(name, **result), 1, HIDING, check=True).predicted
    assert task_result(event(name, **result), 1, HIDING, check=False).predicted


def test_a_condition_that_does_not_hold_is_predicted() -> None:
    """Its task would be skipped then too."""
    result = told(
        check=True, name=SKIPPED, stdout='{"skip_reason": "Conditional result was False"}'
    )
    assert (result.status, result.predicted) == ("skipped", True)
    assert result.answer == "Conditional result was False"


def test_nothing_secret_is_in_an_answer() -> None:
    """Not a password, not a secret, not what the platform knows to be one."""
    said = "enable secret 5 $1$abcd$efghijklmnopqrstuvwxyz0\nopens-all-doors kept-between-us-7"
    answer = told(name=FAILED, res={"msg": said}).answer
    for secret in ("$1$abcd", "opens-all-doors", "kept-between-us-7"):
        assert secret not in answer


def test_no_log_hides_everything() -> None:
    """Also the lines."""
    result = told(res={"censored": "the output has been hidden", "changed": True})
    assert (result.lines, result.answer) == ("", "the output has been hidden")


def ending(tmp_path: Path, **more: Any) -> Ending:
    """The ending of a run on one device."""
    made: AnsibleWork = work(tmp_path, **more)
    return Ending(made, tmp_path)


def test_a_device_that_was_begun_and_not_ended_is_not_well(tmp_path: Path) -> None:
    """`not-run` is said only of one on which no task was begun."""
    stopped = ending(tmp_path)
    stopped.hear({"kind": "begun", "host": "sw1"})
    stopped.ended_by = "stopped"
    assert stopped.end().devices == {"sw1": "failed"}
    untouched = ending(tmp_path)
    untouched.ended_by = "stopped"
    assert untouched.end().devices == {"sw1": "not-run"}


def test_a_failure_that_was_made_good_is_none(tmp_path: Path) -> None:
    """Ansible's own count decides, when it came to the end."""
    rescued = ending(tmp_path)
    rescued.hear(event(FAILED, res={"msg": "no"}))
    rescued.hear({"kind": "end", "rc": 0, "stats": {"processed": {"sw1": 1}}})
    end = rescued.end()
    assert (end.state, end.devices, end.why) == ("finished", {"sw1": "ok"}, {})


def test_a_child_that_was_killed_leaves_nothing_well(tmp_path: Path) -> None:
    """It never told how it ended."""
    killed = ending(tmp_path)
    killed.hear({"kind": "begun", "host": "sw1"})
    killed.hear(event(res={}))
    end = killed.end()
    assert (end.state, end.devices) == ("failed", {"sw1": "failed"})
    assert end.note is not None


def test_a_playbook_that_cannot_be_read_is_your_move(tmp_path: Path) -> None:
    """The words of Ansible, with the place in the workspace."""
    broken = ending(tmp_path)
    broken.hear({"kind": "words", "text": f"Origin: {tmp_path}/playbooks/look.yml:2:15"})
    broken.hear({"kind": "end", "rc": 4, "stats": None})
    with pytest.raises(InputError, match=r"Origin: playbooks/look\.yml:2:15"):
        broken.end()


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    """Whoever found it: the child, or Ansible."""
    with pytest.raises(StoreError, match="the disk is full"):
        ending(tmp_path).hear({"kind": "trouble", "errno": 28, "detail": "x"})
    found = ending(tmp_path)
    found.hear({"kind": "words", "text": "OSError: [Errno 28] No space left on device"})
    found.hear({"kind": "end", "rc": 250, "stats": None})
    with pytest.raises(StoreError, match="the disk is full"):
        found.end()


def test_an_impostor_fails_and_a_silent_device_is_unreachable(tmp_path: Path) -> None:
    """Each told as a result, so that whoever watches sees it."""
    away = ending(tmp_path)
    seen = away.hear({"kind": "away", "device": "sw1", "trouble": "identity", "detail": "pinned a"})
    assert seen is not None
    assert seen.status == "unreachable"
    assert "another key" in seen.answer
    away.hear({"kind": "end", "rc": 0, "stats": {}})
    assert away.end().devices == {"sw1": "failed"}
    silent = ending(tmp_path)
    silent.hear({"kind": "away", "device": "sw1", "trouble": "timeout", "detail": ""})
    silent.hear({"kind": "end", "rc": 0, "stats": {}})
    assert silent.end().devices == {"sw1": "unreachable"}
