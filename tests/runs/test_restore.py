"""A stored configuration goes back on its device, or on one that replaces it, as any plan does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from controller.app import open_app
from controller.errors import InputError, NotAllowed, NotFound, StalePlan
from controller.operations.back_up_devices import back_up_devices
from controller.operations.context import Context
from controller.operations.restore_configuration import restore_configuration
from controller.operations.show_configuration import list_configurations
from controller.plans.plan import Accepted
from controller.platforms.registry import platform
from tests.runs.conftest import Stage
from tests.runs.lab import LabDevice
from tests.runs.scene import DIRECTOR, ENGINEER, Scene, edit
from tests.runs.test_apply import carried_out

MUCH = (
    Accepted(check="removes_much", why="กลับไปใช้รุ่นที่ผ่านการตรวจแล้ว"),
    Accepted(check="changes_logins", why="กลับไปใช้รุ่นที่ผ่านการตรวจแล้ว"),
    Accepted(check="management_unknown", why="กลับไปใช้รุ่นที่ผ่านการตรวจแล้ว"),
)
GOOD = {
    "cisco_ios": (
        "snmp-server community Zq1-of-the-device RO",
        "username teacher secret 0 Zq2-of-the-teacher",
        "interface GigabitEthernet0/3",
        " description Library",
    ),
    "arista_eos": (
        "snmp-server community Zq1-of-the-device ro",
        "username teacher secret Zq2-of-the-teacher",
        "interface Ethernet3",
        "   description Library",
    ),
}
BAD = {
    "cisco_ios": (
        "no snmp-server community Zq1-of-the-device",
        "snmp-server community Zq3-of-somebody RW",
        "interface GigabitEthernet0/3",
        " description Nobody knows",
    ),
    "arista_eos": (
        "no snmp-server community Zq1-of-the-device",
        "snmp-server community Zq3-of-somebody rw",
        "interface Ethernet3",
        "   description Nobody knows",
    ),
}


@contextmanager
def opened(scene: Scene) -> Iterator[Context]:
    """The program in the scene's workspace."""
    (scene.root / "password").write_text(scene.password)
    (scene.root / "snmp").write_text(scene.community)
    with open_app(scene.root, apart=True) as context:
        yield context


def newest(context: Context, device: LabDevice) -> str:
    """The id of the newest version kept."""
    return list_configurations(context, ENGINEER, device.name)[0].id


@pytest.mark.parametrize("kind", ["cisco_ios", "arista_eos"])
def test_a_version_goes_back_and_the_circle_closes(kind: str, stage: Stage) -> None:
    """Restore, approve, apply: the device runs the version again; taken back, what was before."""
    scene = stage(ios=kind == "cisco_ios", eos=kind == "arista_eos")
    (device,) = scene.devices
    same = platform(kind).normalise
    device.type(*GOOD[kind])
    good = device.running()
    with opened(scene) as context:
        back_up_devices(context, ENGINEER, "all")
        version = newest(context, device)
        device.type(*BAD[kind])
        bad = device.running()
        plan = restore_configuration(context, ENGINEER, device.name, version, accepted=MUCH)
        assert device.running() == bad
        assert plan.restores == f"{device.name}@{version}"
        written = plan.canonical().decode()
        assert "Zq" not in written
        assert f"⟦secret:backup/{version}/" in written
        (planned,) = plan.devices
        assert planned.operation == "replace"
        assert "Library" in planned.diff
        number = scene.approved_plan(plan)
        run = carried_out(scene, number)
        assert {row.state for row in scene.rows(run).values()} == {"confirmed"}, scene.rows(run)
        assert same(device.running()) == same(good)
        assert device.startup() == device.running()
        again = restore_configuration(context, ENGINEER, device.name, version)
        assert [left.why for left in again.left_out] == ["unchanged"]
    carried_out(scene, number, "rollback")
    assert same(device.running()) == same(bad)


@pytest.mark.parametrize("kind", ["cisco_ios", "arista_eos"])
def test_a_replacement_keeps_what_is_its_own(kind: str, stage: Stage) -> None:
    scene = stage(ios=2 * (kind == "cisco_ios"), eos=2 * (kind == "arista_eos"))
    broken, new = scene.devices
    broken.type(*GOOD[kind])
    with opened(scene) as context:
        back_up_devices(context, ENGINEER, "all")
        version = newest(context, broken)
        before = new.running()
        plan = restore_configuration(
            context, ENGINEER, broken.name, version, to=new.name, accepted=MUCH
        )
        assert "Zq" not in plan.canonical().decode()
        (planned,) = plan.devices
        assert planned.device == new.name
        run = carried_out(scene, scene.approved_plan(plan))
    assert {row.state for row in scene.rows(run).values()} == {"confirmed"}, scene.rows(run)
    after = new.running()
    for line in ("Library", "Zq1-of-the-device"):
        assert line in after
        assert line not in before
    for word in ("hostname ", "username netadmin", "ip address "):
        assert _lines(after, word) == _lines(before, word)
    assert new.address in after or kind == "arista_eos"
    assert f"hostname {broken.name}" not in after


def test_an_edited_workspace_voids_the_approval(stage: Stage) -> None:
    """The files the device's configuration comes from are inputs of the plan, as of any other."""
    scene = stage(ios=1)
    (device,) = scene.devices
    device.type(*GOOD["cisco_ios"])
    with opened(scene) as context:
        back_up_devices(context, ENGINEER, "all")
        version = newest(context, device)
        device.type(*BAD["cisco_ios"])
        plan = restore_configuration(context, ENGINEER, device.name, version, accepted=MUCH)
    number = scene.approved_plan(plan)
    edit(scene.root / "inventory/groups.yaml", "Staff room", "Another room")
    with pytest.raises(StalePlan):
        carried_out(scene, number)


def test_who_may_not_and_what_cannot(stage: Stage) -> None:
    scene = stage(ios=1, eos=1)
    ios, eos = scene.devices
    with opened(scene) as context:
        back_up_devices(context, ENGINEER, "all")
        version = newest(context, ios)
        with pytest.raises(NotAllowed):
            restore_configuration(context, DIRECTOR, ios.name, version)
        with pytest.raises(InputError, match="the backup is of cisco_ios"):
            restore_configuration(context, ENGINEER, ios.name, version, to=eos.name)
        with pytest.raises(NotFound):
            restore_configuration(context, ENGINEER, ios.name, "0" * 40)
        with pytest.raises(NotFound):
            restore_configuration(context, ENGINEER, "nobody", version)


def _lines(text: str, word: str) -> list[str]:
    return sorted(line.strip() for line in text.splitlines() if line.strip().startswith(word))
