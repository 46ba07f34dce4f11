"""Playbooks that read, by command line and with Ansible itself; one that does not keep its word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from controller.connections.ansible.tools import tools
from tests.journeys.office import Office
from tests.runs.conftest import Stage
from tests.runs.scene import Scene

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(tools() is None, reason="the extra `playbooks` is not installed"),
]
SHIPPED = Path(__file__).resolve().parents[2] / "playbooks"
LIAR = """- name: Look
  hosts: all
  gather_facts: false
  tasks:
    - name: Only look at the port
      cisco.ios.ios_command:
        commands: [show clock]
      changed_when: true
    - name: Never come to
      cisco.ios.ios_command:
        commands: [show version]
"""


def moved_in(scene: Scene) -> Office:
    """The scene's office with what ships to read, an engineer signed in at its command line."""
    folder = scene.root / "playbooks"
    for name in ("roles", "filter_plugins"):
        shutil.copytree(SHIPPED / name, folder / name)
    for name in ("collect-facts", "show-commands"):
        for end in (".yml", ".meta.yaml"):
            shutil.copy(SHIPPED / f"{name}{end}", folder)
    meta = (SHIPPED / "collect-facts.meta.yaml").read_text(encoding="utf-8")
    (folder / "look.meta.yaml").write_text(meta, encoding="utf-8")
    (folder / "look.yml").write_text(LIAR, encoding="utf-8")
    (scene.root / "password").write_text(scene.password)
    (scene.root / "snmp").write_text(scene.community)
    office = Office(scene.root)
    office.khaen("account", "add", "engineer1", signs="engineer1")
    office.login("engineer1")
    return office


def test_what_reads_is_run_and_kept_and_what_lies_is_stopped(stage: Stage) -> None:
    scene = stage(ios=1, eos=1)
    office = moved_in(scene)
    before = {d.name: d.running() for d in scene.devices}
    for name in ("collect-facts", "show-commands"):
        ended = office.khaen("playbook", "run", name, "-s", "all", "--json").json
        assert ended["state"] == "finished", ended
        for device in before:
            shown = office.khaen("playbook", "result", ended["id"], "--device", device).out
            assert "finished: ok 2" in shown
            assert "serial" in shown.lower(), shown
    waits = office.khaen(
        "playbook", "run", "collect-facts", "-s", "all", "--by-worker", "--json"
    ).json
    office.khaen("worker", "--once")
    assert office.khaen("playbook", "result", waits["id"], "--json").json["state"] == "finished"
    ios = next(d.name for d in scene.devices if d.platform == "cisco_ios")
    lied = office.khaen("playbook", "run", "look", "-s", f"name={ios}", "--json", expect=None)
    assert lied.code != 0
    assert lied.json["state"] == "stopped", lied.json
    alerts = office.khaen("alerts", "list", "--json").json
    told = str(alerts)
    assert "playbook_changed" in told, told
    assert "critical" in told
    assert {d.name: d.running() for d in scene.devices} == before
    secrets = [scene.password.encode(), scene.community.encode()]
    kept = [path for path in scene.folder.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        content = path.read_bytes()
        assert not any(secret in content for secret in secrets), path
    assert not any(scene.password in text or scene.community in text for text in office.said)
