"""The gate is shut when a dead process's run is gone on with: nothing more is pushed."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest

from controller.store import locks
from tests.runs.conftest import Stage
from tests.runs.test_resume import carrier


@pytest.mark.parametrize(
    ("point", "state", "whole"),
    [("claimed", "waiting", 0), ("committed", "rolled_back", 0), ("confirmed", "confirmed", 2)],
)
def test_what_was_begun_is_settled_and_nothing_else_begins(
    stage: Stage, point: str, state: str, whole: int
) -> None:
    scene = stage(eos=2, confirm_minutes=3)
    number = scene.approved()
    died = carrier(scene, number, point, "kill")
    died.communicate(timeout=60)
    assert died.returncode == -signal.SIGKILL
    scene.now = scene.clock() + timedelta(days=31)
    with scene.engine() as engine:
        (run,) = engine.resume_dead()
        ended = engine.wait(run)
    rows = sorted(scene.rows(run).values(), key=lambda row: row.batch)
    assert [row.state for row in rows] == [state, "waiting"], rows
    assert ended.state == "stopped"
    assert "the approval expired" in ended.note
    first = next(d for d in scene.devices if d.name == rows[0].device)
    assert first.running().count("description Staff room") == whole
    assert not first.pending()
    with scene.store.read() as conn:
        assert all(locks.holder(conn, row.device) is None for row in rows)
