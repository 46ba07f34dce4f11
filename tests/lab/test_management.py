"""A configuration that cuts the device's own management cuts it, until it is gone again."""

import netmiko
import pytest

from tests.lab.clients import napalm_driver, netmiko_session, without_quiet
from tests.lab.targets import Target, wait_until

IMPATIENT = {"read_timeout_override": 1.0}

CUTTING_IOS = [
    "interface Vlan99\n shutdown\n",
    "interface Vlan99\n no ip address\n",
    "interface Vlan99\n ip address 127.200.0.1 255.255.0.0\n",
    "no interface Vlan99\n",
    "no vlan 99\n",
    "interface GigabitEthernet0/24\n shutdown\n",
    "interface GigabitEthernet0/24\n switchport trunk allowed vlan 10,20\n",
    "line vty 0 4\n transport input none\nline vty 5 15\n transport input telnet\n",
]
CUTTING_EOS = [
    "interface Management1\n   shutdown\n",
    "interface Management1\n   no ip address\n",
    "interface Management1\n   ip address 127.200.0.1/16\n",
    "management api http-commands\n   shutdown\n",
    "no management api http-commands\n",
]


@pytest.mark.parametrize("lines", CUTTING_IOS)
def test_an_ios_switch_can_be_cut_off_and_brought_back(ios: Target, lines: str) -> None:
    before = ios.running()
    ios.type(*lines.splitlines())
    assert ios.status()["access"] == "closed"
    ios.type("default interface GigabitEthernet0/24", *before.splitlines(), "interface Vlan99")
    ios.type("interface Vlan99", "no shutdown")
    assert ios.status()["access"] == "open"


@pytest.mark.parametrize("lines", CUTTING_EOS)
def test_an_eos_switch_can_be_cut_off_and_brought_back(eos: Target, lines: str) -> None:
    before = eos.running()
    eos.type(*lines.splitlines())
    assert eos.status()["access"] == "closed"
    eos.type(*before.splitlines(), "interface Management1", "no shutdown")
    assert eos.status()["access"] == "open"


def test_the_timer_of_an_ios_switch_brings_the_management_back(ios: Target) -> None:
    before = ios.running()
    with napalm_driver(ios, **IMPATIENT) as driver:
        driver.load_merge_candidate(config="interface Vlan99\n shutdown\nend\n")
        with pytest.raises(netmiko.exceptions.ReadTimeout):
            driver.commit_config(revert_in=180)
    assert ios.status()["problem"] == "interface Vlan99 is shut down"
    ios.wait_for("open")
    assert without_quiet(ios.running()) == before
    with netmiko_session(ios) as session:
        assert session.find_prompt() == f"{ios.name}#"


def test_the_timer_of_an_eos_switch_brings_the_management_back(eos: Target) -> None:
    before = eos.running()
    with napalm_driver(eos) as driver:
        driver.load_replace_candidate(config=before.replace("   no shutdown\n", ""))
        with pytest.raises(Exception, match=r"Socket error|Remote end closed"):
            driver.commit_config(revert_in=60)
        driver.config_session = None
    assert eos.status()["problem"] == "management api http-commands is shut down"
    eos.wait_for("open")
    assert eos.running() == before
    with napalm_driver(eos) as driver:
        assert driver.has_pending_commit() is False


def test_an_open_session_dies_with_the_management(ios: Target) -> None:
    with netmiko_session(ios) as session:
        link = session.remote_conn.transport
        assert link.is_active()
        ios.type("interface Vlan99", "shutdown")
        wait_until(lambda: not link.is_active())
