"""A playbook on devices, through ansible-runner in a child that cannot outlive this process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from controller.connections.ansible.driving import Driving
from controller.connections.ansible.preparing import prepare, unwritable
from controller.connections.ansible.private import private_folders
from controller.connections.ansible.tools import missing, tools
from controller.connections.ansible.work import AnsibleEnd, AnsibleWork, Ended
from controller.errors import InputError, Text
from controller.playbooks.result import TaskResult

__all__ = ["AnsibleEnd", "AnsibleWork", "Ended", "run_playbook"]


def run_playbook(
    work: AnsibleWork, on_result: Callable[[TaskResult], None], stop: Callable[[], bool]
) -> AnsibleEnd:
    """Run it to its end; a failing device is told in the end, not raised.

    `on_result` is given the result of every task on every device while the run goes on, in the
    order they come, from the thread that called this. `stop` is asked several times a second:
    True ends everything at once (within two seconds nothing of Ansible is left).

    Errors: `InputError` without Ansible, for a playbook that is not among the files or that
    Ansible cannot read (nothing was done then), and for a reference without a secret;
    `StoreError` when the disk is full or the folder cannot be written. Whatever `on_result` or
    `stop` raises ends the run as `stop` does, and is raised.
    """
    if tools() is None:
        raise missing()
    if work.playbook not in work.files:
        raise InputError(
            Text(
                th=f"ไม่มีเพลย์บุ๊ก {work.playbook} ในไฟล์ที่ส่งมาให้รัน",
                en=f"the playbook {work.playbook} is not among the files to be run",
            )
        )
    with ExitStack() as closing:
        try:
            folders = closing.enter_context(private_folders(work.folder))
            job = prepare(work, folders)
        except OSError as error:
            raise unwritable(error) from error
        return Driving(work, folders, job).drive(on_result, stop)
