"""A device's own rules: timers, reboots, injuries, unreachable beginnings."""

import pytest

from controller.lab.complaints import LabError
from controller.lab.configuration.rendering import render
from controller.lab.device import Access, LineCutError
from controller.lab.devices.arista_eos.device import CommandError
from tests.lab.devices import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_timer_goes_off_after_its_device_minutes_and_not_before(bench: Bench) -> None:
    device = bench.ios()
    before = render(device.running)
    device.arm("rollback", "netadmin", 2)
    device.merge(["vlan 40"], "netadmin")
    bench.clock.pass_time(119)
    assert "vlan 40" in device.running.lines
    bench.clock.pass_time(1)
    assert render(device.running) == before
    assert device.timer is None
    assert device.changed_by == "timer"


def test_a_confirmed_change_stays(bench: Bench) -> None:
    device = bench.ios()
    device.arm("rollback", "netadmin", 2)
    device.merge(["vlan 40"], "netadmin")
    device.disarm()
    bench.clock.pass_time(600)
    assert "vlan 40" in device.running.lines


def test_a_reboot_forgets_the_timer_and_what_was_not_saved(bench: Bench) -> None:
    device = bench.ios()
    device.merge(["vlan 40"], "netadmin")
    device.save()
    device.arm("rollback", "netadmin", 2)
    device.merge(["vlan 41"], "netadmin")
    device.reboot()
    assert device.access() is Access.CLOSED
    bench.clock.pass_time(29)
    assert device.problem() == "rebooting"
    bench.clock.pass_time(1)
    assert device.access() is Access.OPEN
    assert "vlan 40" in device.running.lines
    assert "vlan 41" not in device.running.lines
    bench.clock.pass_time(600)
    assert "vlan 40" in device.running.lines
    assert "vlan 40" in bench.saved["kkn-a-sw01"]


def test_a_second_reboot_during_the_first_waits_its_own_time(bench: Bench) -> None:
    device = bench.eos()
    device.reboot()
    bench.clock.pass_time(20)
    device.reboot()
    bench.clock.pass_time(20)
    assert device.problem() == "rebooting"
    bench.clock.pass_time(10)
    assert device.problem() is None


@pytest.mark.parametrize("fault", ["lose-management", "uplink-down"])
def test_an_injury_heals_only_with_the_old_configuration(bench: Bench, fault: str) -> None:
    device = bench.ios()
    before = device.running.copy()
    device.faults.switch(fault, on=True)
    device.merge(["vlan 40"], "netadmin")
    assert fault in device.injuries
    device.merge(["vlan 41"], "netadmin")
    assert fault in device.injuries
    device.merge(["no vlan 40", "no vlan 41", "file prompt quiet"], "netadmin")
    assert device.injuries == {}
    device.commit(before, "netadmin")
    assert device.injuries == {}


def test_a_timer_heals_also_what_an_earlier_commit_broke(bench: Bench) -> None:
    device = bench.ios()
    device.faults.switch("lose-management", on=True)
    device.merge(["vlan 40"], "netadmin")
    device.arm("rollback", "netadmin", 1)
    device.merge(["vlan 41"], "netadmin")
    bench.clock.pass_time(60)
    assert device.access() is Access.OPEN
    assert "vlan 40" in device.running.lines


def test_a_reboot_heals(bench: Bench) -> None:
    device = bench.ios()
    device.faults.switch("lose-management", on=True)
    device.merge(["vlan 40"], "netadmin")
    device.save()
    device.reboot()
    bench.clock.pass_time(30)
    assert device.access() is Access.OPEN
    assert "vlan 40" in device.running.lines


def test_half_a_commit_is_half_of_the_commands_between(bench: Bench) -> None:
    device = bench.eos()
    target = device.running.copy()
    target.merge("vlan 40\nvlan 41\nvlan 42\nvlan 43")
    device.faults.switch("half-commit", on=True)
    with pytest.raises(LineCutError):
        device.commit(target, "netadmin")
    assert [vlan in device.running.lines for vlan in ("vlan 41", "vlan 42")] == [True, False]
    device.commit(target, "netadmin")
    assert "vlan 43" in device.running.lines


def test_a_frozen_device_is_not_a_closed_one(bench: Bench) -> None:
    device = bench.ios()
    device.faults.switch("freeze", on=True)
    assert device.access() is Access.FROZEN
    device.running.merge("interface Vlan99\n shutdown")
    assert device.access() is Access.CLOSED


def test_a_first_configuration_that_cuts_itself_off_is_refused(bench: Bench) -> None:
    with pytest.raises(LabError, match="interface Vlan99 has no address"):
        bench.ios(config="hostname x\nvlan 99\ninterface Vlan99\n shutdown\n no shutdown\n")
    with pytest.raises(LabError, match="there is no interface Vlan99"):
        bench.ios(config="hostname x\n")


def test_the_ports_are_those_of_the_given_configuration(bench: Bench) -> None:
    text = (
        "hostname core\nvlan 99\ninterface GigabitEthernet1/0/1\n shutdown\n"
        "interface GigabitEthernet0/24\n switchport mode trunk\n"
        "interface Vlan99\n ip address 127.0.0.11 255.0.0.0\n"
    )
    device = bench.ios(config=text)
    assert device.ports == ("GigabitEthernet1/0/1", "GigabitEthernet0/24")
    assert device.hostname == "core"
    assert device.problem() is None


def test_a_saved_startup_wins_over_the_first_configuration(bench: Bench) -> None:
    first = bench.ios()
    first.merge(["hostname kept", "interface Vlan99", "shutdown"], "netadmin")
    first.save()
    second = bench.ios(saved=bench.saved["kkn-a-sw01"])
    assert second.hostname == "kept"
    assert second.problem() == "interface Vlan99 is shut down"


def test_the_default_configurations_are_the_same_everywhere_and_hold_no_password(
    bench: Bench,
) -> None:
    for device in (bench.ios(), bench.eos()):
        text = render(device.running)
        assert "lettuce" not in text
        assert text == render(device.read(device.default_text()))
        assert device.running.merge(device.default_text()).refusals == ()
        assert device.problem() is None


def test_at_most_five_sessions_are_open(bench: Bench) -> None:
    device = bench.eos()
    for number in range(5):
        device.session(f"s{number}")
    with pytest.raises(CommandError, match="Maximum number"):
        device.session("s5")
    device.abort("s0")
    device.session("s5")


def test_a_committed_session_is_remembered_and_can_be_opened_anew(bench: Bench) -> None:
    device = bench.eos()
    device.session("a").candidate.merge("vlan 40")
    device.commit_session("a", "netadmin", None)
    assert device.sessions["a"].state == "completed"
    device.session("b").candidate.merge("vlan 41")
    device.commit_session("b", "netadmin", None)
    assert set(device.sessions) == {"b"}
    assert "vlan 40" in device.session("b").candidate.lines
    assert device.sessions["b"].state == "pending"
