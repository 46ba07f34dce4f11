"""Whether a process is alive, and who is dead among executors."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from controller.errors import Refused
from controller.runs import identity
from controller.runs.engine import RunEngine
from controller.runs.identity import host, is_gone, new_executor_id, process_started
from controller.runs.takeover import is_dead
from controller.store.executors import Executor
from tests.runs.conftest import Stage

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
LEASE = 30.0


def test_an_executor_id_is_never_given_twice() -> None:
    assert len({new_executor_id() for _ in range(100)}) == 100
    assert new_executor_id().startswith(f"{host()}-{os.getpid()}-")


def test_this_process_is_alive_and_started_in_the_past() -> None:
    started = process_started(os.getpid())
    assert started is not None
    assert started < datetime.now(UTC)
    assert not is_gone(os.getpid(), started)


def test_another_process_with_the_same_number_is_another() -> None:
    started = process_started(os.getpid())
    assert started is not None
    assert is_gone(os.getpid(), started - timedelta(minutes=5))


def test_a_process_that_ended_is_gone_also_while_nobody_fetched_its_end() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    started = process_started(child.pid)
    assert started is not None
    assert not is_gone(child.pid, started)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert is_gone(child.pid, started)
    child.communicate()
    assert is_gone(child.pid, started)


def test_ps_tells_the_same_as_proc() -> None:
    from_proc, from_ps = process_started(os.getpid()), identity._from_ps(os.getpid())
    assert from_proc is not None
    assert from_ps is not None
    assert abs(from_proc - from_ps) < timedelta(seconds=3)


def executor(**fields: object) -> Executor:
    started = process_started(os.getpid()) or NOW
    usual: dict[str, object] = {
        "id": "e", "host": host(), "pid": os.getpid(), "started": started, "heartbeat": NOW,
    }  # fmt: skip
    return Executor(**(usual | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "dead"),
    [
        ({}, False),
        ({"started": NOW - timedelta(days=400)}, True),
        ({"host": "elsewhere", "started": NOW - timedelta(days=400)}, False),
        ({"heartbeat": NOW - timedelta(seconds=LEASE - 1)}, False),
        ({"heartbeat": NOW - timedelta(seconds=LEASE + 1)}, True),
        ({"host": "elsewhere", "heartbeat": NOW - timedelta(seconds=LEASE + 1)}, True),
    ],
)
def test_who_is_dead(fields: dict[str, object], dead: bool) -> None:
    assert is_dead(executor(**fields), NOW, LEASE) is dead


def test_a_second_process_with_the_same_id_is_refused(stage: Stage) -> None:
    scene = stage(eos=1)
    engine = RunEngine(scene.environment(), executor_id=lambda: "the-same")
    engine.resume_dead()
    engine.close()
    twin = RunEngine(scene.environment(), executor_id=lambda: "the-same")
    with pytest.raises(Refused, match="is taken"):
        twin.resume_dead()
    twin.close()
