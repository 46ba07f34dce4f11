"""A process dies at every point of a device's transaction; another one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runs.carrier import FENCED, POINTS
from tests.runs.conftest import Stage
from tests.runs.lab import wait_until
from tests.runs.scene import Scene

HERE = Path(__file__).resolve().parents[2]


def carrier(scene: Scene, number: str, point: str, how: str) -> subprocess.Popen[str]:
    """Another process that carries the case out."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.runs.carrier", str(scene.root), number, point, how],
        cwd=HERE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def changed(scene: Scene) -> bool:
    """Whether the whole change is on every device, saved, with nothing pending."""
    return all(
        device.running().count("description Staff room") == 2
        and device.startup() == device.running()
        and not device.pending()
        for device in scene.devices
    )


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_point_it_is_finished_and_pushed_once(stage: Stage, point: str) -> None:
    scene = stage(ios=1, eos=1, canary=2)
    number = scene.approved()
    died = carrier(scene, number, point, "kill")
    died.communicate(timeout=60)
    assert died.returncode == -signal.SIGKILL
    with scene.engine() as engine:
        (run,) = engine.resume_dead()
        ended = engine.wait(run)
    rows = scene.rows(run)
    assert {row.state for row in rows.values()} == {"confirmed"}, rows
    assert ended.state == "finished"
    assert changed(scene)
    assert [device.commits() for device in scene.devices] == [1, 1]
    assert "run_taken_over" in scene.log(number)


@pytest.mark.parametrize(
    ("point", "kinds"), [("loaded", {"eos": 1}), ("committed", {"ios": 1})], ids=str
)
def test_a_process_that_thaws_neither_commits_nor_records(
    stage: Stage, point: str, kinds: dict[str, int]
) -> None:
    scene = stage(**kinds)
    number = scene.approved()
    frozen = carrier(scene, number, point, "freeze")
    try:
        stopped(frozen.pid)
        with scene.engine() as engine:
            wait_until(lambda: bool(engine.resume_dead()), "the lease's end")
            (run,) = engine.in_hand()
            assert engine.wait(run).state == "finished"
        before = (scene.rows(run), scene.run(run), len(scene.log(number)))
        commits = [device.commits() for device in scene.devices]
        os.kill(frozen.pid, signal.SIGCONT)
        _, errors = frozen.communicate(timeout=30)
    finally:
        frozen.kill()
        frozen.communicate()
    assert frozen.returncode == FENCED, errors
    assert (scene.rows(run), scene.run(run), len(scene.log(number))) == before
    assert [device.commits() for device in scene.devices] == commits == [1]
    assert changed(scene)


def stopped(pid: int) -> None:
    """Wait until the process has frozen itself."""
    os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOWAIT)
