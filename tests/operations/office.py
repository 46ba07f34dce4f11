"""One office in a folder of its own, with a clock that waits, and cases that stand anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from controller.accounts.actor import Actor
from controller.app import open_app
from controller.operations.context import Context
from controller.operations.init_workspace import init_workspace
from controller.operations.log_in import actor_of
from controller.processes.case import Case, Event, Group
from controller.processes.forms.catalogue import form
from controller.processes.forms.template import template
from controller.processes.forms.typed import Typed, typed
from controller.store import audit_log, cases
from controller.store.audit_entry import Entry
from tests.store.clock import Clock

GROUP = Group(
    order="๑๑๒/๒๕๖๙",
    dated=date(2026, 4, 30),
    chair="officer1",
    members=("engineer1",),
    secretary="engineer2",
)


@dataclass(frozen=True)
class Desk:
    """The wired program and its people."""

    context: Context
    clock: Clock

    def person(self, username: str) -> Actor:
        """Somebody of the office file, signed in."""
        return actor_of(self.context.office(), username, self.clock())

    def case(self, process: str, step: int, **changes: Any) -> Case:
        """A case of a process that stands at a step (from 0), with its working group."""
        number = f"2569-{process}-{len(self.cases()) + 1:04}"
        values: dict[str, Any] = {
            "number": number,
            "process": process,
            "title": "ปรับค่าสวิตช์โรงเรียนตัวอย่าง ก",
            "state": "open",
            "step": step,
            "plan": None,
            "proposer": "engineer1",
            "opened": self.clock(),
            "group": GROUP,
            "events": (Event(at=self.clock(), actor="engineer1", step=0, what="opened"),),
        }
        made = Case(**values | changes)
        with self.context.store.begin() as conn:
            cases.insert_case(conn, made)
        return made

    def cases(self) -> tuple[Case, ...]:
        """Every case there is."""
        with self.context.store.read() as conn:
            return cases.list_cases(conn)

    def now(self, case: Case) -> Case:
        """The case as it stands."""
        with self.context.store.read() as conn:
            return cases.load_case(conn, case.number)

    def entries(self, action: str) -> list[Entry]:
        """What the audit log says of an action."""
        with self.context.store.read() as conn:
            return [entry for entry in audit_log.entries(conn) if entry.action == action]

    def configured(self, lines: str) -> Desk:
        """The same desk with more lines in khaen.toml."""
        from controller.workspace.parts import read_settings

        with (self.context.root / "khaen.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n{lines}\n")
        settings = read_settings(self.context.root)
        return replace(self, context=replace(self.context, settings=settings))


@contextmanager
def opened_desk(folder: Path) -> Iterator[Desk]:
    """A new workspace in `folder`, wired, with the clock of the tests."""
    init_workspace(folder)
    clock = Clock()
    with open_app(folder) as context:
        yield Desk(replace(context, clock=clock), clock)


def typed_text(text: str) -> Typed:
    """What somebody typed into a YAML file."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert root is not None
    return typed(root, "form.yaml")


def example(slug: str) -> Typed:
    """The example of a form, as somebody would type it."""
    from controller.processes.forms.template import example_values

    definition = form(slug)
    own = {"requester", definition.fields[0].by}
    return typed_text(template(definition, example_values(definition, own)))
