"""The catalogue of playbooks over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.api.words import Both
from controller.operations.list_playbooks import PlaybookSeen, list_playbooks
from controller.operations.show_playbook import show_playbook
from controller.playbooks.meta import Risk
from controller.playbooks.modules import Does
from controller.playbooks.parameter import Kind, Parameter

router = make_router("/playbooks", "playbooks")


class ParameterShown(BaseModel):
    """One thing a playbook is told. `takes` says in words what values it takes."""

    name: str
    kind: Kind
    words: Both
    takes: Both
    required: bool
    default: str | int | bool | list[str] | None
    many: bool
    choices: list[str]
    least: int | None
    most: int | None
    pattern: str | None


class PlaybookShown(BaseModel):
    """One playbook. `risk` `read` needs no approval; `change` runs as the plan of a case."""

    name: str
    title: Both
    purpose: Both
    risk: Risk
    process: str | None = Field(description="Process of the manual under which it is approved")
    platforms: list[str]
    devices: int = Field(description="How many devices are of these platforms")
    parameters: list[ParameterShown]
    timeout_minutes: int
    tasks: int
    unpredictable: int = Field(description="Tasks of which nobody can say what they will do")
    sha256: str = Field(description="Another when any file of it changes")


class TaskShown(BaseModel):
    """One task, in the order Ansible comes to it.

    `does`: `reads`, `predicts` (its check mode tells what it would do) or `runs` (not predictable).
    """

    number: int
    play: str
    name: str
    module: str
    does: Does
    check_mode: bool | None = Field(description="As the playbook sets it; else the run decides")
    handler: bool = Field(description="Only when something changed")
    role: str
    file: str
    line: int


class RemarkShown(BaseModel):
    """What people should know of a playbook, and where it stands."""

    file: str
    line: int
    words: Both


class SourceShown(BaseModel):
    """A file that runs with it; `text` is null for one that is no text, or a very long one."""

    path: str
    size: int = Field(description="Bytes")
    text: str | None


class PlaybookWithTasks(PlaybookShown):
    """One playbook, what it does task by task, and its files."""

    steps: list[TaskShown]
    roles: list[str]
    remarks: list[RemarkShown]
    sources: list[SourceShown]


@router.get("", operation_id="list_playbooks")
def playbooks(
    asked: Asked,
    risk: Annotated[Risk | None, Query(description="Only of this risk")] = None,
    words: Annotated[str, Query(max_length=64, description="Only those that tell of it")] = "",
) -> list[PlaybookShown]:
    """Every playbook of the workspace, by name."""
    found = asked.ask(list_playbooks, risk=risk, words=words)
    return [PlaybookShown(**_told(one)) for one in found]


@router.get("/{name}", operation_id="show_playbook")
def playbook(asked: Asked, name: str) -> PlaybookWithTasks:
    """One playbook with its tasks and the words of its files."""
    found = asked.ask(show_playbook, name)
    one = found.seen.playbook
    return PlaybookWithTasks(
        **_told(found.seen),
        steps=[
            TaskShown(
                number=task.number,
                play=task.play,
                name=task.name,
                module=task.module,
                does=task.does,
                check_mode=task.check_mode,
                handler=task.handler,
                role=task.role,
                file=task.file,
                line=task.line,
            )
            for task in one.tasks
        ],
        roles=list(one.roles),
        remarks=[
            RemarkShown(file=r.path, line=r.line, words=Both.of(r.message)) for r in one.remarks
        ],
        sources=[SourceShown(path=s.path, size=s.size, text=s.text) for s in found.sources],
    )


def _told(seen: PlaybookSeen) -> dict[str, object]:
    one, meta = seen.playbook, seen.playbook.meta
    return {
        "name": one.name,
        "title": Both.of(one.title),
        "purpose": Both.of(meta.purpose.text),
        "risk": meta.risk,
        "process": meta.process,
        "platforms": list(meta.platforms),
        "devices": seen.devices,
        "parameters": [_parameter(name, p) for name, p in sorted(meta.parameters.items())],
        "timeout_minutes": meta.timeout_minutes,
        "tasks": len(one.tasks),
        "unpredictable": len(one.unpredictable),
        "sha256": one.sha256,
    }


def _parameter(name: str, told: Parameter) -> ParameterShown:
    default = told.default
    return ParameterShown(
        name=name,
        kind=told.kind,
        words=Both.of(told.text),
        takes=Both.of(told.takes),
        required=told.required,
        default=list(default) if isinstance(default, tuple) else default,
        many=told.many,
        choices=list(told.choices),
        least=told.least,
        most=told.most,
        pattern=told.pattern,
    )
