"""An Ansible that only pretends, so that no test waits for the real one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from controller.connections.ansible import run, tools
from controller.connections.ansible.run import AnsibleEnd, AnsibleWork
from controller.connections.ansible.tools import InstalledTool
from controller.playbooks.result import TaskResult

PLAYBOOK = """\
- name: What they say
  hosts: all
  gather_facts: false
  tasks:
    - name: Show the version
      cisco.ios.ios_command:
        commands: [show version]
"""
CHANGING = PLAYBOOK.replace("ios_command", "ios_config").replace("commands", "lines")
META = """\
title: {{th: ดูรุ่น, en: Show versions}}
purpose: {{th: ดูรุ่นของอุปกรณ์, en: See what runs on the devices}}
risk: {risk}
platforms: [cisco_ios]
parameters:
  vlan: {{kind: vlan, th: วีแลน, en: VLAN, default: 20}}
  key: {{kind: secret, th: รหัสลับ, en: Secret, default: snmp_ro}}
"""


@dataclass
class Guest:
    """Says of each device what it is told to; `never`: it goes on at this device until stopped."""

    says: dict[str, str] = field(default_factory=dict)
    never: str = ""
    works: list[AnsibleWork] = field(default_factory=list)
    before: Callable[[str], None] = lambda _: None

    def run(
        self,
        work: AnsibleWork,
        on_result: Callable[[TaskResult], None],
        stop: Callable[[], bool],
    ) -> AnsibleEnd:
        """As `run_playbook`."""
        self.works.append(work)
        ends: dict[str, Any] = {}
        for number, device in enumerate(sorted(work.targets), 1):
            self.before(device)
            while device == self.never and not stop():
                time.sleep(0.005)
            if stop():
                return AnsibleEnd("stopped", {**dict.fromkeys(work.targets, "not-run"), **ends})
            status: Any = self.says.get(device, "ok")
            on_result(
                TaskResult(number, device, "Show the version", "cisco.ios.ios_command", status)
            )
            ends[device] = status if status in ("failed", "unreachable") else "ok"
        return AnsibleEnd("finished", ends)


def hired(monkeypatch: pytest.MonkeyPatch) -> Guest:
    """The guest in Ansible's place."""
    guest = Guest()
    monkeypatch.setattr(run, "run_playbook", guest.run)
    monkeypatch.setattr(tools, "tools", lambda: (InstalledTool("ansible-core", "2.19"),))
    return guest


def write_playbooks(root: Path) -> None:
    """A workspace with two playbooks, one that reads and one that changes, and its secrets."""
    folder = root / "playbooks"
    folder.mkdir(exist_ok=True)
    (folder / "versions.yml").write_text(PLAYBOOK, encoding="utf-8")
    (folder / "versions.meta.yaml").write_text(META.format(risk="read"), encoding="utf-8")
    (folder / "changes.yml").write_text(CHANGING, encoding="utf-8")
    changing = META.format(risk="change") + 'process: "2.3"\n'
    (folder / "changes.meta.yaml").write_text(changing, encoding="utf-8")
    for name in ("password", "snmp_ro"):
        secret = root / "var" / "lab" / name
        secret.parent.mkdir(parents=True, exist_ok=True)
        secret.write_text("nobody-knows", encoding="ascii")
