"""Three workers on PostgreSQL, killed at random while 150 devices are changed, ten times."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.runs.lab import rows_of, running_lab
from tests.runs.scene import ENGINEER, Scene, edit, open_scene
from tests.store.cluster import Cluster

HERE = Path(__file__).resolve().parents[2]
DEVICES = int(os.environ.get("KHAEN_TEST_DEVICES", "150"))
ROUNDS = int(os.environ.get("KHAEN_TEST_ROUNDS", "10"))
WORKERS, KILLS = 3, 4
LONGEST_SECONDS = 900


@pytest.mark.slow
def test_killed_workers_change_every_device_once(tmp_path: Path, cluster: Cluster | None) -> None:
    if cluster is None:
        pytest.skip("no PostgreSQL on this machine")
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    half = DEVICES // 2
    rows = rows_of("cisco_ios", "ios", 15, half) + rows_of("arista_eos", "eos", 16, DEVICES - half)
    (tmp_path / "office").mkdir()
    with ExitStack() as ending:
        lab = ending.enter_context(running_lab(tmp_path, rows))
        url = ending.enter_context(cluster.empty())
        password = lab.password_file.read_text(encoding="utf-8").strip()
        scene = ending.enter_context(
            open_scene(
                tmp_path / "office", lab.devices, password, url, batch=10, confirm_minutes=60
            )
        )
        workers = [_begin(scene) for _ in range(WORKERS)]
        ending.callback(_end, workers)
        purpose = "Staff room"
        for turn in range(1, ROUNDS + 1):
            _round(scene, workers, chance, turn, purpose)
            purpose, before = f"Room {turn}", purpose
            edit(scene.root / "inventory/groups.yaml", before, purpose)
        scene.store.close()


def _round(
    scene: Scene, workers: list[subprocess.Popen[str]], chance: random.Random, turn: int, text: str
) -> None:
    """One case left to the workers; every device is changed once more, and never twice."""
    number = scene.approved()
    with scene.engine() as engine:
        run = engine.leave(number, "apply", ENGINEER)
    killed, until = 0, time.monotonic() + LONGEST_SECONDS
    while scene.run(run).state == "running":
        assert time.monotonic() < until, scene.rows(run)
        time.sleep(chance.uniform(0.0, 1.0))
        holder = scene.run(run).executor
        place = next((n for n, w in enumerate(workers) if f"-{w.pid}-" in holder), None)
        if place is not None and killed < KILLS and scene.run(run).state == "running":
            workers[place].send_signal(signal.SIGKILL)
            workers[place].wait()
            workers[place] = _begin(scene)
            killed += 1
    print(f"round {turn}: {killed} killed, {scene.log(number).count('run_taken_over')} taken")
    assert scene.run(run).state == "finished", scene.run(run)
    assert {row.state for row in scene.rows(run).values()} == {"confirmed"}, scene.rows(run)
    # The devices' own count: a second push, or one gone back from, would stand in it.
    assert {device.name: device.commits() for device in scene.devices} == {
        device.name: turn for device in scene.devices
    }
    assert all(d.running().count(f"description {text}") == 2 for d in scene.devices)
    assert not any(device.pending() for device in scene.devices)
    assert scene.keeper.verify(scene.store).ok is True


def _begin(scene: Scene) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.runs.labourer", str(scene.root)],
        cwd=HERE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _end(workers: list[subprocess.Popen[str]]) -> None:
    for worker in workers:
        worker.kill()
        worker.wait()
