"""The whole road with Ansible itself: check mode, plan, approval, run and back, in the lab."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from controller.connections.ansible.tools import tools
from controller.operations.plan_playbook import plan_playbook
from controller.plans.plan import Accepted, Plan
from controller.store import playbook_runs
from tests.runs.conftest import Stage
from tests.runs.lab import LabDevice, wait_until
from tests.runs.play_carrier import player_of
from tests.runs.played import write_playbooks
from tests.runs.scene import ENGINEER, Scene, edit
from tests.runs.test_apply import carried_out
from tests.runs.test_restore import opened

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(tools() is None, reason="the extra `playbooks` is not installed"),
]
HERE = Path(__file__).resolve().parents[2]
ROLE = "playbooks/roles/rooms/tasks/main.yml"


def plan_of(scene: Scene, room: str = "Library") -> Plan:
    """The plan, made with Ansible; who plays is left in the scene."""
    with opened(scene) as context:
        scene.player = context.player()
        return plan_playbook(context, ENGINEER, "rooms", "all", {"room": room})


def named(device: LabDevice) -> bool:
    """Whether the port has the name the playbook gives it."""
    return "description Library" in device.running()


def test_from_check_mode_to_the_devices_and_back(stage: Stage) -> None:
    scene = stage(ios=1, eos=1)
    write_playbooks(scene.root)
    before = {d.name: d.running() for d in scene.devices}
    plan = plan_of(scene)
    assert {d.name: d.running() for d in scene.devices} == before
    diffs = {one.device: one.diff for one in plan.devices}
    assert sorted(diffs.values()) == [
        "+interface Ethernet1\n+ description Library",
        "+interface GigabitEthernet0/1\n+ description Library",
    ], plan
    number = scene.approved_plan(plan)
    run = carried_out(scene, number)
    assert {row.state for row in scene.rows(run).values()} == {"confirmed"}, scene.rows(run)
    assert all(named(d) and d.startup() == d.running() for d in scene.devices)
    with scene.store.read() as conn:
        kept = playbook_runs.results(conn, run)
    assert {one.device for one in kept if one.status == "changed"} == set(before)
    again = plan_of(scene)
    assert [left.why for left in again.left_out] == ["unchanged", "unchanged"], again
    back = carried_out(scene, number, "rollback")
    assert {row.state for row in scene.rows(back).values()} == {"confirmed"}
    assert {d.name: d.running() for d in scene.devices} == before


def test_a_task_that_hides_what_it_does_and_one_that_fails(stage: Stage) -> None:
    scene = stage(ios=1)
    write_playbooks(scene.root)
    (device,) = scene.devices
    role = scene.root / ROLE
    role.write_text(
        role.read_text()
        + '- name: Bounce\n  cisco.ios.ios_command:\n    commands: ["clear counters"]\n'
    )
    plan = plan_of(scene)
    assert {reason.check for _, reason in plan.refusals()} == {"not_predictable"}, plan
    edit(role, '["clear counters"]', '["show nonsense"]')
    (left,) = plan_of(scene).left_out
    assert (left.device, left.why) == (device.name, "refused")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_process_that_dies_or_freezes_takes_its_ansible_with_it(
    how: signal.Signals, stage: Stage
) -> None:
    """Between two tasks: the second never reaches the device, and nobody begins again."""
    scene = stage(ios=1)
    write_playbooks(scene.root)
    (device,) = scene.devices
    role = scene.root / ROLE
    role.write_text(
        role.read_text()
        + "- name: Wait\n  ansible.builtin.pause: {seconds: 25}\n"
        + '- name: The end\n  cisco.ios.ios_config: {lines: ["ntp server 10.9.9.9"]}\n'
    )
    with opened(scene) as context:
        accepted = (Accepted(check="not_predictable", why="ทดสอบ"),)
        plan = plan_playbook(context, ENGINEER, "rooms", "all", {"room": "Library"}, accepted)
    number = scene.approved_plan(plan)
    before = device.commits()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.runs.play_carrier", str(scene.root), number], cwd=HERE
    )
    try:
        wait_until(lambda: named(device), "the first task on the device")
        process.send_signal(how)
        scene.player = player_of(scene)
        run = carried_out(scene, number)
        assert scene.rows(run)[device.name].state == "unknown"
        # Well past the moment at which the second task would have come.
        time.sleep(27.0)
    finally:
        process.kill()
        process.wait()
    assert "10.9.9.9" not in device.running()
    assert device.commits() == before
    with scene.engine() as engine:
        engine.verify(number, ENGINEER)
    back = carried_out(scene, number, "rollback")
    assert scene.rows(back)[device.name].state == "confirmed"
    assert not named(device)
