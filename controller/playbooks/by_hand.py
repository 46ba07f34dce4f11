"""The inventory for whoever runs Ansible by hand: Ansible itself looks secrets up."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from controller.playbooks.inventory import as_data, with_references

_REFERENCE = re.compile(r"⟦secret:([^⟧\n]*)⟧")


def by_hand(
    told: Mapping[str, Any],
    references: Mapping[str, str],
    root: str,
    places: Mapping[str, tuple[str, int]],
) -> dict[str, Any]:
    """What `ansible_inventory` made, as a script prints it for Ansible.

    `references` are what settings say of each name: `env/NAME` or `file/PATH`, below the folder
    `root`. In the place of a secret stands how Ansible looks it up, when a task needs it, so that
    none is printed. `places` are the addresses and ports of devices that stand elsewhere.
    """
    filled: dict[str, Any] = with_references(as_data(told), _Lookups(references, root).fill)
    for name, (address, port) in places.items():
        host = filled["_meta"]["hostvars"][name]
        host["ansible_host"] = address
        host["ansible_httpapi_port" if "ansible_httpapi_port" in host else "ansible_port"] = port
    return filled


class _Lookups:
    """Puts lookups of Ansible for references."""

    def __init__(self, references: Mapping[str, str], root: str) -> None:
        self._references = references
        self._root = root

    def fill(self, text: str) -> str:
        """The text with lookups; a name nobody gave a reference stays as it is."""
        return _REFERENCE.sub(lambda found: self._lookup(found[1], found[0]), text)

    def _lookup(self, name: str, unknown: str) -> str:
        kind, _, place = self._references.get(name, "").partition("/")
        if kind == "env":
            return f"{{{{ lookup('ansible.builtin.env', {json.dumps(place)}) }}}}"
        if kind == "file":
            path = json.dumps(f"{self._root}/{place}", ensure_ascii=False)
            return f"{{{{ lookup('ansible.builtin.file', {path}) }}}}"
        return unknown
