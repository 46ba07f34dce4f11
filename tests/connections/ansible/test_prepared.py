"""What is handed to Ansible: files in place, secrets filled in, nothing a template by accident."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from controller.connections.ansible.preparing import prepare
from controller.connections.ansible.private import PrivateFolders, private_folders
from controller.connections.ansible.work import AnsibleWork
from controller.connections.target import Target
from controller.errors import InputError
from controller.platforms.registry import PLATFORMS
from controller.playbooks.inventory import PASSWORD

PLAYBOOK = {"playbooks/look.yml": b"- hosts: all\n"}
SECRETS = {"snmp_ro": "kept-between-us-7"}
HOST = {
    "ansible_host": "192.0.2.1",
    "ansible_port": 22,
    "ansible_password": PASSWORD,
    "khaen_variables": {"motd": "{{ lookup('pipe', 'id') }}"},
}
TOLD = {
    "_meta": {"hostvars": {"sw1": HOST, "sw2": HOST}},
    "all": {"children": ["access"], "vars": {"khaen_secrets": {"snmp_ro": "⟦secret:snmp_ro⟧"}}},
    "access": {"hosts": ["sw1", "sw2"]},
}


def target(folder: Path, name: str = "sw1", password: str = "opens-all-doors") -> Target:
    """A device in the lab: elsewhere than the inventory says."""
    return Target(
        name=name,
        platform=PLATFORMS["cisco_ios"],
        address="127.9.9.9",
        port=8022,
        username="netadmin",
        password=SecretStr(password),
        folder=folder,
    )


def work(folder: Path, **more: Any) -> AnsibleWork:
    """One run on one device."""
    given: dict[str, Any] = {
        "files": PLAYBOOK,
        "playbook": "playbooks/look.yml",
        "inventory": TOLD,
        "targets": {"sw1": target(folder)},
        "folder": folder,
        "secrets": SECRETS,
    }
    return AnsibleWork(**{**given, **more})


@pytest.fixture
def folders(tmp_path: Path) -> PrivateFolders:
    """Private folders, without the care of `private_folders`."""
    made = PrivateFolders("abc", tmp_path / "files", tmp_path / "memory")
    for folder in (made.files, made.memory):
        folder.mkdir()
    return made


def test_a_device_is_reached_where_it_really_stands(folders: PrivateFolders) -> None:
    """With its password, which stood as a reference; devices that are no target are not told of."""
    job = prepare(work(folders.files), folders)
    hosts = job["inventory"]["_meta"]["hostvars"]
    assert set(hosts) == {"sw1"}
    assert hosts["sw1"]["ansible_host"] == "127.9.9.9"
    assert hosts["sw1"]["ansible_port"] == 8022
    assert hosts["sw1"]["ansible_password"] == "opens-all-doors"
    assert job["inventory"]["all"]["vars"]["khaen_secrets"] == SECRETS
    assert (folders.files / "project/playbooks/look.yml").read_bytes() == b"- hosts: all\n"


def test_what_looks_like_a_template_is_none(folders: PrivateFolders) -> None:
    """Neither of the office's files, nor in a password, nor typed as a parameter."""
    told = work(
        folders.files,
        targets={"sw1": target(folders.files, password="{{pw}}")},
        parameters={"text": "{{ 1 }}", "many": ("a", "{% b"), "count": 3, "yes": True},
    )
    job = prepare(told, folders)
    host = job["inventory"]["_meta"]["hostvars"]["sw1"]
    assert host["ansible_password"] == {"__ansible_unsafe": "{{pw}}"}
    assert host["khaen_variables"]["motd"] == {"__ansible_unsafe": "{{ lookup('pipe', 'id') }}"}
    assert 'text: !unsafe "{{ 1 }}"' in job["extra"]
    assert 'many: [!unsafe "a", !unsafe "{% b"]' in job["extra"]
    assert "count: 3" in job["extra"]
    assert "yes: true" in job["extra"]


def test_a_secret_parameter_stays_a_name(folders: PrivateFolders) -> None:
    """The file of parameters holds the name; Ansible has the value in memory."""
    job = prepare(work(folders.files, parameters={"key": "⟦secret:snmp_ro⟧"}), folders)
    assert yaml.safe_load(job["extra"]) == {"key": "{{ khaen_secrets['snmp_ro'] }}"}


@pytest.mark.parametrize("where", ["inventory", "parameter"])
def test_an_unknown_secret_is_named_before_anything_runs(
    folders: PrivateFolders, where: str
) -> None:
    """With the one that was probably meant."""
    wrong = {"all": {"vars": {"x": "⟦secret:snmp_or⟧"}}, "_meta": TOLD["_meta"]}
    more: dict[str, Any] = {"inventory": wrong}
    if where == "parameter":
        more = {"parameters": {"key": "⟦secret:snmp_or⟧"}}
    with pytest.raises(InputError) as refused:
        prepare(work(folders.files, **more), folders)
    assert "snmp_or" in refused.value.message.en
    assert refused.value.hint is not None
    assert "snmp_ro" in refused.value.hint.en


@pytest.mark.parametrize("path", ["/etc/cron.d/x", "playbooks/../../x"])
def test_no_file_is_written_outside(folders: PrivateFolders, path: str) -> None:
    """Whatever a list of files names."""
    with pytest.raises(InputError):
        prepare(work(folders.files, files={path: b"x"}), folders)


def test_private_folders_are_private_and_go(tmp_path: Path) -> None:
    """Both 0700; gone at the end; those of a dead process go at the next start, others stay."""
    with private_folders(tmp_path) as first:
        assert first.files.stat().st_mode & 0o777 == 0o700
        assert first.memory.stat().st_mode & 0o777 == 0o700
        left = first.files.with_name("0123456789")
        left.mkdir()
        (left / "lock").touch()
        with private_folders(tmp_path) as second:
            assert not left.exists()
            assert first.files.exists()
            assert first.memory.exists()
        assert not second.files.exists()
        assert not second.memory.exists()
    assert not first.files.exists()
    assert not first.memory.exists()
