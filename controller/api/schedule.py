"""The schedule over HTTP: what is done by itself, when next, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.routing import make_router
from controller.api.words import Both
from controller.errors import Text
from controller.operations.list_next_times import FARTHEST_DAYS, list_next_times
from controller.operations.pause_schedule import pause_schedule, resume_schedule
from controller.operations.run_schedule import run_schedule
from controller.operations.show_schedule import show_schedule
from controller.schedules.schedule import TASKS, Task
from controller.store.paused_entries import Pause
from controller.store.schedule import Slot, SlotState

router = make_router("/schedule", "schedule")


class SlotShown(BaseModel):
    """One time something was due, or asked for. Times are UTC."""

    name: str
    slot: datetime = Field(description="The time it was due, or when it was asked for")
    task: str
    by: str = Field(description="`schedule`, or the person who asked")
    state: SlotState
    started: datetime
    ended: datetime | None
    words: Both | None = Field(description="What came of it")
    figures: dict[str, Any] = Field(
        description="`late`, how many times were missed `earlier`, and figures of the task"
    )


class PauseShown(BaseModel):
    """That somebody paused an entry."""

    by: str
    at: datetime
    why: str


class EntryShown(BaseModel):
    """An entry of `schedules.yaml`."""

    name: str
    cron: str = Field(description="Minute hour day month weekday, on a Thai clock")
    do: Task
    title: Both
    select: str
    missed: str = Field(description="`catch_up` or `skip`")
    enabled: bool
    next: datetime | None = Field(description="Its next time (UTC); null while it is off or paused")
    last: SlotShown | None
    playbook: str = Field(description="Which playbook it runs; empty of other tasks")
    set: dict[str, str | int | bool] = Field(description="What the playbook is given")
    paused: PauseShown | None


class FreezeShown(BaseModel):
    """A time in which nothing is changed on devices, whatever was approved."""

    name: str
    begins: datetime
    ends: datetime = Field(description="The first moment after it")
    reason: str
    select: str


class ScheduleShown(BaseModel):
    """The entries in the order of the file, what was done, the newest first, and freezes."""

    entries: list[EntryShown]
    history: list[SlotShown]
    freezes: list[FreezeShown] = Field(description="Those that are not over, the next one first")


@router.get("", operation_id="show_schedule")
def read(
    asked: Asked,
    name: Annotated[str | None, Query(max_length=64, description="Only this entry")] = None,
    before: Annotated[datetime | None, Query(description="Only what was begun earlier")] = None,
    most: Annotated[int, Query(ge=1, le=500, description="How much of the history")] = 50,
) -> ScheduleShown:
    """What is done by itself, when next, and what came of it."""
    found = asked.ask(show_schedule, name=name, before=before, most=most)
    return ScheduleShown(
        entries=[
            EntryShown(
                **one.entry.model_dump(),
                title=Both.of(TASKS[one.entry.do]),
                next=one.next,
                last=shown(one.last) if one.last else None,
                paused=_paused(one.paused) if one.paused else None,
            )
            for one in found.entries
        ],
        history=[shown(slot) for slot in found.history],
        freezes=[
            FreezeShown(
                name=one.name,
                begins=one.since,
                ends=one.until,
                reason=one.reason,
                select=one.select,
            )
            for one in found.freezes
        ],
    )


class ComingShown(BaseModel):
    """A time that comes."""

    at: datetime
    name: str
    do: Task
    paused: bool = Field(description="As things stand it will be skipped")


class ComingTimes(BaseModel):
    """What comes, in the order it comes."""

    times: list[ComingShown]


@router.get("/next", operation_id="list_next_times")
def coming(
    asked: Asked,
    days: Annotated[int, Query(ge=1, le=FARTHEST_DAYS, description="How far to look")] = 7,
    most: Annotated[int, Query(ge=1, le=1000, description="How many")] = 200,
) -> ComingTimes:
    """What will be done by itself in the coming days."""
    found = asked.ask(list_next_times, days=days, most=most)
    return ComingTimes(
        times=[
            ComingShown(
                at=one.at, name=one.entry.name, do=one.entry.do, paused=one.paused is not None
            )
            for one in found
        ]
    )


class PauseWanted(BaseModel):
    """Why an entry is paused."""

    why: str = Field(min_length=1, max_length=1000, examples=["rules are being rewritten"])


@router.post("/{name}/pause", operation_id="pause_schedule")
def pause(asked: Asked, name: str, wanted: PauseWanted) -> PauseShown:
    """Do nothing of an entry until it is resumed; its times are noted as skipped."""
    return _paused(asked.ask(pause_schedule, name, wanted.why))


@router.post("/{name}/resume", operation_id="resume_schedule", status_code=204)
def resume(asked: Asked, name: str) -> None:
    """Let a paused entry go on with its next time."""
    asked.ask(resume_schedule, name)


def _paused(pause: Pause) -> PauseShown:
    return PauseShown(by=pause.by, at=pause.at, why=pause.why)


@router.post("/{name}/run", operation_id="run_schedule")
def run(asked: Asked, name: str) -> SlotShown:
    """Ask for an entry to be done now. It is `waiting` until a worker takes it."""
    return shown(asked.ask(run_schedule, name))


def shown(slot: Slot) -> SlotShown:
    """A slot as the API answers it."""
    words = slot.content.get("words")
    return SlotShown(
        name=slot.name,
        slot=slot.slot,
        task=slot.task,
        by=slot.by,
        state=slot.state,
        started=slot.started,
        ended=slot.ended,
        words=Both.of(Text(th=words["th"], en=words["en"])) if words else None,
        figures={key: value for key, value in slot.content.items() if key != "words"},
    )
