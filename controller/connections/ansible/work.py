"""What is to be run, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import SecretStr

from controller.connections.target import Target
from controller.errors import Text
from controller.playbooks.parameter import Value

Ended = Literal["ok", "failed", "unreachable", "not-run"]
State = Literal["finished", "failed", "stopped", "timed-out"]


@dataclass(frozen=True, kw_only=True)
class AnsibleWork:
    """One run of one playbook.

    `files` are the playbook and everything it needs, by path relative to the workspace
    (`playbooks/vlans.yml`), exactly as they are to run; `playbook` is the path of the one to start.
    `inventory` is what `playbooks.inventory.ansible_inventory` made, with references; `targets`
    (by name) are the devices it runs on: where they are really reached, and with which passwords.
    `secrets` are the values behind the references; a parameter whose value is
    `⟦secret:NAME⟧` gets the secret. Passwords of the targets need not be among them.
    `check`: check mode with differences, so that nothing is changed. `timeout` in seconds.
    `folder` is the var folder: the run's own private folder is made below it, and removed.
    """

    files: Mapping[str, bytes]
    playbook: str
    inventory: Mapping[str, Any]
    targets: Mapping[str, Target]
    folder: Path
    secrets: Mapping[str, SecretStr | str] = field(default_factory=dict)
    parameters: Mapping[str, Value] = field(default_factory=dict)
    check: bool = False
    forks: int = 20
    timeout: float = 1800.0


@dataclass(frozen=True)
class AnsibleEnd:
    """How it ended.

    `state`: `finished` when every task was done or tried, whatever came of the devices; `failed`
    when Ansible itself ended before that; `stopped` when `stop` asked for it; `timed-out`.
    `devices` holds every device of the work: `ok`, `failed`, `unreachable`, or `not-run` when not
    one task was begun on it. Of a run that did not finish, a device on which a task was begun is
    never `ok`. `why` says of devices what their trouble was, `note` what ended the run, when not
    everything is well. `told` is the last of what Ansible said on its own account; secrets removed.
    """

    state: Literal["finished", "failed", "stopped", "timed-out"]
    devices: Mapping[str, Ended]
    why: Mapping[str, Text] = field(default_factory=dict)
    note: Text | None = None
    told: str = ""
