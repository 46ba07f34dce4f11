"""A plan is carried out, taken back, gone on with; what it leaves in the history."""

from __future__ import annotations

import json

import pytest

from controller.errors import DeviceBusy, NotApproved, NotFound, Refused
from controller.runs.wording import DRIFTED
from controller.store import locks, snapshots
from tests.runs.conftest import Stage
from tests.runs.scene import COMMUNITY, ENGINEER, Scene

WORDS = "description Staff room"


def carried_out(scene: Scene, number: str, kind: str = "apply") -> str:
    """The id of a run that has ended."""
    with scene.engine() as engine:
        run = engine.start(number, "rollback" if kind == "rollback" else "apply", ENGINEER)
        return engine.wait(run).id


def test_the_approved_plan_reaches_every_device(stage: Stage) -> None:
    scene = stage(ios=3, eos=3)
    number = scene.approved()
    run = carried_out(scene, number)
    rows = scene.rows(run)
    assert {row.state for row in rows.values()} == {"confirmed"}, rows
    assert (scene.run(run).state, scene.run(run).note) == ("finished", "")
    for device in scene.devices:
        assert device.running().count(WORDS) == 2
        assert device.startup() == device.running()
        assert not device.pending()
        assert device.commits() == 1
    assert sorted(row.batch for row in rows.values()) == [0, 1, 1, 1, 1, 1]
    log = scene.log(number)
    assert log.count("device_ended") == 6
    assert log[-1] == "run_ended"
    assert scene.keeper.verify(scene.store).ok is True


def test_what_a_run_leaves_behind(stage: Stage) -> None:
    scene = stage(ios=1, eos=1)
    number = scene.approved()
    planned = {d.device: d for d in scene.plan().devices}
    run = carried_out(scene, number)
    for row in scene.rows(run).values():
        device = next(d for d in scene.devices if d.name == row.device)
        assert row.before == planned[row.device].fingerprint
        with scene.store.read() as conn:
            before = snapshots.snapshot(conn, row.device, row.before)
            after = snapshots.snapshot(conn, row.device, row.after)
            assert locks.holder(conn, row.device) is None
        assert before is not None
        assert after is not None
        assert WORDS not in scene.backups.read(before.blob)
        assert WORDS in scene.backups.read(after.blob)
        (version,) = scene.backups.history(f"{_site(scene, device.name)}/{device.name}.cfg")
        assert version.blob == after.blob
        checks = json.loads(row.evidence)["checks"]
        assert [(c["check"], c["passed"]) for c in checks] == [
            ("reachable", True), ("interfaces_up", True), ("applied", True),
        ]  # fmt: skip


def test_no_secret_is_written_down(stage: Stage) -> None:
    scene = stage(ios=1, eos=1)
    carried_out(scene, scene.approved())
    assert all(COMMUNITY in device.running() for device in scene.devices)
    scene.store.close()
    for path in scene.folder.iterdir():
        if path.is_file():
            assert COMMUNITY.encode() not in path.read_bytes(), path.name


def test_taken_back_every_device_is_exactly_as_before(stage: Stage) -> None:
    scene = stage(ios=2, eos=2)
    before = [device.running() for device in scene.devices]
    number = scene.approved()
    carried_out(scene, number)
    run = carried_out(scene, number, "rollback")
    assert {row.state for row in scene.rows(run).values()} == {"confirmed"}
    assert [device.running() for device in scene.devices] == before
    assert [device.startup() for device in scene.devices] == before
    with pytest.raises(Refused, match="no device of case"):
        carried_out(scene, number, "rollback")


def test_a_rollback_leaves_alone_what_somebody_changed_since(stage: Stage) -> None:
    scene = stage(ios=1, eos=1)
    number = scene.approved()
    carried_out(scene, number)
    scene.devices[0].type("hostname somebody-else")
    changed = scene.devices[0].running()
    run = carried_out(scene, number, "rollback")
    states = {row.device: row.state for row in scene.rows(run).values()}
    assert [states[d.name] for d in scene.devices] == ["drifted", "confirmed"]
    assert scene.devices[0].running() == changed


def test_a_device_that_drifted_is_skipped_and_the_rest_go_on(stage: Stage) -> None:
    scene = stage(ios=2, eos=2)
    number = scene.approved()
    first, _, _, last = scene.devices
    first.type("hostname typed-by-a-person")
    last.type("hostname typed-by-a-person")
    run = carried_out(scene, number)
    rows = scene.rows(run)
    assert [rows[d.name].state for d in scene.devices] == [
        "drifted", "confirmed", "confirmed", "drifted",
    ]  # fmt: skip
    assert scene.run(run).state == "finished"
    assert rows[first.name].reason == DRIFTED.dump()
    assert first.commits() == last.commits() == 0


def test_a_second_apply_is_for_what_is_left(stage: Stage) -> None:
    scene = stage(ios=1, eos=1)
    number = scene.approved()
    behind = scene.devices[1]
    behind.fault("refused-login")
    carried_out(scene, number)
    behind.heal("refused-login")
    run = carried_out(scene, number)
    assert {name: row.state for name, row in scene.rows(run).items()} == {behind.name: "confirmed"}
    assert [device.commits() for device in scene.devices] == [1, 1]
    with pytest.raises(NotApproved, match="does not stand at the step"):
        carried_out(scene, number)


def test_the_device_computing_another_difference_is_refused(stage: Stage) -> None:
    scene = stage(ios=1, eos=1, canary=2)
    number = scene.approved()
    with scene.engine() as engine:
        # The plan in the store stays as approved; only what the secret stands for is another.
        scene.community = "public"
        run = engine.wait(engine.start(number, "apply", ENGINEER))
    rows = scene.rows(run.id)
    assert {row.state for row in rows.values()} == {"refused"}, rows
    assert all("not the approved one" in row.reason for row in rows.values())
    assert [device.commits() for device in scene.devices] == [0, 0]


def test_a_device_another_run_holds_is_refused_and_named(stage: Stage) -> None:
    scene = stage(eos=1)
    number = scene.approved()
    with scene.store.begin(audited=False) as conn:
        assert locks.take(
            conn, scene.devices[0].name, "2569-2.3-0077-apply-1", "else", scene.clock()
        )
    run = carried_out(scene, number)
    (row,) = scene.rows(run).values()
    assert row.state == "refused"
    assert "2569-2.3-0077-apply-1" in row.reason
    assert scene.devices[0].commits() == 0


def test_while_a_run_goes_on_it_is_followed_and_no_other_kind_begins(stage: Stage) -> None:
    scene = stage(eos=1)
    number = scene.approved()
    scene.devices[0].fault("slow-prompt", value="0.1")
    with scene.engine() as engine:
        run = engine.start(number, "apply", ENGINEER)
        assert engine.start(number, "apply", ENGINEER) == run
        with pytest.raises(DeviceBusy):
            engine.start(number, "rollback", ENGINEER)
        with pytest.raises(DeviceBusy):
            engine.verify(number, ENGINEER)
        assert engine.wait(run).state == "finished"
    assert scene.devices[0].commits() == 1


def test_nothing_to_verify_is_said(stage: Stage) -> None:
    scene = stage(eos=1)
    number = scene.approved()
    carried_out(scene, number)
    with scene.engine() as engine, pytest.raises(NotFound, match="unknown state"):
        engine.verify(number, ENGINEER)


def _site(scene: Scene, name: str) -> str:
    return next(d.site for d in scene.workspace().inventory.devices if d.name == name)
