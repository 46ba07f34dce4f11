"""What each fault looks like to a client of an EOS switch, and how the device ends."""

import contextlib
import http.client
import time
from typing import Any

import napalm.base.exceptions as napalm_errors
import pytest
from napalm.eos.eos import pyeapi

from tests.lab.clients import napalm_driver, running
from tests.lab.targets import Target, wait_until

CHANGE = "vlan 40\n   name GUEST\nvlan 41\n   name LAB\n"
CUT_ANSWER = http.client.IncompleteRead
"""pyeapi lets this one through: a client that catches only pyeapi's errors would stumble."""
LINE_IS_GONE = (pyeapi.eapilib.ConnectionError, napalm_errors.ConnectionException)


def commit_and_lose(driver: Any, **how: object) -> None:
    """Commit a change; the answer never comes."""
    driver.load_merge_candidate(config=CHANGE)
    with pytest.raises(LINE_IS_GONE):
        driver.commit_config(**how)
    driver.config_session = None


def test_slow_prompt_delays_every_answer(eos: Target) -> None:
    with napalm_driver(eos) as driver:
        started = time.monotonic()
        driver.get_vlans()
        quick = time.monotonic() - started
        eos.fault("slow-prompt", value="1")
        started = time.monotonic()
        driver.get_vlans()
        slow = time.monotonic() - started
        eos.fault("slow-prompt", on=False)
    assert slow >= 1 > quick


@pytest.mark.parametrize(
    ("fault", "error"), [("cut-line", CUT_ANSWER), ("garbage", pyeapi.eapilib.ConnectionError)]
)
def test_a_broken_answer_is_an_error_once(eos: Target, fault: str, error: type[Exception]) -> None:
    with napalm_driver(eos) as driver:
        eos.fault(fault, value="show vlan", count=1)
        with pytest.raises(error):
            driver.get_vlans()
        assert "10" in driver.get_vlans()


def test_refused_login_is_an_authentication_error(eos: Target) -> None:
    eos.fault("refused-login", count=1)
    with (
        pytest.raises(LINE_IS_GONE, match=r"Unauthorized|Bad username"),
        napalm_driver(eos),
    ):
        pass
    with napalm_driver(eos) as driver:
        assert driver.get_facts()["hostname"] == eos.name


def test_half_commit_applies_half_and_the_timer_takes_it_back(eos: Target) -> None:
    before = eos.running()
    eos.fault("half-commit")
    with napalm_driver(eos) as driver:
        commit_and_lose(driver, revert_in=60)
    assert "vlan 40" in eos.running()
    assert "vlan 41" not in eos.running()
    wait_until(lambda: eos.status()["pending"] is None)
    assert eos.running() == before


def test_half_commit_cuts_lines_without_a_session(eos: Target) -> None:
    eos.fault("half-commit", value="2")
    with napalm_driver(eos) as driver, pytest.raises(LINE_IS_GONE):
        driver.device.config(["vlan 40", "name GUEST", "vlan 41", "name LAB"])
    assert "vlan 40\n   name GUEST\n" in eos.running()
    assert "vlan 41" not in eos.running()


def test_reboot_in_mid_commit_brings_the_startup_configuration(eos: Target) -> None:
    before = eos.running()
    eos.type("vlan 66")
    eos.fault("reboot")
    with napalm_driver(eos) as driver:
        commit_and_lose(driver, revert_in=600)
    wait_until(lambda: eos.status()["access"] == "open")
    assert eos.running() == before
    with napalm_driver(eos) as driver:
        assert driver.get_facts()["uptime"] < 3600
        assert driver.has_pending_commit() is False


def test_lose_management_ends_when_the_timer_brings_the_old_configuration(eos: Target) -> None:
    before = eos.running()
    eos.fault("lose-management")
    with napalm_driver(eos) as driver:
        commit_and_lose(driver, revert_in=60)
    assert eos.status()["access"] == "closed"
    with pytest.raises(LINE_IS_GONE), napalm_driver(eos):
        pass
    eos.wait_for("open")
    assert eos.running() == before


def test_uplink_down_shows_after_the_commit_and_goes_with_the_rollback(eos: Target) -> None:
    eos.fault("uplink-down")
    with napalm_driver(eos) as driver:
        assert driver.get_interfaces()["Ethernet24"]["is_up"] is True
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config(revert_in=600)
        uplink = driver.get_interfaces()["Ethernet24"]
        assert (uplink["is_enabled"], uplink["is_up"]) == (True, False)
        driver.rollback()
        assert driver.get_interfaces()["Ethernet24"]["is_up"] is True


def test_freeze_accepts_and_never_answers(eos: Target) -> None:
    eos.fault("freeze")
    eos.wait_for("frozen")
    with napalm_driver_with_timeout(eos) as driver, pytest.raises(LINE_IS_GONE, match="timed out"):
        driver.open()
    eos.fault("freeze", on=False)
    eos.wait_for("open")
    with napalm_driver(eos) as driver:
        assert running(driver).endswith("end\n")


@contextlib.contextmanager
def napalm_driver_with_timeout(target: Target) -> Any:
    """A driver that is not open yet and waits half a second for an answer."""
    import napalm

    yield napalm.get_network_driver("eos")(
        target.address,
        "netadmin",
        target.password,
        timeout=0.5,
        optional_args={"port": target.port, "enforce_verification": False},
    )
