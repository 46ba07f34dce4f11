"""The same on PostgreSQL: our rows and the durable engine in one database."""

from __future__ import annotations

import signal

import pytest

from tests.runs.conftest import Stage
from tests.runs.scene import ENGINEER
from tests.runs.test_resume import carrier
from tests.store.cluster import Cluster


def test_a_dead_process_s_run_is_finished_and_pushed_once(
    stage: Stage, cluster: Cluster | None
) -> None:
    if cluster is None:
        pytest.skip("no PostgreSQL on this machine")
    with cluster.empty() as url:
        scene = stage(ios=1, eos=2, canary=2, url=url)
        number = scene.approved()
        died = carrier(scene, number, "committed", "kill")
        died.communicate(timeout=60)
        assert died.returncode == -signal.SIGKILL
        with scene.engine() as engine:
            (run,) = engine.resume_dead()
            assert engine.wait(run).state == "finished"
            back = engine.wait(engine.start(number, "rollback", ENGINEER))
        assert {row.state for row in scene.rows(run).values()} == {"confirmed"}
        assert {row.state for row in scene.rows(back.id).values()} == {"confirmed"}
        assert [device.commits() for device in scene.devices] == [2, 2, 2]
        assert not list(scene.folder.glob("*.db"))
        scene.store.close()
