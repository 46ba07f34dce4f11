"""Real playbooks by the real Ansible on devices of the lab: minutes in all, so `make journeys`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from controller.connections import pins
from controller.connections.ansible import processes
from controller.connections.ansible.run import AnsibleEnd, AnsibleWork, run_playbook
from controller.connections.ansible.work import State
from controller.errors import InputError
from controller.playbooks.result import TaskResult
from tests.connections.ansible.playing import SECRETS, work_on
from tests.connections.switch import Switch
from tests.rules.tree import ROOT

pytestmark = pytest.mark.slow
pytest.importorskip("ansible_runner")

LOOK = """\
- hosts: all
  gather_facts: false
  tasks:
    - name: Say a secret
      ansible.builtin.debug:
        msg: "{{ ansible_password }} {{ key }} {{ where }}"
    - name: Say it to nobody
      ansible.builtin.debug: {msg: "{{ key }}"}
      no_log: true
    - name: Place
      PLATFORM_config:
        lines: ["snmp-server location {{ where }}", "snmp-server community {{ key }} MODE"]
"""
LONG = """\
- hosts: all
  gather_facts: false
  tasks:
    - name: Place after place
      cisco.ios.ios_config:
        lines: ["snmp-server location Place-{{ item }}"]
      loop: "{{ range(1, 200) | list }}"
"""
MODULES = {"cisco_ios": "cisco.ios.ios", "arista_eos": "arista.eos.eos"}
WHERE = "Room {{ 6 * 7 }} ห้อง"


def look(switch: Switch, *, check: bool) -> AnsibleWork:
    """A playbook that sets two lines."""
    # As the device writes it afterwards, so that the second time there is nothing to do.
    mode = "RO" if switch.platform == "cisco_ios" else "ro"
    text = LOOK.replace("PLATFORM", MODULES[switch.platform]).replace("MODE", mode)
    parameters = {"where": WHERE, "key": "⟦secret:snmp_ro⟧"}
    return work_on([switch], text, parameters=parameters, check=check)


def played(work: AnsibleWork) -> tuple[list[TaskResult], AnsibleEnd]:
    """The results and the end."""
    results: list[TaskResult] = []
    return results, run_playbook(work, results.append, lambda: False)


def test_what_check_mode_tells_is_what_is_sent(switch: Switch) -> None:
    """Twice: first predicted and nothing done, then done; no secret is told, none is left."""
    before = switch.lab.running()
    predicted, end = played(look(switch, check=True))
    assert (end.state, end.devices) == ("finished", {switch.lab.name: "ok"}), end
    assert WHERE not in switch.lab.running()
    assert predicted[2].status == "changed"
    done, end = played(look(switch, check=False))
    assert end.devices == {switch.lab.name: "ok"}, end
    assert done[2].lines == predicted[2].lines
    assert f"snmp-server location {WHERE}" in done[2].lines
    assert "⟦secret:snmp_ro⟧" in done[2].lines
    assert SECRETS["snmp_ro"] in switch.lab.running() != before
    for result in (*predicted, *done):
        told = result.lines + result.answer + result.task
        assert SECRETS["snmp_ro"] not in told
        assert switch.lab.password not in told
    assert "hidden" in done[1].answer
    assert not list((switch.folder / "ansible").iterdir())
    again, _ = played(look(switch, check=False))
    assert again[2].status == "ok"


def test_an_impostor_gets_no_password(switch: Switch) -> None:
    """The key it shows is not the pinned one: nothing is run on it."""
    kind: pins.Kind = "ssh" if switch.platform == "cisco_ios" else "tls"
    pins.check(switch.folder, switch.lab.name, kind, b"another device's key")
    results, end = played(look(switch, check=True))
    assert end.devices == {switch.lab.name: "failed"}
    assert [result.task for result in results] == ["connect"]
    assert "another key" in end.why[switch.lab.name].en


def test_what_ansible_cannot_read_is_said_with_its_place(ios: Switch) -> None:
    """By the file as the office knows it."""
    with pytest.raises(InputError, match=r"playbooks/test\.yml:") as refused:
        played(work_on([ios], "- hosts: [all\n"))
    assert str(ios.folder) not in refused.value.message.en


@pytest.mark.parametrize(("seconds", "state"), [(600.0, "stopped"), (6.0, "timed-out")])
def test_it_stops_when_told_and_when_its_time_is_over(
    ios: Switch, seconds: float, state: State
) -> None:
    """Within two seconds; what was begun is not well; nothing more is sent afterwards."""
    began = time.monotonic()
    asked: list[float] = []

    def stop() -> bool:
        if seconds > 60 and "Place-2" in ios.lab.running():
            asked.append(time.monotonic())
        return bool(asked)

    end = run_playbook(work_on([ios], LONG, timeout=seconds), lambda _: None, stop)
    took = time.monotonic() - (asked[0] if asked else began + seconds)
    assert (end.state, end.devices) == (state, {ios.lab.name: "failed"})
    assert took < 2.0
    assert_quiet([ios])


@pytest.mark.parametrize("killed", ["parent", "child"])
def test_nothing_of_ansible_survives_a_kill(ios: Switch, killed: str) -> None:
    """`kill -9` in the middle: two seconds later nobody is left to touch the device."""
    told = {"name": ios.lab.name, "address": ios.lab.address, "port": ios.lab.port}
    told |= {"password": ios.lab.password, "folder": str(ios.folder), "playbook": LONG}
    script = [sys.executable, "-m", "tests.connections.ansible.playing"]
    parent = subprocess.Popen(
        script, stdin=subprocess.PIPE, cwd=ROOT, text=True, stderr=subprocess.DEVNULL
    )
    try:
        assert parent.stdin is not None
        parent.stdin.write(json.dumps(told))
        parent.stdin.close()
        _wait_for("Place-3", ios)
        (token,) = [folder.name for folder in (ios.folder / "ansible").iterdir()]
        assert len(list(marked(token))) >= 3
        os.kill(parent.pid if killed == "parent" else _child(token), signal.SIGKILL)
        died = time.monotonic()
        while list(marked(token)):
            assert time.monotonic() < died + 2.0
            time.sleep(0.02)
        assert_quiet([ios])
    finally:
        parent.kill()
        parent.wait()
    # What it left lying goes with the next run.
    played(work_on([ios], "- {hosts: all, gather_facts: false, tasks: []}\n"))
    assert not list((ios.folder / "ansible").iterdir())


def marked(token: str) -> Iterator[int]:
    """The living processes of a run."""
    return processes.marked(token)


def _child(token: str) -> int:
    (pid,) = [
        pid
        for pid in marked(token)
        if b"connections.ansible.child" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    return pid


def _wait_for(words: str, switch: Switch) -> None:
    deadline = time.monotonic() + 60
    while words not in switch.lab.running():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def assert_quiet(switches: Sequence[Switch]) -> None:
    """No line reaches them any more."""
    before = [switch.lab.running() for switch in switches]
    time.sleep(2.5)
    assert [switch.lab.running() for switch in switches] == before
