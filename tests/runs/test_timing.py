"""A plan is carried out in its window and in no freeze; what was begun in time is finished."""

from __future__ import annotations

import signal
from datetime import timedelta
from typing import Any

import pytest

from controller.errors import NotNow
from controller.plans.plan import Plan, Window
from controller.runs.gate import permit
from controller.runs.timing import Times
from controller.schedules.freeze import Freeze
from controller.store import runs
from tests.runs.conftest import Stage
from tests.runs.scene import ENGINEER, Scene
from tests.runs.test_resume import carrier

HOUR = timedelta(hours=1)


def freeze(scene: Scene, since: timedelta, until: timedelta, select: str = "all") -> None:
    """The office's file says so."""
    zone = timedelta(hours=7)
    begins, ends = (f"{scene.clock() + zone + at:%Y-%m-%dT%H:%M}" for at in (since, until))
    (scene.root / "schedules.yaml").write_text(
        f"freezes: [{{name: exams, begins: '{begins}', ends: '{ends}', reason: สอบ, "
        f"select: '{select}'}}]\n",
        encoding="utf-8",
    )


def in_window(scene: Scene, begins: timedelta, ends: timedelta) -> str:
    """An approved case whose plan has a window, counted from now."""
    now = scene.clock().replace(second=0, microsecond=0)
    window = Window(begins=now + begins, ends=now + ends)
    plan = Plan.model_validate(scene.plan().model_dump() | {"window": window})
    return scene.approved_plan(plan)


def test_nothing_starts_in_a_freeze_but_everything_may_be_taken_back(stage: Stage) -> None:
    scene = stage(eos=1)
    number = scene.approved()
    freeze(scene, -HOUR, HOUR)
    with scene.engine() as engine, pytest.raises(NotNow, match="freeze exams until") as caught:
        engine.start(number, "apply", ENGINEER)
    assert caught.value.hint
    assert "schedules.yaml" in caught.value.hint.en
    assert scene.devices[0].commits() == 0
    with scene.store.read() as conn:
        assert runs.runs_of(conn, number) == ()
    assert permit(scene.environment(), number, "rollback").plan.id
    freeze(scene, HOUR, 2 * HOUR)
    assert permit(scene.environment(), number, "apply").times.freezes[0].name == "exams"
    freeze(scene, -HOUR, HOUR, select="role=core")
    assert permit(scene.environment(), number, "apply").times.freezes == ()


def test_nothing_starts_outside_the_window(stage: Stage) -> None:
    scene = stage(eos=1)
    number = in_window(scene, HOUR, 2 * HOUR)
    now = scene.clock()
    with pytest.raises(NotNow, match="only be carried out from"):
        permit(scene.environment(), number, "apply")
    scene.now = now + 90 * timedelta(minutes=1)
    assert permit(scene.environment(), number, "apply").times.against(scene.now) == ()
    scene.now = now + 2 * HOUR
    with pytest.raises(NotNow) as caught:
        permit(scene.environment(), number, "apply")
    assert caught.value.hint
    assert "replan" in caught.value.hint.en


def test_a_run_begins_no_more_devices_when_the_window_ends(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = stage(eos=2)
    number = in_window(scene, -HOUR, HOUR)
    asked = iter([(), ()])
    after = Times(Window(begins=scene.clock() - 2 * HOUR, ends=scene.clock() - HOUR))
    over = after.against(scene.clock())
    # Asked before the first device, twice; from then on the window is over.
    monkeypatch.setattr(Times, "against", lambda *_: next(asked, over))
    monkeypatch.setattr(Times, "insist", lambda *_: None)
    with scene.engine() as engine:
        ended = engine.wait(engine.start(number, "apply", ENGINEER))
    assert sorted(row.state for row in scene.rows(ended.id).values()) == ["confirmed", "waiting"]
    assert (ended.state, "the time is over" in ended.note) == ("stopped", True)


def test_what_a_dead_process_began_in_the_window_is_finished_after_it(stage: Stage) -> None:
    scene = stage(eos=2, confirm_minutes=3)
    number = in_window(scene, -HOUR, HOUR)
    died = carrier(scene, number, "committed", "kill")
    died.communicate(timeout=60)
    assert died.returncode == -signal.SIGKILL
    scene.now = scene.clock() + 2 * HOUR
    with scene.engine() as engine:
        (run,) = engine.resume_dead()
        ended = engine.wait(run)
    rows = sorted(scene.rows(run).values(), key=lambda row: row.batch)
    assert [row.state for row in rows] == ["confirmed", "waiting"], rows
    assert (ended.state, "the time is over" in ended.note) == ("stopped", True)


def test_every_reason_is_told_with_its_end() -> None:
    words: dict[str, Any] = {"begins": "2027-03-01", "ends": "2027-03-02", "reason": "สอบ"}
    exams = Freeze.model_validate(words | {"name": "exams"})
    visit = Freeze.model_validate(words | {"name": "visit"})
    now = exams.since
    window = Window(begins=now + HOUR, ends=now + 2 * HOUR)
    told = [text.en for text in Times(window, (exams, visit)).against(now)]
    assert told[0].startswith("this plan may only be carried out from 2027-03-01 01:00 to")
    assert told[1:] == [
        "in the freeze exams until 2027-03-03 00:00 (สอบ)",
        "in the freeze visit until 2027-03-03 00:00 (สอบ)",
    ]
