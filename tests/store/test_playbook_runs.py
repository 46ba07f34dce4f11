"""A playbook run is one process's at a time, and what each device said is counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from controller.errors import NotFound, Text
from controller.playbooks.result import TaskResult
from controller.playbooks.running import PlaybookDevice, PlaybookRecord
from controller.store import playbook_runs
from controller.store.engine import Store
from tests.store.clock import Clock

RUN = "collect-facts-1"


def a_record(at: datetime, run: str = RUN, **changes: Any) -> PlaybookRecord:
    """A run that waits."""
    values: dict[str, Any] = {
        "id": run,
        "playbook": "collect-facts",
        "selector": "role=access",
        "parameters": (("names", ("ก", "b")), ("vlan", 20)),
        "by": "engineer1",
        "state": "waiting",
        "sha256": "a" * 64,
        "started": at,
    }
    return PlaybookRecord(**values | changes)


def a_result(device: str, task: str = "facts", **changes: Any) -> TaskResult:
    """A task that went well."""
    return replace(TaskResult(1, device, task, "cisco.ios.ios_facts", "ok"), **changes)


def begun(store: Store, clock: Clock, *devices: str, **changes: Any) -> PlaybookRecord:
    """A run of these devices, kept."""
    record = a_record(clock(), **changes)
    with store.begin() as conn:
        playbook_runs.create_run(conn, record, [PlaybookDevice(device=d) for d in devices])
    return record


def test_a_run_is_read_as_it_was_kept(store: Store, clock: Clock) -> None:
    record = begun(store, clock, "b", "a")
    with store.read() as conn:
        assert playbook_runs.load_run(conn, RUN) == record
        assert [d.device for d in playbook_runs.run_devices(conn, RUN)] == ["a", "b"]
        assert playbook_runs.newest_runs(conn, device="b", most=9) == (record,)
        assert playbook_runs.newest_runs(conn, device="c", most=9) == ()
        assert playbook_runs.newest_runs(conn, playbook="other", most=9) == ()
        with pytest.raises(NotFound):
            playbook_runs.load_run(conn, "nothing")


def test_only_one_process_takes_a_run_and_only_from_whom_it_thinks(
    store: Store, clock: Clock
) -> None:
    begun(store, clock, "a")
    with store.begin() as conn:
        assert playbook_runs.take_run(conn, RUN, "w1", previous="")
        assert not playbook_runs.take_run(conn, RUN, "w2", previous="")
        assert playbook_runs.take_run(conn, RUN, "w2", previous="w1")
        assert playbook_runs.still_mine(conn, RUN, "w2")
        assert not playbook_runs.still_mine(conn, RUN, "w1")


def test_who_takes_over_counts_nothing_twice(store: Store, clock: Clock) -> None:
    begun(store, clock, "a", "b", "c")
    with store.begin() as conn:
        playbook_runs.take_run(conn, RUN, "w1", previous="")
        playbook_runs.add_results(conn, RUN, [a_result("a"), a_result("b"), a_result("c")])
        playbook_runs.set_device_states(conn, RUN, {"a": "ok", "b": "running"}, clock())
        playbook_runs.take_run(conn, RUN, "w2", previous="w1")
        assert [r.device for r in playbook_runs.results(conn, RUN)] == ["a"]
        states = {d.device: d.state for d in playbook_runs.run_devices(conn, RUN)}
        assert states == {"a": "ok", "b": "waiting", "c": "waiting"}
        assert playbook_runs.add_results(conn, RUN, [a_result("b"), a_result("c")]) == 3
        assert playbook_runs.leave_run(conn, RUN, "w2")
        assert [r.device for r in playbook_runs.results(conn, RUN)] == ["a"]
        assert playbook_runs.load_run(conn, RUN).state == "waiting"


def test_a_device_and_a_run_keep_their_first_end(store: Store, clock: Clock) -> None:
    begun(store, clock, "a", "b")
    words = Text(th="จบ", en="over")
    with store.begin() as conn:
        playbook_runs.set_device_states(conn, RUN, {"a": "failed"}, clock())
        playbook_runs.set_device_states(conn, RUN, {"a": "ok"}, clock())
        assert playbook_runs.request_stop(conn, RUN, "engineer1")
        assert playbook_runs.request_stop(conn, RUN, "engineer2")
        assert playbook_runs.stop_requested(conn, RUN) == "engineer1"
        assert playbook_runs.finish_run(conn, RUN, "stopped", at=clock(), note=words)
        assert not playbook_runs.finish_run(conn, RUN, "finished", at=clock())
        assert not playbook_runs.request_stop(conn, RUN, "engineer1")
        assert playbook_runs.open_runs(conn) == ()
        ended = playbook_runs.load_run(conn, RUN)
        assert (ended.state, ended.note_th, ended.note_en) == ("stopped", "จบ", "over")
        assert playbook_runs.state_counts(conn, [RUN]) == {RUN: {"failed": 1, "not-run": 1}}


def test_results_are_numbered_on_and_read_from_a_number_on(store: Store, clock: Clock) -> None:
    """Also those of a run of a plan, which has no row among the playbook runs."""
    run = "2569-2.3-0001-apply-1"
    with store.begin() as conn:
        assert playbook_runs.add_results(conn, run, [a_result("a"), a_result("b")]) == 2
        said = a_result("a", "show", answer="\0x" * 200_000, at=clock(), seconds=1.5)
        assert playbook_runs.add_results(conn, run, [said]) == 3
        assert playbook_runs.add_results(conn, run, []) == 3
        assert [r.number for r in playbook_runs.results(conn, run, device="a")] == [1, 3]
        (last,) = playbook_runs.results(conn, run, after=2)
        assert len(last.answer) < 201_000
        assert last.answer.endswith("the rest is cut")
        assert (last.at, last.seconds) == (clock(), 1.5)
        assert len(playbook_runs.results(conn, run, most=2)) == 2


def test_old_runs_go_and_what_goes_on_stays(store: Store, clock: Clock) -> None:
    plan_run = "2569-2.3-0001-apply-1"
    begun(store, clock, "a", run="still-open")
    for number in range(4):
        clock.forward(days=1)
        begun(store, clock, "a", run=f"r{number}")
        with store.begin() as conn:
            playbook_runs.add_results(conn, f"r{number}", [a_result("a")])
            playbook_runs.finish_run(conn, f"r{number}", "finished", at=clock())
    with store.begin() as conn:
        playbook_runs.add_results(conn, plan_run, [a_result("a")])
        assert playbook_runs.prune(conn, before=clock() - timedelta(days=2), keep=9) == 1
        assert playbook_runs.prune(conn, before=clock() - timedelta(days=2), keep=2) == 1
        left = [run.id for run in playbook_runs.newest_runs(conn, most=9)]
        assert left == ["r3", "r2", "still-open"]
        assert playbook_runs.results(conn, "r0") == ()
        assert len(playbook_runs.results(conn, plan_run)) == 1
