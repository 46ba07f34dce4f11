"""The durable engine as we use it: the traps that were found, one by one."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from controller.runs import durable
from controller.runs.durable import Durable, LeftOpen, Slot, TakenOver
from tests.runs.lab import wait_until

Slots = Callable[[int], list[Slot]]


@contextmanager
def opened(path: Path, executor: str, work: durable.Work) -> Iterator[Durable]:
    engine = Durable(f"sqlite:///{path}", executor, work)
    try:
        yield engine
    finally:
        engine.close()


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(query).fetchall()


def three_steps(done: list[str], fail_at: str = "") -> durable.Work:
    """A run of three steps that notes each it really takes."""

    def step(name: str) -> dict[str, Any]:
        if name == fail_at:
            raise OSError("the disk is full")
        done.append(name)
        return {"name": name}

    def work(_run: str, slots: Slots) -> dict[str, Any]:
        return {"all": [s.run(step, n)["name"] for s, n in zip(slots(3), "abc", strict=True)]}

    return work


def test_a_run_without_outcome_goes_on_in_another_process_after_the_last_step_done(
    tmp_path: Path,
) -> None:
    path, done = tmp_path / "runs.db", list[str]()
    with opened(path, "first", three_steps(done, fail_at="c")) as engine:
        engine.begin("r1")
        with pytest.raises(LeftOpen) as left:
            engine.wait("r1", 10)
        assert isinstance(left.value.__cause__, OSError)
    assert rows(path, "SELECT status, executor_id FROM workflow_status") == [("PENDING", "first")]
    with opened(path, "second", three_steps(done)) as engine:
        engine.go_on("r1")
        assert engine.wait("r1", 10)
        assert done == ["a", "b", "c"]
    assert rows(path, "SELECT count(*) FROM workflow_status") == [(0,)]


def test_nobody_takes_a_dead_run_over_unasked(tmp_path: Path) -> None:
    path, done = tmp_path / "runs.db", list[str]()
    with opened(path, "first", three_steps(done, fail_at="a")) as engine:
        engine.begin("r1")
        with pytest.raises(LeftOpen):
            engine.wait("r1", 10)
    with opened(path, "second", three_steps(done)) as engine:
        assert not threading.Event().wait(1.5)
        assert engine.in_hand() == ()
    assert done == []


def test_a_run_the_engine_never_heard_of_is_begun(tmp_path: Path) -> None:
    done = list[str]()
    with opened(tmp_path / "runs.db", "first", three_steps(done)) as engine:
        engine.go_on("r1")
        assert engine.wait("r1", 10)
    assert done == ["a", "b", "c"]


def test_a_run_the_engine_thinks_is_over_is_done_again_when_asked(tmp_path: Path) -> None:
    """Our own store may have been put back to an earlier day; our rows say what is left to do."""
    path, done = tmp_path / "runs.db", list[str]()
    with opened(path, "first", three_steps(done)) as engine:
        engine.begin("r1")
        assert engine.wait("r1", 10)
        wait_until(lambda: rows(path, "SELECT status FROM workflow_status") == [("SUCCESS",)])
        engine.go_on("r1")
        assert engine.wait("r1", 10)
    assert done == ["a", "b", "c"] * 2


def test_a_process_that_lost_its_run_cannot_record_a_step(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    entered, go = threading.Event(), threading.Event()

    def work(_run: str, slots: Slots) -> dict[str, Any]:
        def step() -> dict[str, Any]:
            entered.set()
            go.wait(10)
            return {}

        return slots(1)[0].run(step)

    with opened(path, "first", work) as engine:
        engine.begin("r1")
        assert entered.wait(10)
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("UPDATE workflow_status SET owner_xid = 'another', executor_id = 'x'")
        go.set()
        with pytest.raises(TakenOver):
            engine.wait("r1", 10)
    assert rows(path, "SELECT count(*) FROM operation_outputs") == [(0,)]
    assert rows(path, "SELECT status FROM workflow_status") == [("PENDING",)]


def test_steps_run_side_by_side_and_replay_in_the_same_places(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    path, together = tmp_path / "runs.db", threading.Barrier(8, timeout=10)

    def step(number: int) -> dict[str, Any]:
        together.wait()
        return {"number": number}

    def work(_run: str, slots: Slots) -> dict[str, Any]:
        places = slots(8)
        with ThreadPoolExecutor(8) as pool:
            tasks = [pool.submit(s.run, step, n) for n, s in reversed([*enumerate(places)])]
            for task in tasks:
                task.result()
        found = rows(path, "SELECT function_id, output FROM operation_outputs ORDER BY 1")
        return {"found": [[place, json.loads(output)["number"]] for place, output in found]}

    with opened(path, "first", work) as engine:
        engine.begin("r1")
        assert engine.wait("r1", 10)
        answer = engine._ends["r1"].result()
    assert answer["found"] == [[number + 1, number] for number in range(8)]


def test_what_is_kept_is_json_and_the_version_is_ours(tmp_path: Path) -> None:
    path, told = tmp_path / "runs.db", list[tuple[Any, ...]]()

    def work(_run: str, slots: Slots) -> dict[str, Any]:
        slots(1)[0].run(lambda: {"state": "confirmed"})
        told.extend(rows(path, "SELECT output, serialization FROM operation_outputs"))
        told.extend(rows(path, "SELECT inputs FROM workflow_input"))
        told.extend(rows(path, "SELECT application_version, executor_id FROM workflow_status"))
        return {}

    with opened(path, "first", work) as engine:
        engine.begin("r1")
        engine.wait("r1", 10)
    assert json.loads(told[0][0]) == {"state": "confirmed"}
    assert told[0][1] == "portable_json"
    assert json.loads(told[1][0])["positionalArgs"] == ["r1"]
    assert told[2] == (durable.VERSION, "first")


def test_the_file_is_private_and_writes_ahead(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    with opened(path, "first", three_steps([])):
        assert rows(path, "PRAGMA journal_mode") == [("wal",)]
    assert path.stat().st_mode & 0o077 == 0


def test_one_engine_per_process(tmp_path: Path) -> None:
    with (
        opened(tmp_path / "runs.db", "first", three_steps([])),
        pytest.raises(RuntimeError, match="already open"),
    ):
        Durable(f"sqlite:///{tmp_path / 'other.db'}", "second", three_steps([]))


def test_nothing_is_said_on_the_console(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with opened(tmp_path / "runs.db", "first", three_steps([], fail_at="b")) as engine:
        engine.begin("r1")
        with pytest.raises(LeftOpen):
            engine.wait("r1", 10)
    assert capfd.readouterr() == ("", "")


def test_the_queue_of_a_process_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    with opened(path, "first", three_steps([])) as engine:
        assert rows(path, "SELECT name FROM queues") == [("khaen-first",)]
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("UPDATE queues SET name = 'khaen-dead'")
        engine.forget("dead")
        assert rows(path, "SELECT name FROM queues") == []
