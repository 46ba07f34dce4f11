"""Runs over HTTP: start, look how far they are, stop, settle what is unknown."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, Field

from controller.api.asking import Asked
from controller.api.given import Given
from controller.api.paging import Page, Paged
from controller.api.routing import make_router
from controller.api.versions import AskedAsSeen
from controller.api.words import Both
from controller.operations import (
    apply_plan,
    book_apply,
    roll_back_case,
    show_run,
    show_run_device,
    stop_run,
    verify_devices,
)
from controller.operations.follow_run import Outcome
from controller.plans.outcome import RunDevice, RunKind, RunState, State
from controller.playbooks.result import Status
from controller.store.bookings import Booking, BookingState

router = make_router("/runs", "runs")
starting = make_router("/cases", "runs")


class RunShown(BaseModel):
    """How far a run is. Ask again until `state` is no longer `running`."""

    id: str
    kind: RunKind
    case: str
    plan: str
    by: str
    state: RunState
    started: datetime
    ended: datetime | None
    note: str
    stop_asked_by: str | None = Field(description="Who asked the run to stop, if anybody did")
    good: bool = Field(description="It finished, and no device needs a person")
    devices: int = Field(description="How many devices the run has")
    done: int = Field(description="How many have reached a final state")
    counts: dict[State, int] = Field(description="Devices by state")


class RunDeviceShown(BaseModel):
    """One device in a run. `batch` 0 is the canary; `before` and `after` are fingerprints."""

    device: str
    batch: int
    state: State
    reason: str = Field(description="Why, `Thai / English`; empty when all went well")
    before: str
    after: str
    changed: datetime | None


class CheckShown(BaseModel):
    """One check after the push, and what was found in both languages."""

    check: str
    passed: bool
    th: str
    en: str


class TaskShown(BaseModel):
    """One task of a playbook on the device: what it sent, and what it said otherwise."""

    task: str
    module: str
    status: Status
    lines: str
    answer: str


class RunDeviceStory(RunDeviceShown):
    """One device in a run with its evidence."""

    code: str = Field(description="The reason in one word, stable; empty without one")
    checks: list[CheckShown]
    said: list[str] = Field(description="The device's last words, oldest first")
    diff: str = Field(description="The device's own difference, as it was planned")
    tasks: list[TaskShown] = Field(description="What a playbook's tasks did; empty of other plans")


class RunWhole(BaseModel):
    """A run with every device."""

    run: RunShown
    devices: list[RunDeviceShown]


class Started(BaseModel):
    """A run that was begun. Its progress is at the address in `Location`."""

    id: str
    progress: str


_ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"headers": {"Location": {"schema": {"type": "string"}}}}
}


@starting.post("/{number}/apply", operation_id="apply_plan", status_code=202, responses=_ACCEPTED)
def start_apply(
    asked: AskedAsSeen,
    response: Response,
    number: str,
    by_worker: Annotated[bool, Query(description="Leave it to a worker")] = False,
) -> Started:
    """Push the case's approved plan: canary, batches, verify, confirm or roll back.

    The answer comes at once; the run goes on here, or in a worker with the queue `runs`. A run of
    the case that died is gone on with instead. Refused (409) unless exactly this plan is approved,
    for now, in this case.
    """
    if by_worker:
        return _started(asked.ask(apply_plan.leave_apply, number), response)
    return _started(asked.ask(apply_plan.start_apply, number), response)


class BookingWanted(Given):
    """When a case is to be begun; without it when its window begins, else as soon as may be."""

    at: Annotated[str, Field(max_length=40, examples=["2026-12-01T22:00"])] = ""


class BookingShown(BaseModel):
    """A case's booking, and what came of it. Times are UTC."""

    case: str
    by: str
    at: datetime
    state: BookingState
    run: str
    note: Both


class BookingsShown(BaseModel):
    """The last booking of every case that had one, the first to come first."""

    bookings: list[BookingShown]


@starting.post("/{number}/booking", operation_id="book_apply")
def book(asked: AskedAsSeen, number: str, wanted: BookingWanted) -> BookingShown:
    """Have a worker carry the approved plan out at a time, in your name; the gate is asked then."""
    return _booking(asked.ask(book_apply.book_apply, number, wanted.at))


@starting.delete("/{number}/booking", operation_id="unbook_apply", status_code=204)
def unbook(asked: Asked, number: str) -> None:
    """Take the booking back before its time."""
    asked.ask(book_apply.unbook_apply, number)


@router.get("/bookings", operation_id="list_bookings")
def list_bookings(asked: Asked) -> BookingsShown:
    """Who booked which case for when, and what came of it."""
    found = asked.ask(book_apply.list_bookings)
    return BookingsShown(bookings=[_booking(one) for one in found])


def _booking(one: Booking) -> BookingShown:
    return BookingShown(
        case=one.case, by=one.by, at=one.at, state=one.state, run=one.run, note=Both.of(one.note)
    )


@starting.post(
    "/{number}/rollback", operation_id="roll_back_case", status_code=202, responses=_ACCEPTED
)
def start_rollback(asked: AskedAsSeen, response: Response, number: str) -> Started:
    """Put every device that the case's run changed back, device by device, as carefully."""
    return _started(asked.ask(roll_back_case.start_rollback, number), response)


@starting.post("/{number}/stop", operation_id="stop_run", status_code=202, responses=_ACCEPTED)
def stop(asked: Asked, response: Response, number: str) -> Started:
    """Ask the run of a case to stop: devices begun are finished, the others are left alone."""
    return _started(asked.ask(stop_run.stop_run, number), response)


@starting.post("/{number}/verify", operation_id="verify_devices")
def verify(asked: Asked, number: str) -> RunWhole:
    """Settle each device of the case whose state is `unknown` by what is on it; nothing is pushed.

    The answer comes when all of them were looked at.
    """
    return run_whole(asked.ask(verify_devices.verify_devices, number))


@router.get("", operation_id="list_runs")
def list_runs(
    asked: Asked,
    paged: Paged,
    case: Annotated[str | None, Query(max_length=40, description="Only those of this case")] = None,
) -> Page[RunShown]:
    """Runs, newest first."""
    after = paged.after(datetime, str)
    found = asked.ask(show_run.page_runs, case=case, after=after, most=paged.most)
    return paged.page(found, lambda p: (p.run.started, p.run.id), _shown)


@router.get("/{run}", operation_id="show_run")
def read_run(asked: Asked, run: str) -> RunShown:
    """How far a run is. With `If-None-Match` the answer is 304 until something has moved."""
    return _shown(asked.ask(show_run.show_run_progress, run))


@router.get("/{run}/devices", operation_id="list_run_devices")
def list_devices(
    asked: Asked,
    paged: Paged,
    run: str,
    state: Annotated[State | None, Query(description="Only devices in this state")] = None,
) -> Page[RunDeviceShown]:
    """The devices of a run, canary first, then by batch and name."""
    after = paged.after(int, str)
    found = asked.ask(show_run.page_devices, run, state=state, after=after, most=paged.most)
    return paged.page(found, lambda d: (d.batch, d.device), _device)


@router.get("/{run}/devices/{device}", operation_id="show_run_device")
def read_device(asked: Asked, run: str, device: str) -> RunDeviceStory:
    """One device of a run with its evidence: checks made, last words, the lines it was to get.

    Secrets are hidden in all of it.
    """
    story = asked.ask(show_run_device.show_run_device, run, device)
    return RunDeviceStory(
        **_device(story.device).model_dump(),
        code=story.code,
        checks=[
            CheckShown(check=c.check, passed=c.passed, th=c.found.th, en=c.found.en)
            for c in story.checks
        ],
        said=list(story.said),
        tasks=[
            TaskShown(
                task=one.task,
                module=one.module,
                status=one.status,
                lines=one.lines,
                answer=one.answer,
            )
            for one in story.tasks
        ],
        diff=story.planned.diff,
    )


def run_whole(outcome: Outcome) -> RunWhole:
    """A run with every device."""
    told = show_run.Progress(outcome.run, outcome.counts)
    return RunWhole(run=_shown(told), devices=[_device(device) for device in outcome.devices])


def _shown(progress: show_run.Progress) -> RunShown:
    return RunShown(
        **progress.run.model_dump(exclude={"executor"}),
        good=progress.good,
        devices=progress.devices,
        done=progress.done,
        counts=progress.counts,
    )


def _device(device: RunDevice) -> RunDeviceShown:
    return RunDeviceShown(**device.model_dump(include=set(RunDeviceShown.model_fields)))


def _started(run: str, response: Response) -> Started:
    place = f"/api/v1/runs/{run}"
    response.headers["location"] = place
    return Started(id=run, progress=place)
