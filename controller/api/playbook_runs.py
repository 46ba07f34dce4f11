"""Runs of playbooks that only read, or only look: asked for, followed, stopped."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.given import Given, Line, Name, Words
from controller.api.paging import Page, Paged
from controller.api.routing import make_router
from controller.api.words import Both
from controller.errors import Text
from controller.operations.list_playbook_runs import PlaybookProgress, list_playbook_runs
from controller.operations.run_playbook import run_playbook
from controller.operations.show_playbook_run import show_playbook_run
from controller.operations.stop_playbook_run import stop_playbook_run
from controller.playbooks.result import Status, TaskResult
from controller.playbooks.running import DeviceState, PlaybookDevice, PlaybookState

router = make_router("/playbook-runs", "playbooks")
_ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"headers": {"Location": {"schema": {"type": "string"}}}}
}


class RunWanted(Given):
    """A playbook to run, and on what."""

    playbook: Name
    select: Line = Field(description="Selector, or `all`")
    check: bool = Field(default=False, description="Change nothing; tell what would be done")
    parameters: dict[Name, Words] = Field(
        default_factory=dict,
        max_length=100,
        description="Parameters as people type them; of a secret the name it has in khaen.toml",
    )


class PlaybookRunShown(BaseModel):
    """How far a run is. Ask again until `state` is neither `waiting` nor `running`."""

    id: str
    playbook: str
    selector: str
    parameters: dict[str, str | int | bool | tuple[str, ...]]
    check: bool
    why: Literal["asked", "schedule", "plan"]
    by: str
    state: PlaybookState
    started: datetime
    ended: datetime | None
    sha256: str = Field(description="Digest of the playbook's files as they were asked for")
    stop_asked_by: str | None
    note: Both | None = Field(description="What ended it, where it did not simply finish")
    good: bool = Field(description="It finished, and no device failed or was unreachable")
    devices: int
    done: int = Field(description="How many devices have ended")
    counts: dict[DeviceState, int] = Field(description="Devices by state")


class TaskShown(BaseModel):
    """What one task did on one device. Secrets are removed."""

    number: int = Field(description="Place in the run, from 1")
    device: str
    task: str
    module: str
    status: Status
    lines: str = Field(description="What it sent or would send")
    answer: str
    ignored: bool = Field(description="It failed, and the playbook does not mind")
    predicted: bool = Field(description="In check mode: it could say what it would do")
    at: datetime | None
    seconds: float


class RunBegun(BaseModel):
    """A run that waits for a worker. Its progress is at the address in `Location`."""

    id: str
    progress: str


@router.post("", operation_id="run_playbook", status_code=202, responses=_ACCEPTED)
def run(asked: Asked, response: Response, given: RunWanted) -> RunBegun:
    """Have a worker run a playbook that only reads; with `check`, look at what any would do.

    Refused (409) for a playbook that changes devices, without `check`: that is planned and carried
    out in an approved case.
    """
    found = asked.ask(
        run_playbook,
        given.playbook,
        given.select,
        given=given.parameters,
        check=given.check,
        by_worker=True,
    )
    return _begun(found.record.id, response)


@router.get("", operation_id="list_playbook_runs")
def listing(
    asked: Asked,
    paged: Paged,
    playbook: Annotated[str, Query(max_length=64, description="Only of this playbook")] = "",
    device: Annotated[str, Query(max_length=64, description="Only with this device")] = "",
    state: Annotated[PlaybookState | None, Query(description="Only in this state")] = None,
) -> Page[PlaybookRunShown]:
    """The runs, newest first. What is older than the settings keep is gone."""
    found = asked.ask(
        list_playbook_runs,
        playbook=playbook,
        device=device,
        state=state,
        after=paged.after(datetime, str),
        most=paged.most,
    )
    return paged.page(found, lambda one: (one.record.started, one.record.id), _shown)


@router.get("/{run}", operation_id="show_playbook_run")
def read(asked: Asked, run: str) -> PlaybookRunShown:
    """How far a run is. With `If-None-Match` the answer is 304 until something has moved."""
    return _shown(asked.ask(show_playbook_run, run, most=0))


@router.get("/{run}/devices", operation_id="list_playbook_run_devices")
def devices(asked: Asked, paged: Paged, run: str) -> Page[PlaybookDevice]:
    """The devices of a run, by name."""
    found = asked.ask(show_playbook_run, run, most=0).shown
    return paged.page_of_rising(found, lambda one: one.device, lambda one: one)


@router.get("/{run}/tasks", operation_id="list_playbook_run_tasks")
def tasks(
    asked: Asked,
    paged: Paged,
    run: str,
    device: Annotated[str, Query(max_length=64, description="Only of this device")] = "",
    since: Annotated[
        int, Query(ge=0, le=2**31, description="Only what has a larger number: ask again from it")
    ] = 0,
) -> Page[TaskShown]:
    """What each task did, in order. While the run goes on, ask again `since` the last number."""
    seen = paged.after(int)
    after = max(since, seen[0] if seen else 0)
    found = asked.ask(show_playbook_run, run, device=device, after=after, most=paged.most)
    return paged.page(found.results, lambda one: (one.number,), _task)


@router.post("/{run}/stop", operation_id="stop_playbook_run", status_code=202, responses=_ACCEPTED)
def stop(asked: Asked, response: Response, run: str) -> RunBegun:
    """Stop a run, in whatever process it goes on; what was read is kept."""
    return _begun(asked.ask(stop_playbook_run, run).id, response)


def _shown(found: PlaybookProgress) -> PlaybookRunShown:
    record = found.record
    noted = Text(th=record.note_th, en=record.note_en)
    return PlaybookRunShown(
        **record.model_dump(exclude={"executor", "parameters", "note_th", "note_en"}),
        parameters=dict(record.parameters),
        note=Both.of(noted) if record.note_th else None,
        good=found.good,
        devices=found.devices,
        done=found.done,
        counts=found.counts,
    )


def _task(one: TaskResult) -> TaskShown:
    return TaskShown(**{name: getattr(one, name) for name in TaskShown.model_fields})


def _begun(run: str, response: Response) -> RunBegun:
    place = f"/api/v1/playbook-runs/{run}"
    response.headers["location"] = place
    return RunBegun(id=run, progress=place)
