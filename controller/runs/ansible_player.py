"""Ansible as the one who runs playbooks, given what this installation knows for one start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from controller.connections.ansible import run, tools
from controller.connections.ansible.work import AnsibleWork
from controller.connections.target import Target
from controller.plans.plan import Tool
from controller.playbooks.catalogue import Playbook
from controller.playbooks.following import ShareEnd
from controller.playbooks.inventory import ansible_inventory, inventory_sha256
from controller.playbooks.parameter import Value
from controller.playbooks.result import TaskResult
from controller.runs.player import Play
from controller.workspace.load import Workspace


@dataclass(frozen=True)
class AnsiblePlayer:
    """Runs playbooks with Ansible. `target` tells how a device is reached, `folder` is var."""

    target: Callable[[str], Target]
    secrets: Callable[[], Mapping[str, str]]
    folder: Path

    def tools(self) -> tuple[Tool, ...]:
        """What is installed, by name. Errors: `InputError` without Ansible."""
        found = tools.tools()
        if found is None:
            raise tools.missing()
        return tuple(Tool(name=tool.name, version=tool.version) for tool in found)

    def inventory(self, workspace: Workspace, devices: tuple[str, ...]) -> str:
        """SHA-256 of what Ansible is told of these devices."""
        return inventory_told(workspace, devices)

    def play(
        self,
        workspace: Workspace,
        work: Play,
        on_result: Callable[[TaskResult], None],
        stop: Callable[[], bool],
    ) -> ShareEnd:
        """As `Player.play`. Errors: `InputError` when nothing could begin, `StoreError`."""
        playbook = workspace.playbooks.known(work.playbook)
        end = run.run_playbook(
            AnsibleWork(
                files=work.files,
                playbook=playbook.path,
                inventory=_told(workspace, work.devices),
                targets={name: self.target(name) for name in work.limit},
                folder=self.folder,
                secrets=self.secrets(),
                parameters=_with_references(playbook, work.parameters),
                check=work.check,
                forks=workspace.settings.playbooks.forks,
                timeout=work.seconds,
            ),
            on_result,
            stop,
        )
        return ShareEnd(end.state, end.devices, end.note)


def inventory_told(workspace: Workspace, devices: tuple[str, ...]) -> str:
    """SHA-256 of what Ansible is told of these devices, the same on any machine."""
    return inventory_sha256(_told(workspace, devices))


def _told(workspace: Workspace, devices: tuple[str, ...]) -> dict[str, Any]:
    inventory, settings = workspace.inventory, workspace.settings
    wanted = set(devices)
    return ansible_inventory(
        inventory,
        [device for device in inventory.devices if device.name in wanted],
        username=settings.credentials.username,
        secrets=settings.secrets,
        enable=settings.credentials.enable_password is not None,
    )


def _with_references(
    playbook: Playbook, parameters: tuple[tuple[str, Value], ...]
) -> dict[str, Value]:
    """The parameters; of a secret, of which only the name is given, a reference."""
    kinds = {name: one.kind for name, one in playbook.meta.parameters.items()}
    return {
        name: _reference(value) if kinds.get(name) == "secret" else value
        for name, value in parameters
    }


def _reference(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(f"⟦secret:{name}⟧" for name in value)
    return f"⟦secret:{value}⟧" if value else value
