"""NAPALM's unmodified ios driver works on a simulated IOS switch, commit-confirm included."""

import napalm.base.exceptions as napalm_errors
import pytest

from tests.lab.clients import napalm_driver, running, without_quiet
from tests.lab.targets import Target, wait_until

CHANGE = (
    "interface GigabitEthernet0/1\n description Library\nvlan 40\n name GUEST\nno vlan 20\n"
    "lldp run\nend\n"
)


def test_the_getters_tell_what_is_configured(ios: Target) -> None:
    ios.type("lldp run", "interface GigabitEthernet0/5", "shutdown", "description Broken")
    with napalm_driver(ios) as driver:
        facts = driver.get_facts()
        interfaces = driver.get_interfaces()
        addresses = driver.get_interfaces_ip()
        vlans = driver.get_vlans()
        neighbours = driver.get_lldp_neighbors()

    assert facts["hostname"] == ios.name
    assert facts["fqdn"] == f"{ios.name}.school.example"
    assert facts["vendor"] == "Cisco"
    assert facts["model"] == "WS-C2960X-24TS-L"
    assert "GigabitEthernet0/24" in facts["interface_list"]
    assert interfaces["GigabitEthernet0/5"]["is_enabled"] is False
    assert interfaces["GigabitEthernet0/5"]["description"] == "Broken"
    assert interfaces["GigabitEthernet0/24"]["is_up"] is True
    assert interfaces["Vlan99"]["is_up"] is True
    assert addresses == {"Vlan99": {"ipv4": {ios.address: {"prefix_length": 16}}}}
    assert vlans["10"]["name"] == "STAFF"
    assert vlans["10"]["interfaces"] == [f"GigabitEthernet0/{n}" for n in range(1, 9)]
    assert neighbours == {"GigabitEthernet0/24": [{"hostname": "ios-core", "port": "Gi1/0/1"}]}


def test_a_merge_is_shown_applied_saved_and_taken_back(ios: Target) -> None:
    with napalm_driver(ios) as driver:
        before = running(driver)
        driver.load_merge_candidate(config=CHANGE)
        assert driver.compare_config().splitlines() == [
            "+interface GigabitEthernet0/1",
            "+ description Library",
            "+vlan 40",
            "+ name GUEST",
            "-no vlan 20",
            "+lldp run",
        ]
        assert "Library" not in running(driver)

        driver.commit_config()
        assert "description Library" in running(driver)
        assert "name STUDENT" not in running(driver)
        assert "description Library" in driver.get_config(retrieve="startup")["startup"]

        driver.rollback()
        assert running(driver) == before


def test_a_replace_is_shown_applied_and_taken_back(ios: Target) -> None:
    with napalm_driver(ios) as driver:
        before = running(driver)
        target = before.replace("name STAFF", "name TEACHER").replace(" description Uplink\n", "")
        driver.load_replace_candidate(config=target)
        assert driver.compare_config().splitlines() == [
            "vlan 10",
            " -name STAFF",
            " +name TEACHER",
            "interface GigabitEthernet0/24",
            " -description Uplink",
        ]
        driver.commit_config()
        assert running(driver) == target
        driver.rollback()
        assert running(driver) == before


def test_a_discarded_candidate_leaves_nothing(ios: Target) -> None:
    with napalm_driver(ios) as driver:
        before = running(driver)
        driver.load_merge_candidate(config=CHANGE)
        driver.discard_config()
        assert driver.compare_config() == ""
        assert running(driver) == before


def test_a_bad_line_in_a_merge_raises_and_the_rest_is_taken_back(ios: Target) -> None:
    with napalm_driver(ios) as driver:
        before = running(driver)
        driver.load_merge_candidate(
            config="interface GigabitEthernet0/2\n description ok\n flurb 1\nend\n"
        )
        with pytest.raises(napalm_errors.MergeConfigException, match="flurb 1"):
            driver.commit_config()
        assert running(driver) == before


def test_a_bad_line_in_a_merge_stays_half_applied_until_somebody_rolls_back(ios: Target) -> None:
    with napalm_driver(ios, auto_rollback_on_error=False) as driver:
        driver.load_merge_candidate(config="vlan 41\nflurb 1\nvlan 42\nend\n")
        driver.rollback = lambda: None
        with pytest.raises(napalm_errors.MergeConfigException):
            driver.commit_config()
        assert "vlan 41" in ios.running()
        assert "vlan 42" in ios.running()


def test_a_bad_line_in_a_replace_raises_and_nothing_changes(ios: Target) -> None:
    with napalm_driver(ios) as driver:
        before = running(driver)
        driver.load_replace_candidate(config=before.replace("hostname ", "flurbname "))
        with pytest.raises(napalm_errors.ReplaceConfigException, match="successfully restored"):
            driver.commit_config()
        assert running(driver) == before


def test_a_change_with_a_timer_stays_when_confirmed(ios: Target) -> None:
    with napalm_driver(ios) as driver:
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config(revert_in=1200)
        assert driver.has_pending_commit() is True
        assert ios.status()["pending"]["by"] == "netadmin"
        assert "vlan 40" not in ios.startup()

        driver.confirm_commit()
        assert driver.has_pending_commit() is False
    assert "vlan 40" in ios.running()
    assert "vlan 40" in ios.startup()


def test_a_change_with_a_timer_is_taken_back_by_rollback(ios: Target) -> None:
    before = ios.running()
    with napalm_driver(ios) as driver:
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config(revert_in=1200)
        driver.rollback()
        assert driver.has_pending_commit() is False
    assert ios.running() == before


def test_a_pending_change_survives_close_and_goes_when_its_time_is_over(ios: Target) -> None:
    before = ios.running()
    with napalm_driver(ios) as driver:
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config(revert_in=120)
    assert ios.status()["pending"] is not None
    assert "file prompt quiet" not in ios.running()
    wait_until(lambda: ios.status()["pending"] is None)
    # A trap: NAPALM switches this line on before it arms the timer, so it comes back with it.
    assert "file prompt quiet" in ios.running()
    assert without_quiet(ios.running()) == before


def test_another_connection_of_the_same_user_confirms(ios: Target) -> None:
    with napalm_driver(ios) as driver:
        driver.load_replace_candidate(config=running(driver).replace("STAFF", "TEACHER"))
        driver.commit_config(revert_in=1200)
    with napalm_driver(ios) as other:
        assert other.has_pending_commit() is True
        other.confirm_commit()
    assert ios.status()["pending"] is None
    assert "name TEACHER" in ios.startup()


def test_timers_need_the_archive(ios: Target) -> None:
    ios.type("no archive")
    with napalm_driver(ios) as driver:
        driver.load_merge_candidate(config=CHANGE)
        with pytest.raises(napalm_errors.CommitConfirmException, match="archive"):
            driver.commit_config(revert_in=60)
    assert "vlan 40" not in ios.running()


def test_without_scp_the_configuration_goes_inline(ios: Target) -> None:
    ios.type("no ip scp server enable")
    with napalm_driver(ios) as driver:
        with pytest.raises(napalm_errors.CommandErrorException, match="scp server"):
            driver.load_merge_candidate(config=CHANGE)
        driver.inline_transfer = True
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config()
    assert "description Library" in ios.running()
