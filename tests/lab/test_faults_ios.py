"""What each fault looks like to a client of an IOS switch, and how the device ends."""

import socket
import time
from contextlib import suppress

import netmiko
import pytest

from tests.lab.clients import napalm_driver, netmiko_session, running, without_quiet
from tests.lab.targets import Target, wait_until

IMPATIENT = {"read_timeout_override": 1.0}
"""netmiko does not notice a dropped connection by itself: it waits for its read timeout."""
CHANGE = "vlan 40\n name GUEST\nvlan 41\n name LAB\nend\n"


def test_slow_prompt_delays_every_answer(ios: Target) -> None:
    with netmiko_session(ios) as session:
        ios.fault("slow-prompt", value="1.5")
        session.write_channel("show clock\n")
        time.sleep(0.7)
        early = session.read_channel()
        output = session.read_until_pattern(r"UTC")
        ios.fault("slow-prompt", on=False)
    assert "UTC" not in early
    assert "UTC" in output


def test_cut_line_drops_the_connection_in_mid_answer_once(ios: Target) -> None:
    ios.fault("cut-line", value="show running-config")
    with napalm_driver(ios, **IMPATIENT) as driver, pytest.raises(netmiko.exceptions.ReadTimeout):
        driver.get_config(retrieve="running")
    with napalm_driver(ios) as driver:
        assert running(driver).endswith("end")


def test_refused_login_is_an_authentication_error(ios: Target) -> None:
    ios.fault("refused-login", count=1)
    with (
        pytest.raises(netmiko.exceptions.NetmikoAuthenticationException),
        netmiko_session(ios),
    ):
        pass
    with netmiko_session(ios) as session:
        assert session.find_prompt() == f"{ios.name}#"


def test_garbage_is_noise_between_the_lines(ios: Target) -> None:
    with netmiko_session(ios) as session:
        ios.fault("garbage", value="show clock", count=1)
        noisy = session.send_command("show clock", expect_string=r"#")
        session.clear_buffer()
        clean = session.send_command("show clock")
    assert "~}" in noisy
    assert "~}" not in clean


def test_half_commit_applies_half_of_a_merge_and_the_timer_takes_it_back(ios: Target) -> None:
    before = ios.running()
    ios.fault("half-commit")
    with napalm_driver(ios, **IMPATIENT) as driver:
        driver.load_merge_candidate(config=CHANGE)
        with pytest.raises(netmiko.exceptions.ReadTimeout):
            driver.commit_config(revert_in=120)
    assert "vlan 40" in ios.running()
    assert "vlan 41" not in ios.running()
    wait_until(lambda: ios.status()["pending"] is None)
    assert without_quiet(ios.running()) == before


def test_half_commit_applies_half_of_a_replace(ios: Target) -> None:
    ios.fault("half-commit")
    with napalm_driver(ios, **IMPATIENT) as driver:
        target = running(driver).replace("STAFF", "TEACHER").replace("public RO", "lab RO")
        driver.load_replace_candidate(config=target)
        with pytest.raises(netmiko.exceptions.ReadTimeout):
            driver.commit_config()
    assert "snmp-server community public RO" not in ios.running()
    assert "snmp-server community lab RO" not in ios.running()


def test_half_commit_cuts_lines_typed_one_by_one(ios: Target) -> None:
    ios.fault("half-commit", value="2")
    with netmiko_session(ios, **IMPATIENT) as session, suppress(Exception):
        session.send_config_set(["vlan 40", "name GUEST", "vlan 41", "name LAB"])
    assert "vlan 40\n name GUEST\n" in ios.running()
    assert "vlan 41" not in ios.running()


def test_reboot_in_mid_commit_brings_the_startup_configuration(ios: Target) -> None:
    before = ios.running()
    ios.type("vlan 66")
    ios.fault("reboot")
    with napalm_driver(ios, **IMPATIENT) as driver:
        driver.load_merge_candidate(config=CHANGE)
        with pytest.raises(netmiko.exceptions.ReadTimeout):
            driver.commit_config(revert_in=1200)
    wait_until(lambda: ios.status()["access"] == "open")
    assert ios.running() == before
    assert ios.status()["pending"] is None
    with napalm_driver(ios) as driver:
        assert driver.get_facts()["uptime"] < 3600


def test_lose_management_ends_when_the_timer_brings_the_old_configuration(ios: Target) -> None:
    before = ios.running()
    ios.fault("lose-management")
    with napalm_driver(ios, **IMPATIENT) as driver:
        driver.load_merge_candidate(config=CHANGE)
        with pytest.raises(netmiko.exceptions.ReadTimeout):
            driver.commit_config(revert_in=180)
    assert ios.status()["access"] == "closed"
    with (
        pytest.raises(netmiko.exceptions.NetmikoTimeoutException),
        netmiko_session(ios, conn_timeout=2),
    ):
        pass
    ios.wait_for("open")
    with napalm_driver(ios) as driver:
        assert before in running(driver)
        assert driver.has_pending_commit() is False


def test_uplink_down_shows_after_the_commit_and_goes_with_the_rollback(ios: Target) -> None:
    ios.fault("uplink-down")
    with napalm_driver(ios) as driver:
        assert driver.get_interfaces()["GigabitEthernet0/24"]["is_up"] is True
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config()
        uplink = driver.get_interfaces()["GigabitEthernet0/24"]
        assert (uplink["is_enabled"], uplink["is_up"]) == (True, False)
        driver.rollback()
        assert driver.get_interfaces()["GigabitEthernet0/24"]["is_up"] is True


def test_freeze_accepts_and_never_answers(ios: Target) -> None:
    ios.fault("freeze")
    ios.wait_for("frozen")
    with socket.create_connection((ios.address, ios.port), timeout=2) as link:
        link.settimeout(0.5)
        with pytest.raises(TimeoutError):
            link.recv(1)
    ios.fault("freeze", on=False)
    ios.wait_for("open")
    with netmiko_session(ios) as session:
        assert session.find_prompt() == f"{ios.name}#"
