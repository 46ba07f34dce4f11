"""From the work to the job of the child: files written, references filled in, in memory."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from pydantic import SecretStr

from controller.connections.ansible.private import PrivateFolders
from controller.connections.ansible.work import AnsibleWork
from controller.connections.hiding import REFERENCE
from controller.connections.target import Target
from controller.errors import InputError, StoreError, Text
from controller.language import nearest
from controller.playbooks.inventory import as_data, with_references
from controller.playbooks.parameter import Value


def prepare(work: AnsibleWork, folders: PrivateFolders) -> dict[str, Any]:
    """The job, secrets and all: it is handed over through a pipe, and kept nowhere.

    Errors: `InputError` for a reference without a secret or a device the inventory lacks;
    `OSError` when the files cannot be written.
    """
    project = folders.files / "project"
    for path, content in work.files.items():
        _write(project, path, content)
    (folders.memory / "tmp").mkdir(mode=0o700)
    return {
        "memory": str(folders.memory),
        "project": str(project),
        "pins": str(next(iter(work.targets.values())).folder) if work.targets else "",
        "playbook": work.playbook,
        "inventory": _filled(work),
        "extra": _extra(work.parameters, _Values(_known(work.secrets))),
        "check": work.check,
        "forks": max(1, min(work.forks, len(work.targets))),
        "devices": {name: _place(work, target) for name, target in work.targets.items()},
    }


def unwritable(error: OSError) -> StoreError:
    """The error for a folder of the run that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreError(
            Text(
                th="ดิสก์เต็ม จึงรันเพลย์บุ๊กต่อไม่ได้", en="the disk is full, so the playbook cannot run on"
            ),
            hint=Text(
                th="เพิ่มที่ว่างในโฟลเดอร์ var และ /dev/shm แล้วทำใหม่",
                en="make room in the var folder and in /dev/shm, then repeat",
            ),
        )
    why = error.strerror or type(error).__name__
    return StoreError(
        Text(
            th=f"เขียนโฟลเดอร์ส่วนตัวของการรันไม่ได้: {why} ({error.filename})",
            en=f"the private folder of the run cannot be written: {why} ({error.filename})",
        )
    )


def _write(project: Any, path: str, content: bytes) -> None:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts:
        raise InputError(
            Text(th=f"ชื่อไฟล์ {path} ใช้ไม่ได้", en=f"{path} is no path below the workspace")
        )
    file = project / pure
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(content)


def _place(work: AnsibleWork, target: Target) -> dict[str, Any]:
    told = work.inventory["_meta"]["hostvars"].get(target.name)
    if told is None:
        raise InputError(
            Text(
                th=f"บัญชีอุปกรณ์ของ Ansible ไม่มี {target.name}",
                en=f"the inventory for Ansible has no {target.name}",
            )
        )
    kind = "tls" if told.get("ansible_httpapi_use_ssl") else "ssh"
    return {"address": target.address, "port": target.port, "kind": kind}


def _filled(work: AnsibleWork) -> dict[str, Any]:
    """The inventory with values for references, and each device where it is really reached."""
    told = dict(work.inventory)
    hosts = told.pop("_meta")["hostvars"]
    shared = _known(work.secrets)
    filled: dict[str, Any] = {
        name: as_data(with_references(said, _Values(shared).fill)) for name, said in told.items()
    }
    filled["_meta"] = {
        "hostvars": {
            name: as_data(
                with_references(
                    {**hosts[name], **_reached(target, hosts[name])},
                    _Values(shared | _logins(target)).fill,
                )
            )
            for name, target in work.targets.items()
            if name in hosts
        }
    }
    return filled


def _reached(target: Target, told: Mapping[str, Any]) -> dict[str, Any]:
    port = "ansible_httpapi_port" if "ansible_httpapi_port" in told else "ansible_port"
    return {
        "ansible_host": target.address,
        port: target.port,
        "ansible_user": target.username,
    }


def _logins(target: Target) -> dict[str, str]:
    """The values behind `PASSWORD` and `ENABLE_PASSWORD` of `playbooks.inventory`."""
    enable = target.enable_password
    told = {"login/password": target.password.get_secret_value()}
    return told | ({"login/enable_password": enable.get_secret_value()} if enable else {})


def _known(secrets: Mapping[str, SecretStr | str]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else value.get_secret_value()
        for name, value in secrets.items()
    }


class _Values:
    """Puts values for the references in a text."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def fill(self, text: str) -> str:
        """Errors: `InputError` for a name nobody gave a value."""
        return REFERENCE.sub(lambda found: self._value(found[1]), text)

    def _value(self, name: str) -> str:
        if name in self._values:
            return self._values[name]
        near = nearest(name, self._values)
        raise InputError(
            Text(
                th=f"เพลย์บุ๊กอ้างถึงค่าลับ {name!r} ซึ่งไม่ได้กำหนดไว้ใน [secrets]",
                en=f"the playbook refers to the secret {name!r}, which [secrets] does not name",
            ),
            hint=Text(th=f"หมายถึง {near!r} หรือไม่", en=f"did you mean {near!r}?") if near else None,
        )


def _extra(parameters: Mapping[str, Value], secrets: _Values) -> str:
    """The parameters as a file of variables. A secret stays a name: Ansible has its value."""
    for value in parameters.values():
        with_references(value, secrets.fill)
    lines = [f"{name}: {_yaml(value)}" for name, value in sorted(parameters.items())]
    return "\n".join(["---", *lines, ""]) if lines else "{}\n"


def _yaml(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_yaml(each) for each in value)}]"
    if not isinstance(value, str):
        return json.dumps(value)
    secret = REFERENCE.fullmatch(value)
    if secret:
        return json.dumps(f"{{{{ khaen_secrets['{secret[1]}'] }}}}")
    # Typed by a person: never a template, whatever it looks like. JSON's strings are YAML's.
    return f"!unsafe {json.dumps(value)}"
