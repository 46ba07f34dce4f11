"""The list of workers: alive or not, what each has in hand, and what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from controller.accounts.actor import SCHEDULE
from controller.errors import NotAllowed
from controller.operations.keep_schedule import keep_schedule
from controller.operations.list_workers import InHand, list_workers
from controller.settings import Queue, Queues
from controller.store import executors, runs, schedule, shards
from controller.store.executors import Executor
from controller.store.schedule import Slot
from tests.operations.office import Desk
from tests.store.samples import a_run

ELSEWHERE = "another-machine"


def test_each_worker_is_told_with_its_queues_and_what_it_has_in_hand(desk: Desk) -> None:
    now = desk.clock()
    with desk.context.store.begin() as conn:
        now = executors.clock_of(conn, desk.clock)
        for name, queues, heard in (
            ("w1", ("runs", "schedule"), now),
            ("w2", ("polling",), now - timedelta(seconds=40)),
            ("person", (), now),
        ):
            one = Executor(name, ELSEWHERE, len(name) + ord(name[1]), now, heard, queues)
            executors.register(conn, one)
        executors.drain(conn, "w1", now)
        schedule.claim_slot(conn, slot_of(desk, "weekly", "w1"))
        shards.take(conn, 3, "w2", desk.clock() + timedelta(hours=1), desk.clock())
    case = desk.case("2.3", 0)
    with desk.context.store.begin() as conn:
        runs.create_run(conn, a_run(now, "r1", case=case.number, executor=""), [])
    found = list_workers(desk.context, desk.person("engineer1"))
    told = {one.id: (one.health, one.queues, one.in_hand) for one in found.workers}
    assert told == {
        "w1": ("draining", ("runs", "schedule"), (InHand("task", "weekly"),)),
        "w2": ("silent", ("polling",), (InHand("poll share", "3"),)),
        "person": ("alive", (), ()),
    }
    assert found.waiting == (InHand("run", "r1"),)


def test_it_is_for_whoever_keeps_the_machines(desk: Desk) -> None:
    for person in ("officer1", "director", "school1"):
        with pytest.raises(NotAllowed):
            list_workers(desk.context, desk.person(person))


def test_no_worker_begins_more_tasks_than_all_together_may(desk: Desk) -> None:
    limits = Queues(schedule=Queue(at_once=2, per_minute=3))
    settings = desk.context.settings.model_copy(update={"queues": limits})
    context = replace(desk.context, settings=settings)
    with context.store.begin() as conn:
        for number in range(6):
            waiting = replace(slot_of(desk, f"task-{number}", ""), state="waiting")
            schedule.add_slot(conn, waiting)
    first = keep_schedule(context, SCHEDULE, "w1").taken
    assert len(first) == 2
    assert keep_schedule(context, SCHEDULE, "w2").taken == ()
    with context.store.begin() as conn:
        for slot in first:
            schedule.end_slot(conn, slot, "done", {}, desk.clock())
    assert len(keep_schedule(context, SCHEDULE, "w2").taken) == 1
    desk.clock.forward(seconds=61)
    assert len(keep_schedule(context, SCHEDULE, "w1").taken) == 1


def slot_of(desk: Desk, name: str, holder: str) -> Slot:
    now = desk.clock()
    return Slot(name, now, "backup", "engineer1", holder, now, now)
