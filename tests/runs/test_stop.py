"""Runs that stop: by their rules, because somebody asks, or because the process leaves."""

from __future__ import annotations

from dbos import DBOS

from controller.store import locks, runs
from tests.runs.conftest import Stage
from tests.runs.lab import LabDevice, wait_until
from tests.runs.scene import ENGINEER, Scene

WORDS = "description Staff room"


def in_order(scene: Scene) -> list[LabDevice]:
    """The devices as a run takes them: site by site."""
    sites = {d.name: d.site for d in scene.workspace().inventory.devices}
    return sorted(scene.devices, key=lambda d: (sites[d.name], d.name))


def states(scene: Scene, run: str) -> list[str]:
    """The state of every device, in the order of the run."""
    rows = scene.rows(run)
    return [rows[d.name].state for d in in_order(scene)]


def test_a_canary_that_fails_stops_the_run_before_the_others(stage: Stage) -> None:
    scene = stage(eos=3)
    number = scene.approved()
    in_order(scene)[0].fault("refused-login")
    with scene.engine() as engine:
        run = engine.wait(engine.start(number, "apply", ENGINEER))
    assert states(scene, run.id) == ["failed", "waiting", "waiting"]
    assert run.state == "stopped"
    assert "canary" in run.note
    assert [d.commits() for d in scene.devices] == [0, 0, 0]


def test_a_canary_that_drifted_hands_its_place_on(stage: Stage) -> None:
    scene = stage(eos=3)
    number = scene.approved()
    first, second, _ = in_order(scene)
    first.type("hostname by-hand")
    second.fault("refused-login")
    with scene.engine() as engine:
        run = engine.wait(engine.start(number, "apply", ENGINEER))
    assert states(scene, run.id) == ["drifted", "failed", "waiting"]


def test_too_many_failures_stop_the_rest(stage: Stage) -> None:
    scene = stage(eos=6, batch=1, stop_after_failed_percent=20)
    number = scene.approved()
    _, second, third, *_ = in_order(scene)
    second.fault("refused-login")
    third.fault("refused-login")
    with scene.engine() as engine:
        run = engine.wait(engine.start(number, "apply", ENGINEER))
    assert states(scene, run.id) == ["confirmed", "failed", "failed", *["waiting"] * 3]
    assert run.state == "stopped"
    assert "2 of 6" in run.note


def test_a_device_that_the_push_makes_unreachable_stops_the_rest(stage: Stage) -> None:
    scene = stage(eos=4, batch=1, confirm_minutes=1)
    scene.answer_timeout = 1.0
    number = scene.approved()
    in_order(scene)[1].fault("lose-management")
    with scene.engine() as engine:
        run = engine.wait(engine.start(number, "apply", ENGINEER))
    assert states(scene, run.id) == ["confirmed", "rolled_back", "waiting", "waiting"]
    assert "out of reach" in run.note


def test_asked_to_stop_it_finishes_what_it_began(stage: Stage) -> None:
    scene = stage(eos=5, batch=2)
    number = scene.approved()
    slow = in_order(scene)[1]
    slow.fault("slow-prompt", value="0.15")
    with scene.engine() as engine:
        run = engine.start(number, "apply", ENGINEER)
        wait_until(lambda: scene.rows(run)[slow.name].state == "intended", "the second device")
        engine.stop_gracefully()
        ended = engine.wait(run)
    assert ended.state == "stopped"
    assert "asked to stop" in ended.note
    assert set(states(scene, run)) <= {"confirmed", "waiting"}
    assert scene.rows(run)[slow.name].state == "confirmed"
    with scene.engine() as engine:
        rest = engine.wait(engine.start(number, "apply", ENGINEER))
    assert rest.id != run
    assert all(d.running().count(WORDS) == 2 and d.commits() == 1 for d in scene.devices)


def test_another_process_can_ask(stage: Stage) -> None:
    scene = stage(eos=4, batch=1)
    number = scene.approved()
    for device in scene.devices:
        device.fault("slow-prompt", value="0.1")
    with scene.engine() as engine:
        run = engine.start(number, "apply", ENGINEER)
        with scene.store.begin(audited=False) as conn:
            assert runs.request_stop(conn, run, "engineer2")
        assert engine.wait(run).state == "stopped"
    assert "waiting" in states(scene, run)


def test_a_process_that_leaves_hands_its_run_over(stage: Stage) -> None:
    scene = stage(eos=5, batch=1)
    number = scene.approved()
    with scene.engine() as engine:
        run = engine.start(number, "apply", ENGINEER)
        wait_until(lambda: "confirmed" in states(scene, run), "the first device")
    assert scene.run(run).state == "running"
    assert not {"intended", "pushed", "verified"} & set(states(scene, run))
    assert "waiting" in states(scene, run)
    with scene.engine() as engine:
        assert engine.resume_dead() == [run]
        assert engine.wait(run).state == "finished"
    assert set(states(scene, run)) == {"confirmed"}
    assert [d.commits() for d in scene.devices] == [1] * 5


def test_a_cancelled_step_keeps_the_device_until_it_really_ends(stage: Stage) -> None:
    scene = stage(eos=1)
    number = scene.approved()
    (device,) = scene.devices
    device.fault("slow-prompt", value="0.15")
    with scene.engine() as engine:
        run = engine.start(number, "apply", ENGINEER)
        wait_until(lambda: scene.rows(run)[device.name].state == "intended", "the device")
        DBOS.cancel_workflow(run)
        with scene.store.begin(audited=False) as conn:
            assert locks.take(conn, device.name, "another-run", "me", scene.clock()) is None
        assert engine.wait(run).state == "finished"
    assert states(scene, run) == ["confirmed"]
    assert device.commits() == 1
