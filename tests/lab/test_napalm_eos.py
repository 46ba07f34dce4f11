"""NAPALM's unmodified eos driver works on a simulated EOS switch, traps included."""

import napalm.base.exceptions as napalm_errors
import pytest

from tests.lab.clients import napalm_driver, running
from tests.lab.targets import Target, wait_until

CHANGE = (
    "interface Ethernet1\n   description Library\nvlan 40\n   name GUEST\nno vlan 20\n"
    "banner motd\nFor school staff only\nEOF\n"
)


def test_the_getters_tell_what_is_configured(eos: Target) -> None:
    eos.type("interface Ethernet5", "shutdown", "description Broken")
    with napalm_driver(eos) as driver:
        facts = driver.get_facts()
        interfaces = driver.get_interfaces()
        addresses = driver.get_interfaces_ip()
        vlans = driver.get_vlans()
        neighbours = driver.get_lldp_neighbors()

    assert facts["hostname"] == eos.name
    assert facts["fqdn"] == f"{eos.name}.school.example"
    assert facts["vendor"] == "Arista"
    assert "Ethernet24" in facts["interface_list"]
    assert interfaces["Ethernet5"]["is_enabled"] is False
    assert interfaces["Ethernet5"]["description"] == "Broken"
    assert interfaces["Ethernet24"]["is_up"] is True
    assert addresses == {"Management1": {"ipv4": {eos.address: {"prefix_length": 16}}, "ipv6": {}}}
    assert vlans["10"] == {"name": "STAFF", "interfaces": [f"Ethernet{n}" for n in range(1, 9)]}
    assert neighbours == {"Ethernet24": [{"hostname": "eos-core", "port": "Ethernet1"}]}


def test_a_merge_is_shown_applied_saved_and_taken_back(eos: Target) -> None:
    with napalm_driver(eos) as driver:
        before = running(driver)
        driver.load_merge_candidate(config=CHANGE)
        changed = [line for line in driver.compare_config().splitlines() if line[:1] in "+-"]
        assert changed == [
            "-vlan 20",
            "-   name STUDENT",
            "-!",
            "+!",
            "+vlan 40",
            "+   name GUEST",
            "+   description Library",
            "+banner motd",
            "+For school staff only",
            "+EOF",
            "+!",
        ]
        assert running(driver) == before
        assert "name GUEST" in driver.get_config(retrieve="candidate")["candidate"]

        driver.commit_config()
        assert "description Library" in running(driver)
        assert "description Library" in eos.startup()

        driver.rollback()
        assert running(driver) == before


def test_a_replace_is_shown_applied_and_taken_back(eos: Target) -> None:
    with napalm_driver(eos) as driver:
        before = running(driver)
        driver.load_replace_candidate(config=before)
        assert driver.compare_config() == ""
        driver.discard_config()

        target = before.replace("name STAFF", "name TEACHER")
        driver.load_replace_candidate(config=target)
        assert "-   name STAFF\n+   name TEACHER" in driver.compare_config()
        driver.commit_config()
        assert running(driver) == target
        driver.rollback()
        assert running(driver) == before


def test_a_discarded_candidate_leaves_nothing(eos: Target) -> None:
    with napalm_driver(eos) as driver:
        before = running(driver)
        driver.load_merge_candidate(config=CHANGE)
        driver.discard_config()
        assert running(driver) == before
        assert driver._run_commands(["show configuration sessions"])[0]["sessions"] == {}


@pytest.mark.parametrize("replace", [False, True])
def test_a_bad_line_raises_at_once_and_nothing_changes(eos: Target, *, replace: bool) -> None:
    expected = (
        napalm_errors.ReplaceConfigException if replace else napalm_errors.MergeConfigException
    )
    with napalm_driver(eos) as driver:
        before = running(driver)
        load = driver.load_replace_candidate if replace else driver.load_merge_candidate
        with pytest.raises(expected, match=r"1002.*Invalid input \(at token 0: 'flurb'\)"):
            load(config="vlan 9\nflurb x\n")
        assert running(driver) == before
        assert driver.config_session is None


def test_an_open_session_locks_the_others_out(eos: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    with napalm_driver(eos) as driver, napalm_driver(eos) as other:
        driver.load_merge_candidate(config=CHANGE)
        monkeypatch.setattr(other, "_obtain_lock", lambda wait_time: other._lock())
        with pytest.raises(napalm_errors.SessionLockedException):
            other.load_merge_candidate(config="vlan 77\n")
        other.config_session = None
        driver.discard_config()
        other.load_merge_candidate(config="vlan 77\n")


def test_a_change_with_a_timer_stays_when_confirmed(eos: Target) -> None:
    with napalm_driver(eos) as driver:
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config(revert_in=600)
        assert driver.has_pending_commit() is True
        (left,) = driver._get_pending_commits().values()
        assert 0 < left <= 600
        assert "vlan 40" not in eos.startup()
        driver.confirm_commit()
        assert driver.has_pending_commit() is False
    assert "vlan 40" in eos.running()
    assert "vlan 40" in eos.startup()


def test_a_change_with_a_timer_is_taken_back_by_rollback(eos: Target) -> None:
    before = eos.running()
    with napalm_driver(eos) as driver:
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config(revert_in=600)
        driver.rollback()
    assert eos.running() == before


def test_a_change_with_a_timer_goes_when_its_time_is_over(eos: Target) -> None:
    before = eos.running()
    with napalm_driver(eos) as driver:
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config(revert_in=60)
        assert eos.running() != before
        wait_until(lambda: eos.status()["pending"] is None)
        assert driver.has_pending_commit() is False
        driver.config_session = None
    assert eos.running() == before


def test_a_second_commit_while_one_is_pending_is_refused(eos: Target) -> None:
    with napalm_driver(eos) as driver, napalm_driver(eos) as other:
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config(revert_in=600)
        other.load_merge_candidate(config="vlan 77\n")
        with pytest.raises(napalm_errors.CommitError):
            other.commit_config(revert_in=600)
        with pytest.raises(Exception, match="pending confirmation"):
            other.commit_config()
    assert "vlan 77" not in eos.running()


def test_trap_close_takes_a_pending_change_back(eos: Target) -> None:
    before = eos.running()
    with napalm_driver(eos) as driver:
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config(revert_in=600)
        assert eos.running() != before
    assert eos.running() == before
    assert eos.status()["pending"] is None


def test_trap_only_who_knows_the_session_can_confirm(eos: Target) -> None:
    with napalm_driver(eos) as driver:
        driver.load_merge_candidate(config=CHANGE)
        driver.commit_config(revert_in=600)
        session, driver.config_session = driver.config_session, None
    with napalm_driver(eos) as other:
        with pytest.raises(napalm_errors.CommitError):
            other.confirm_commit()
        other.config_session = session
        other.confirm_commit()
    assert "vlan 40" in eos.startup()


def test_trap_rollback_forgets_unsaved_changes_of_others(eos: Target) -> None:
    eos.type("vlan 60")
    with napalm_driver(eos) as driver:
        driver.load_merge_candidate(config="vlan 61\n")
        driver.commit_config()
        assert "vlan 60" in eos.running()
        driver.load_merge_candidate(config="vlan 62\n")
        eos.type("vlan 63")
        driver.commit_config()
        driver.rollback()
    assert "vlan 61" in eos.running()
    assert "vlan 62" not in eos.running()
    assert "vlan 63" not in eos.running()


def test_lines_without_a_session_take_effect_at_once(eos: Target) -> None:
    with napalm_driver(eos) as driver:
        driver.device.config(["vlan 50", "name LAB"])
    assert "vlan 50\n   name LAB\n" in eos.running()
