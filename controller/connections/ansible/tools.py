"""Which Ansible is installed, read from its files: nothing is imported, no process is started."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import NamedTuple

from controller.errors import InputError, Text

COLLECTIONS = frozenset({"ansible.netcommon", "ansible.utils", "arista.eos", "cisco.ios"})
"""What every connection to a device goes through, whichever modules a playbook names."""


class InstalledTool(NamedTuple):
    """A program or a collection playbooks run with, and its version."""

    name: str
    version: str


def tools(modules: Iterable[str] | None = None) -> tuple[InstalledTool, ...] | None:
    """`ansible-core` and the collections installed with it, by name; None without Ansible.

    With `modules` (`cisco.ios.ios_config`, ...) only the collections these and the connections come
    from. Only collections of the environment count: a playbook is given no others.
    """
    try:
        core = version("ansible-core")
        version("ansible-runner")
    except PackageNotFoundError:
        return None
    found = [InstalledTool("ansible-core", core)]
    used = None if modules is None else COLLECTIONS | {_collection(name) for name in modules}
    for manifest in collections_folder().glob("*/*/MANIFEST.json"):
        if used is None or f"{manifest.parts[-3]}.{manifest.parts[-2]}" in used:
            found += _told(manifest)
    return tuple(sorted(found))


def collections_folder() -> Path:
    """Where the environment keeps its collections, whether or not there are any."""
    return Path(str(distribution("ansible-core").locate_file("ansible_collections")))


def missing() -> InputError:
    """The error for anybody who wants to run a playbook where there is no Ansible."""
    return InputError(
        Text(
            th="เครื่องนี้ยังไม่ได้ติดตั้ง Ansible จึงรันเพลย์บุ๊กไม่ได้",
            en="Ansible is not installed here, so no playbook can be run",
        ),
        hint=Text(
            th="ติดตั้งส่วนเพิ่ม (ราว 350 MB): make playbooks หรือ pip install 'khaen[playbooks]'",
            en="get the extra (some 350 MB): make playbooks, or pip install 'khaen[playbooks]'",
        ),
    )


def _collection(module: str) -> str:
    return ".".join(module.split(".")[:2])


def _told(manifest: Path) -> list[InstalledTool]:
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))["collection_info"]
        return [InstalledTool(f"{told['namespace']}.{told['name']}", str(told["version"]))]
    except (OSError, ValueError, KeyError, TypeError):
        # Half a collection: Ansible itself says what is wrong with it when it is used.
        return []
