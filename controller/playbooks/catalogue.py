"""The catalogue: every playbook of the workspace, what it is for, what it does, its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from controller.errors import NotFound, Problem, Text
from controller.language import nearest
from controller.playbooks.meta import Meta
from controller.playbooks.tasks import Task


@dataclass(frozen=True)
class Playbook:
    """A playbook. `path` is its file, `files` everything that runs with it, by path.

    That is itself, its meta, the playbooks it imports, the whole folders of its roles, and whatever
    else lies below playbooks/ (variables, templates, modules of the office); paths are relative to
    the workspace. `digests` are the SHA-256 of `files` when the catalogue was read. `remarks` are
    what people should know of it before they run it.
    """

    name: str
    meta: Meta
    path: str
    digests: Mapping[str, str]
    tasks: tuple[Task, ...]
    roles: tuple[str, ...] = ()
    remarks: tuple[Problem, ...] = ()

    @property
    def title(self) -> Text:
        """What it is called."""
        return self.meta.title.text

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of everything that runs with it, sorted."""
        return tuple(sorted(self.digests))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over its files: another when any of them changes."""
        told = json.dumps(sorted(self.digests.items()), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def unpredictable(self) -> tuple[Task, ...]:
        """The tasks of which nobody can say beforehand what they do."""
        return tuple(task for task in self.tasks if task.does == "runs")


@dataclass(frozen=True)
class Playbooks:
    """The playbooks of a workspace, by name."""

    entries: Mapping[str, Playbook] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Playbook]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def playbook(self, name: str) -> Playbook | None:
        """The playbook of this name."""
        return self.entries.get(name)

    def known(self, name: str) -> Playbook:
        """The playbook of this name. Errors: `NotFound`, with the nearest one."""
        found = self.entries.get(name)
        if found is not None:
            return found
        near = nearest(name, self.entries)
        raise NotFound(
            Text(th=f"ไม่มีเพลย์บุ๊ก {name}", en=f"there is no playbook {name}"),
            hint=Text(th=f"หมายถึง {near} ใช่หรือไม่", en=f"did you mean {near}?")
            if near
            else Text(th="ดูทั้งหมดด้วย khaen playbook list", en="see khaen playbook list"),
        )
