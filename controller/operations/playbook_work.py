"""What Ansible is given to run a playbook of the workspace on devices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from controller.inventory.device import Device
from controller.operations.context import Context
from controller.playbooks.catalogue import Playbook
from controller.playbooks.inventory import ansible_inventory
from controller.playbooks.meta import Meta
from controller.playbooks.parameter import Value
from controller.workspace.playbooks import playbook_bytes

if TYPE_CHECKING:
    from controller.connections.ansible.run import AnsibleWork


def playbook_work(
    context: Context,
    playbook: Playbook,
    devices: Sequence[Device],
    parameters: Sequence[tuple[str, Value]],
    *,
    check: bool,
    seconds: float,
) -> AnsibleWork:
    """The work, with exactly the files the catalogue has and every secret resolved, in memory.

    Errors: `StalePlan` when a file changed since the catalogue was read; `InputError` for a secret
    that is not there.
    """
    from controller.connections.ansible.run import AnsibleWork

    settings = context.settings
    return AnsibleWork(
        files=playbook_bytes(context.root, playbook),
        playbook=playbook.path,
        inventory=ansible_inventory(
            context.inventory(),
            devices,
            username=settings.credentials.username,
            secrets=tuple(settings.secrets),
            enable=settings.credentials.enable_password is not None,
        ),
        targets={device.name: context.target(device.name) for device in devices},
        folder=context.folder,
        secrets=context.secrets(),
        parameters={name: _told(playbook.meta, name, value) for name, value in parameters},
        check=check,
        forks=settings.playbooks.forks,
        timeout=seconds,
    )


def require_ansible() -> None:
    """Pass where playbooks can be run. Errors: `InputError`, saying how to get Ansible."""
    from controller.connections.ansible.tools import missing, tools

    if tools() is None:
        raise missing()


def _told(meta: Meta, name: str, value: Value) -> Value:
    """A parameter as Ansible is to have it: of a secret only the reference leaves this place."""
    if meta.parameters[name].kind != "secret" or not value:
        return value
    if isinstance(value, tuple):
        return tuple(f"⟦secret:{one}⟧" for one in value)
    return f"⟦secret:{value}⟧"
