"""Runs that are left to a worker, and the limits that hold across runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from controller.errors import NotApproved
from controller.runs.engine import RunEngine
from controller.runs.gate import permit
from controller.runs.ledger import Book, Ending, Ledger
from controller.store import audit_log, executors
from controller.store.audit_keeper import AuditKeeper
from controller.store.limits import Limits
from tests.runs.conftest import Stage
from tests.runs.scene import ENGINEER, Scene, edit


@contextmanager
def engine_with(scene: Scene, limits: Limits) -> Iterator[RunEngine]:
    engine = RunEngine(replace(scene.environment(), limits=lambda: limits))
    try:
        yield engine
    finally:
        engine.close()


def test_a_run_left_to_a_worker_is_taken_by_one_with_the_queue(stage: Stage) -> None:
    scene = stage(eos=2)
    number = scene.approved()
    with scene.engine() as engine:
        run = engine.leave(number, "apply", ENGINEER)
        assert engine.leave(number, "apply", ENGINEER) == run
        assert engine.resume_dead() == []  # nobody had it, so nobody has died
        assert scene.run(run).executor == ""
    with scene.engine() as worker:
        me = worker.serve(("runs",))
        with scene.store.read() as conn:
            (known,) = executors.living(conn)
        assert (known.id, known.queues, known.draining) == (me, ("runs",), None)
        assert worker.take_waiting() == [run]
        assert worker.take_waiting() == []
        assert worker.wait(run).state == "finished"
        assert (scene.run(run).executor, scene.run(run).by) == (me, "engineer1")
    assert [device.commits() for device in scene.devices] == [1, 1]
    assert scene.log(number).count("run_taken_over") == 1


def test_whoever_applies_a_case_that_waits_for_a_worker_carries_it_out_at_once(
    stage: Stage,
) -> None:
    scene = stage(eos=1)
    number = scene.approved()
    with scene.engine() as engine:
        run = engine.leave(number, "apply", ENGINEER)
        assert engine.start(number, "apply", ENGINEER) == run
        assert engine.wait(run).state == "finished"


def test_the_gate_is_asked_before_a_run_is_left_and_when_it_is_taken(stage: Stage) -> None:
    scene = stage(eos=1)
    unapproved = scene.opened(scene.plan())
    with scene.engine() as engine:
        with pytest.raises(NotApproved):
            engine.leave(unapproved, "apply", ENGINEER)
        number = scene.approved()
        run = engine.leave(number, "apply", ENGINEER)
        edit(scene.root / "inventory/groups.yaml", "Staff room", "Server room")
        assert engine.take_waiting() == [run]
        assert engine.wait(run).state == "stopped"
    assert [device.commits() for device in scene.devices] == [0]


def test_no_more_devices_of_a_site_are_in_work_than_the_office_allows(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = stage(eos=8, batch=8)
    sites = {d.device: d.site for d in scene.plan().devices}
    guard, now, most = threading.Lock(), dict.fromkeys(sites.values(), 0), dict[str, int]()
    claim, end = Ledger.claim, Book.end

    def claimed(ledger: Ledger, *arguments: str) -> Book | None:
        book = claim(ledger, *arguments)  # type: ignore[arg-type]
        with guard:
            site = arguments[-1]
            now[site] += 1
            most[site] = max(most.get(site, 0), now[site])
        return book

    def ended(book: Book, ending: Ending, evidence: dict[str, object]) -> None:
        with guard:
            now[sites[book.device]] -= 1
        end(book, ending, evidence)

    monkeypatch.setattr(Ledger, "claim", claimed)
    monkeypatch.setattr(Book, "end", ended)
    with engine_with(scene, Limits(at_once=3, site_at_once=2)) as engine:
        run = engine.wait(engine.start(scene.approved(), "apply", ENGINEER))
    assert run.state == "finished"
    assert {row.state for row in scene.rows(run.id).values()} == {"confirmed"}
    assert len(most) == 2
    assert max(most.values()) == 2


def test_a_device_that_waits_for_room_does_not_hold_up_a_stop(stage: Stage) -> None:
    scene = stage(eos=4, batch=4)
    with engine_with(scene, Limits(per_minute=1)) as engine:
        run = engine.start(scene.approved(), "apply", ENGINEER)
        for row in engine.watch(run):
            if row.state == "confirmed":
                engine.stop_gracefully()
    assert scene.run(run).state == "stopped"
    states = sorted(row.state for row in scene.rows(run).values())
    assert states == ["confirmed", "waiting", "waiting", "waiting"]
    assert sum(device.commits() for device in scene.devices) == 1


def test_a_process_taken_for_dead_goes_on_under_a_new_id(stage: Stage) -> None:
    scene = stage(eos=1)
    number = scene.approved()
    with scene.engine() as worker:
        first = worker.serve(("runs",))
        with scene.store.begin() as conn:
            executors.retire(conn, first, scene.clock())
        run = worker.leave(number, "apply", ENGINEER)
        while not worker.take_waiting():
            worker.rest()
        assert worker.wait(run).state == "finished"
        assert scene.run(run).executor != first
        with scene.store.read() as conn:
            assert [one.queues for one in executors.living(conn)] == [("runs",)]
    with scene.store.read() as conn:
        assert not executors.living(conn)
        assert audit_log.about(conn, number)


def test_a_worker_with_a_data_folder_of_its_own_is_refused_by_the_gate(
    stage: Stage, tmp_path: Path
) -> None:
    """The database alone is not enough: the seals are not of the key it has."""
    scene = stage(eos=1)
    number = scene.approved()
    elsewhere = tmp_path / "elsewhere"
    keeper = AuditKeeper(elsewhere)
    environment = replace(scene.environment(), data_folder=elsewhere, keeper=keeper)
    with pytest.raises(NotApproved):
        permit(environment, number, "apply")
    assert permit(scene.environment(), number, "apply").plan.id
    keeper.close()
