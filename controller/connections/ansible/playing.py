"""In the child: the devices prove themselves, then ansible-runner plays the playbook."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

from controller.connections.ansible import trust
from controller.connections.ansible.tools import collections_folder

Tell = Callable[[Mapping[str, Any]], None]
MEETING_SECONDS = 10.0
_TASKS = frozenset(
    {"runner_on_ok", "runner_on_failed", "runner_on_unreachable", "runner_on_skipped"}
)
_WORDS = frozenset({"verbose", "warning", "system_warning", "error"})
_OF_A_TASK = (
    "host", "task", "task_action", "resolved_action", "res", "duration", "end", "ignore_errors",
)  # fmt: skip


def play(job: Mapping[str, Any], tell: Tell) -> Mapping[str, Any]:
    """Run the job; the last line there is to tell. Errors: `OSError`, `StoreError`."""
    memory, project = Path(job["memory"]), Path(job["project"])
    met = trust.prove(job["devices"], Path(job["pins"]), MEETING_SECONDS)
    for name, (kind, detail) in met.away.items():
        tell({"kind": "away", "device": name, "trouble": kind, "detail": detail})
    names = [name for name in job["devices"] if name not in met.away]
    if not names:
        return {"kind": "end", "rc": 0, "stats": {}}
    _write(memory / "home/.ssh/known_hosts", met.known_hosts)
    _write(memory / "env/extravars", job["extra"])
    _write(memory / "ansible.cfg", "")
    script = _inventory_script(memory, project, _inventory(job["inventory"], names, met.ports))
    return _run(job, memory, project, script, tell)


def _run(
    job: Mapping[str, Any], memory: Path, project: Path, script: Path, tell: Tell
) -> Mapping[str, Any]:
    # Half a second and 30 MB: not before there is something to run.
    import ansible_runner

    stats: dict[str, Any] = {}

    def on_event(event: Mapping[str, Any]) -> bool:
        name, data = event.get("event"), event.get("event_data") or {}
        if name in _TASKS:
            kept = {key: data[key] for key in _OF_A_TASK if key in data}
            tell({"kind": "task", "event": name, "stdout": event.get("stdout", ""), **kept})
        elif name == "runner_on_start":
            tell({"kind": "begun", "host": data["host"]})
        elif name == "playbook_on_stats":
            stats.update({key: data.get(key) or {} for key in ("processed", "failures", "dark")})
        elif name in _WORDS and event.get("stdout"):
            tell({"kind": "words", "text": event["stdout"]})
        # Nothing is kept on our side of the pipe.
        return False

    ended = ansible_runner.run(
        private_data_dir=str(memory),
        project_dir=str(project),
        ident="run",
        playbook=job["playbook"],
        inventory=str(script),
        cmdline="--diff --check" if job["check"] else "--diff",
        forks=job["forks"],
        envvars=_environment(memory, project),
        settings={"suppress_output_file": True, "suppress_ansible_output": True},
        event_handler=on_event,
        fact_cache_type="memory",
        ignore_logging=True,
        quiet=True,
    )
    return {"kind": "end", "rc": ended.rc, "stats": stats or None}


def _environment(memory: Path, project: Path) -> dict[str, str]:
    """All that Ansible is told by its environment; of the user's own settings it sees none."""
    venv = str(Path(sys.executable).parent)
    return {
        "PATH": os.pathsep.join((venv, os.environ.get("PATH", os.defpath))),
        "HOME": str(memory / "home"),
        "ANSIBLE_CONFIG": str(memory / "ansible.cfg"),
        "ANSIBLE_HOME": str(memory / "home"),
        "ANSIBLE_LOCAL_TEMP": str(memory / "tmp"),
        "ANSIBLE_REMOTE_TEMP": str(memory / "tmp"),
        "ANSIBLE_PERSISTENT_CONTROL_PATH_DIR": str(memory / "pc"),
        "ANSIBLE_PERSISTENT_CONNECT_TIMEOUT": "60",
        "ANSIBLE_PERSISTENT_COMMAND_TIMEOUT": "60",
        "ANSIBLE_COLLECTIONS_PATH": str(collections_folder().parent),
        "ANSIBLE_ROLES_PATH": str(project / "playbooks/roles"),
        "ANSIBLE_INVENTORY_ENABLED": "script",
        "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "True",
        "ANSIBLE_HOST_KEY_CHECKING": "True",
        "ANSIBLE_PARAMIKO_HOST_KEY_AUTO_ADD": "False",
        "ANSIBLE_PARAMIKO_LOOK_FOR_KEYS": "False",
        "ANSIBLE_PARAMIKO_RECORD_HOST_KEYS": "False",
        "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
        "ANSIBLE_DEPRECATION_WARNINGS": "False",
        "ANSIBLE_LOCALHOST_WARNING": "False",
        "ANSIBLE_NOCOLOR": "True",
        "ANSIBLE_STDOUT_CALLBACK": "khaen",
        "ANSIBLE_CALLBACK_PLUGINS": str(Path(__file__).parent / "callbacks"),
        # ansible-runner leaves out the result of a task that is longer.
        "MAX_EVENT_RES": "50000000",
    }


def _inventory(
    told: Mapping[str, Any], names: list[str], ports: Mapping[str, int]
) -> Mapping[str, Any]:
    """The inventory of the devices that proved themselves, behind our own lines where needed."""
    hosts = {name: dict(told["_meta"]["hostvars"][name]) for name in names}
    for name, port in ports.items():
        hosts[name] |= {
            "ansible_host": "127.0.0.1",
            "ansible_port": port,
            "ansible_httpapi_port": port,
            "ansible_httpapi_use_ssl": False,
        }
    groups = {
        group: {"hosts": [name for name in said["hosts"] if name in hosts]}
        for group, said in told.items()
        if group not in {"_meta", "all"}
    }
    return {"_meta": {"hostvars": hosts}, "all": told["all"], **groups}


def _inventory_script(memory: Path, project: Path, told: Mapping[str, Any]) -> Path:
    """A program that prints the inventory, which stays in this process until it is asked for."""
    pipe = memory / "inventory"
    os.mkfifo(pipe, 0o600)
    content = json.dumps(told)

    def serve() -> None:
        while True:
            with pipe.open("w", encoding="utf-8") as asked:
                asked.write(content)
                # Another pipe for whoever asks next: this one still has its reader.
                pipe.unlink()
                os.mkfifo(pipe, 0o600)

    Thread(target=serve, daemon=True).start()
    # Beside the playbook's files: memory may be mounted so that no program can run from it.
    script = project.parent / "inventory"
    script.touch(mode=0o700)
    script.write_text(f"#!/bin/sh\nexec cat {shlex.quote(str(pipe))}\n", encoding="utf-8")
    return script


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
