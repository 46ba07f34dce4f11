"""Who runs playbooks for a run of a plan: Ansible behind a small interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from controller.errors import InputError, Text
from controller.plans.plan import PlaybookRun, Tool
from controller.playbooks.following import ShareEnd
from controller.playbooks.result import TaskResult
from controller.workspace.load import Workspace


@dataclass(frozen=True)
class Play:
    """One start of Ansible.

    `files` are the bytes that run, by path relative to the workspace: nothing is read from disk
    any more. `devices` are all that Ansible is told of, `limit` those it works on. `check` only
    looks. At most `seconds` long.
    """

    playbook: str
    files: Mapping[str, bytes]
    parameters: tuple[tuple[str, str | int | bool | tuple[str, ...]], ...]
    devices: tuple[str, ...]
    limit: tuple[str, ...]
    check: bool
    seconds: float


class Player(Protocol):
    """Ansible, as this installation has it."""

    def tools(self) -> tuple[Tool, ...]:
        """What is installed: ansible-core and the collections, by name. Errors: `InputError`."""

    def inventory(self, workspace: Workspace, devices: tuple[str, ...]) -> str:
        """SHA-256 of what Ansible is told of these devices. Errors: `InputError`."""

    def play(
        self,
        workspace: Workspace,
        work: Play,
        on_result: Callable[[TaskResult], None],
        stop: Callable[[], bool],
    ) -> ShareEnd:
        """Run it, telling each result as it comes; once `stop` says so nothing goes on.

        When this returns, or this process has died, nothing of it touches a device any more.
        Errors: `InputError` when it cannot even begin.
        """


def no_player() -> Player:
    """For whoever has none. Errors: always `InputError`."""
    raise InputError(Text(th="ที่นี่รันเพลย์บุ๊กไม่ได้", en="no playbook can be run here"))


def outdated(
    player: Player, workspace: Workspace, run: PlaybookRun, devices: tuple[str, ...]
) -> tuple[Text, ...]:
    """What is not any more as it was when the plan was made, beside its files; empty when all is.

    Errors: `InputError` without Ansible.
    """
    now = {tool.name: tool.version for tool in player.tools()}
    found = [
        Text(
            th=f"รุ่นของ {tool.name} เปลี่ยนไปหลังวางแผน: {tool.version} → {now.get(tool.name, '-')}",
            en=f"{tool.name} is another one since the plan: "
            f"{tool.version} → {now.get(tool.name, '-')}",
        )
        for tool in run.tools
        if now.get(tool.name) != tool.version
    ]
    if player.inventory(workspace, devices) != run.inventory:
        found.append(
            Text(
                th="ข้อมูลอุปกรณ์ที่บอก Ansible (ทะเบียน ตัวแปร หรือกลุ่ม) เปลี่ยนไปหลังวางแผน",
                en="what Ansible is told of the devices (inventory, variables, groups) "
                "has changed since the plan",
            )
        )
    return tuple(found)
