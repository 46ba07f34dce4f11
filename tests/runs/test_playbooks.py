"""A playbook's plan is carried out like any other: what was approved, and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import delete

from controller.errors import InputError, NotAllowed, NotFound, Refused, StalePlan, StoreError, Text
from controller.operations.plan_playbook import plan_playbook
from controller.plans.plan import Accepted, Tool
from controller.playbooks.result import TaskResult
from controller.runs.player import Play
from controller.store import playbook_runs
from controller.store.tables import snapshots
from tests.runs.conftest import Stage
from tests.runs.lab import LabDevice
from tests.runs.played import planned, with_playbooks
from tests.runs.scene import DIRECTOR, ENGINEER, Scene, edit
from tests.runs.test_apply import carried_out

ROLE = "playbooks/roles/rooms/tasks/main.yml"


def states(scene: Scene, run: str) -> dict[str, str]:
    """The devices of a run and what became of them."""
    return {name: row.state for name, row in scene.rows(run).items()}


def named(device: LabDevice) -> bool:
    """Whether the port has the name the playbook gives it."""
    return "description Library" in device.running()


def test_what_was_approved_reaches_every_device_and_can_be_taken_back(stage: Stage) -> None:
    scene = stage(ios=1, eos=2)
    before = {d.name: d.running() for d in scene.devices}
    with with_playbooks(scene) as (context, player):
        plan = planned(context)
        assert {d.name: d.running() for d in scene.devices} == before
        assert all(play.check for play in player.plays)
        number = scene.approved_plan(plan)
        run = carried_out(scene, number)
        assert set(states(scene, run).values()) == {"confirmed"}, scene.rows(run)
        assert all(named(d) and d.startup() == d.running() for d in scene.devices)
        _, canary, rest = player.plays
        assert (len(canary.limit), len(rest.limit)) == (1, 2)
        # The very bytes whose digests stand in the plan.
        assert {p: hashlib.sha256(b).hexdigest() for p, b in rest.files.items()} == {
            entry.path: entry.sha256 for entry in plan.inputs
        }
        assert ROLE in rest.files
        with scene.store.read() as conn:
            kept = playbook_runs.results(conn, run, device=scene.devices[0].name)
        assert [one.status for one in kept] == ["skipped", "changed"]
        back = carried_out(scene, number, "rollback")
    assert set(states(scene, back).values()) == {"confirmed"}
    assert {d.name: d.running() for d in scene.devices} == before
    assert len(player.plays) == 3


def test_what_a_plan_says(stage: Stage) -> None:
    scene = stage(ios=1)
    with with_playbooks(scene) as (context, _):
        plan = planned(context)
    (one,) = plan.devices
    assert plan.playbook is not None
    assert plan.playbook.parameters == (("room", "Library"),)
    assert [tool.name for tool in plan.playbook.tools] == [
        "ansible-core",
        "arista.eos",
        "cisco.ios",
    ]
    assert [(t.effect, t.lines) for t in one.tasks] == [
        ("skipped", ""),
        ("changes", "interface GigabitEthernet0/1\ndescription Library"),
    ]
    assert one.diff == "+interface GigabitEthernet0/1\n+ description Library"
    assert {entry.path.split("/")[0] for entry in plan.inputs} == {"playbooks"}


@pytest.mark.parametrize("what", ["role", "inventory", "tools", "new file"])
def test_whatever_changes_after_the_approval_voids_it(what: str, stage: Stage) -> None:
    scene = stage(ios=1)
    (device,) = scene.devices
    with with_playbooks(scene) as (context, player):
        number = scene.approved_plan(planned(context))
    if what == "role":
        edit(scene.root / ROLE, "description", "descriptions")
    elif what == "inventory":
        edit(scene.root / "inventory/groups.yaml", "Staff room", "Another room")
    elif what == "new file":
        (scene.root / "playbooks/group_vars").mkdir()
        (scene.root / "playbooks/group_vars/all.yml").write_text("room: Canteen\n")
    else:
        player.installed = tuple(replace_version(player.installed))
    with pytest.raises(StalePlan) as refused:
        carried_out(scene, number)
    told = {
        "role": ROLE,
        "inventory": "what Ansible is told of the devices",
        "tools": "cisco.ios is another one since the plan: 11.1.1 → 99",
        "new file": "playbooks/group_vars/all.yml is new since the plan",
    }
    assert told[what] in refused.value.message.en
    assert not named(device)
    assert len(player.plays) == 1


def replace_version(tools: tuple[Tool, ...]) -> list[Tool]:
    return [t.model_copy(update={"version": "99"}) if t.name == "cisco.ios" else t for t in tools]


@pytest.mark.parametrize("kind", ["cisco_ios", pytest.param("arista_eos", marks=pytest.mark.slow)])
def test_a_line_nobody_approved_goes_back_and_stops_everything(kind: str, stage: Stage) -> None:
    scene = stage(ios=2 * (kind == "cisco_ios"), eos=2 * (kind == "arista_eos"))
    before = {d.name: d.running() for d in scene.devices}
    with with_playbooks(scene) as (context, player):
        number = scene.approved_plan(planned(context))
        lines = player._lines
        player.typed = lambda name, work: (*lines(name, work), "mtu 1400")
        run = carried_out(scene, number)
    first, second = scene.devices
    assert states(scene, run) == {first.name: "rolled_back", second.name: "waiting"}
    assert "mtu 1400" in scene.rows(run)[first.name].reason
    assert {d.name: d.running() for d in scene.devices} == before
    assert scene.run(run).state == "stopped"
    assert "was not approved" in scene.run(run).note


def test_a_task_that_fails_takes_its_device_back(stage: Stage) -> None:
    scene = stage(ios=3)
    first, second, third = scene.devices
    before = second.running()
    with with_playbooks(scene) as (context, player):
        number = scene.approved_plan(planned(context))
        player.end = {second.name: "failed"}
        run = carried_out(scene, number)
    assert states(scene, run) == {
        first.name: "confirmed", second.name: "rolled_back", third.name: "confirmed",
    }  # fmt: skip
    assert "no such port" in scene.rows(run)[second.name].reason
    assert second.running() == before


def test_a_change_that_is_not_whole_goes_back(stage: Stage) -> None:
    scene = stage(ios=1)
    (device,) = scene.devices
    before = device.running()
    with with_playbooks(scene) as (context, player):
        number = scene.approved_plan(planned(context))
        player.typed = lambda _name, _work: ("interface GigabitEthernet0/1",)
        run = carried_out(scene, number)
    assert states(scene, run) == {device.name: "failed"}, scene.rows(run)
    assert "applied" in scene.rows(run)[device.name].reason
    assert device.running() == before


def test_a_device_that_drifted_is_not_touched(stage: Stage) -> None:
    scene = stage(ios=2)
    first, second = scene.devices
    with with_playbooks(scene) as (context, player):
        number = scene.approved_plan(planned(context))
        first.type("vlan 77", "name SOMEBODY")
        run = carried_out(scene, number)
    assert states(scene, run) == {first.name: "drifted", second.name: "confirmed"}
    assert not named(first)
    assert [play.limit for play in player.plays[1:]] == [(second.name,)]


@pytest.mark.slow
def test_a_playbook_cut_off_is_never_run_again(stage: Stage) -> None:
    """The process dies while the playbook is at its second device: looked at, not begun again."""
    scene = stage(ios=3)
    first, second, third = scene.devices
    with with_playbooks(scene) as (context, player):
        number = scene.approved_plan(planned(context))
        second_before = second.running()

        def die(name: str) -> None:
            if name == second.name:
                second.type("interface GigabitEthernet0/1", "description Half")
                raise StoreError(Text(th="เต็ม", en="disk full"))

        player.trouble = die
        with pytest.raises(StoreError), scene.engine() as engine:
            engine.wait(engine.start(number, "apply", ENGINEER))
        player.trouble = lambda _: None
        run = carried_out(scene, number)
        assert states(scene, run) == {
            first.name: "confirmed", second.name: "unknown", third.name: "unknown",
        }  # fmt: skip
        assert [play.limit for play in player.plays[1:]] == [
            (first.name,), (second.name, third.name),
        ]  # fmt: skip
        with scene.engine() as engine:
            engine.verify(number, ENGINEER)
        # The third was never touched; the second is neither as it was nor as approved.
        assert states(scene, run) == {
            first.name: "confirmed", second.name: "unknown", third.name: "rolled_back",
        }  # fmt: skip
        back = carried_out(scene, number, "rollback")
        assert states(scene, back) == {first.name: "confirmed", second.name: "confirmed"}
        assert second.running() == second_before
    assert not named(second)


@pytest.mark.slow
def test_a_device_that_was_only_claimed_goes_on(stage: Stage) -> None:
    """Dying before the playbook began: provably nothing was run, so it runs now."""
    scene = stage(ios=1)
    with with_playbooks(scene) as (context, player):
        number = scene.approved_plan(planned(context))
        real, player.plays = scene.backups.write, []

        def full(device_path: str, text: str) -> str:
            raise StoreError(Text(th="เต็ม", en="disk full"))

        scene.backups.write = full  # type: ignore[method-assign]
        with scene.store.begin() as conn:
            conn.execute(delete(snapshots))
        with pytest.raises(StoreError), scene.engine() as engine:
            engine.wait(engine.start(number, "apply", ENGINEER))
        assert not player.plays
        scene.backups.write = real  # type: ignore[method-assign]
        run = carried_out(scene, number)
    assert set(states(scene, run).values()) == {"confirmed"}
    assert len(player.plays) == 1


def test_what_cannot_be_predicted_needs_an_open_word(stage: Stage) -> None:
    scene = stage(ios=1)
    with with_playbooks(scene) as (context, player):
        blind = TaskResult(1, "", "Bounce", "cisco.ios.ios_command", "ok", predicted=False)
        player.more = (blind,)
        plan = planned(context)
        assert {reason.check for _, reason in plan.refusals()} == {"not_predictable"}
        plan = planned(context, ENGINEER, Accepted(check="not_predictable", why="ไม่มีวิธีอื่น"))
        player.more = (replace(blind, lines="anything", status="changed"),)
        run = carried_out(scene, scene.approved_plan(plan))
    assert set(states(scene, run).values()) == {"confirmed"}, scene.rows(run)


def test_a_playbook_that_asks_whether_it_is_looked_at(stage: Stage) -> None:
    scene = stage(ios=1)
    with with_playbooks(scene) as (context, _):
        edit(scene.root / ROLE, 'when: ansible_network_os == "cisco.ios.ios"',
             "when: not ansible_check_mode")  # fmt: skip
        plan = planned(context)
    (reason,) = [r for _, r in plan.refusals()]
    assert reason.check == "not_predictable"
    assert f"{ROLE}:" in reason.en


def test_who_is_left_out(stage: Stage) -> None:
    scene = stage(ios=2, eos=1)
    first, second, third = scene.devices
    with with_playbooks(scene) as (context, player):
        edit(scene.root / "playbooks/rooms.meta.yaml", "[cisco_ios, arista_eos]", "[cisco_ios]")
        player.trouble = lambda _: None
        lines = player._lines

        def touching(name: str, work: Play) -> tuple[str, ...]:
            # Somebody, or a module that lies, changes it while it is looked at.
            if name == second.name:
                second.type("vlan 66")
            return lines(name, work)

        player.typed = touching
        plan = planned(context)
    assert [d.device for d in plan.devices] == [first.name]
    assert [(left.device, left.why) for left in plan.left_out] == sorted(
        [(second.name, "refused"), (third.name, "unsupported")]
    )


def test_what_cannot_be_planned(stage: Stage) -> None:
    scene = stage(ios=1)
    with with_playbooks(scene) as (context, player):
        with pytest.raises(NotAllowed):
            planned(context, DIRECTOR)
        with pytest.raises(NotFound, match="no playbook room"):
            plan_playbook(context, ENGINEER, "room", "all", {})
        with pytest.raises(InputError, match="room is missing"):
            plan_playbook(context, ENGINEER, "rooms", "all", {})
        with pytest.raises(Refused, match="only reads"):
            plan_playbook(context, ENGINEER, "look", "all", {})
        assert not player.plays
