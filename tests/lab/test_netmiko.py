"""netmiko's cisco_ios, and what Ansible's network_cli types, on a simulated IOS switch."""

from typing import Any

import paramiko
import pytest

from tests.lab.clients import netmiko_session
from tests.lab.targets import Target


def test_lines_are_typed_and_saved(ios: Target) -> None:
    with netmiko_session(ios) as session:
        output = session.send_config_set(["vlan 40", "name GUEST", "ntp server 192.0.2.1"])
        saved = session.save_config()
    assert "(config-vlan)#" in output
    assert "[OK]" in saved
    assert "ntp server 192.0.2.1" in ios.startup()


def test_a_wrong_line_is_marked_where_it_is_wrong(ios: Target) -> None:
    with netmiko_session(ios) as session:
        output = session.send_config_set(["interface GigabitEthernet0/1", "switchport flurb 5"])
    typed, marker, message = output.splitlines()[-6:-3]
    assert typed.endswith("#switchport flurb 5")
    assert marker.index("^") == typed.index("flurb")
    assert message == "% Invalid input detected at '^' marker."


def test_a_wrong_line_can_be_made_an_error(ios: Target) -> None:
    with netmiko_session(ios) as session, pytest.raises(Exception, match="flurb"):
        session.send_config_set(["flurb"], error_pattern=r"% Invalid")


def test_a_banner_of_many_lines_is_one_statement(ios: Target) -> None:
    with netmiko_session(ios) as session:
        session.send_config_set(["banner motd #", "For school staff", "and pupils", "#"])
    assert "banner motd ^C\nFor school staff\nand pupils\n^C\n" in ios.running()


def test_removing_a_user_asks_first(ios: Target) -> None:
    ios.type("username helper privilege 1 secret 5 $1$x$y")
    with netmiko_session(ios) as session:
        session.config_mode()
        session.write_channel("no username helper\n")
        asked = session.read_until_pattern(r"\?.*confirm\]")
        session.write_channel("\n")
        session.exit_config_mode()
    assert "Do you want to continue? [confirm]" in asked
    assert "username helper" not in ios.running()


def test_thai_text_survives(ios: Target) -> None:
    with netmiko_session(ios) as session:
        session.send_config_set(["interface GigabitEthernet0/3", "description ห้องสมุด"])
        assert "description ห้องสมุด" in session.send_command("show running-config")


def test_enable_needs_the_password(ios: Target) -> None:
    with netmiko_session(ios, secret=ios.password) as session:
        session.exit_enable_mode()
        assert session.find_prompt() == f"{ios.name}>"
        assert "Invalid input" in session.send_command("show running-config")
        session.enable()
        assert session.find_prompt() == f"{ios.name}#"


def test_the_pager_stops_until_a_key_is_pressed(ios: Target) -> None:
    with netmiko_session(ios) as session:
        session.send_command("terminal length 10")
        session.write_channel("show running-config\n")
        first = session.read_until_pattern(r"--More-- ")
        assert "service pad" in first
        assert "hostname" not in first
        session.write_channel("q")
        session.read_until_pattern(rf"{ios.name}#")


def test_exec_requests_answer_without_a_terminal(ios: Target) -> None:
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(
        ios.address,
        ios.port,
        "netadmin",
        ios.password,
        allow_agent=False,
        look_for_keys=False,
    )
    with client:
        _, stdout, _ = client.exec_command("show privilege")
        assert stdout.read().decode() == "Current privilege level is 15\r\n"
        assert stdout.channel.recv_exit_status() == 0


def test_saving_asks_for_the_file_name_unless_told_not_to(ios: Target) -> None:
    ios.type("vlan 40")
    with netmiko_session(ios) as session:
        session.write_channel("copy running-config startup-config\n")
        session.read_until_pattern(r"Destination filename \[startup-config\]\? ")
        session.write_channel("\n")
        session.read_until_pattern(r"\[OK\]")
    assert "vlan 40" in ios.startup()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("show running-config | include snmp-server community", "snmp-server community public RO"),
        ("show run | sec interface Vlan99", "interface Vlan99\n ip address"),
        ("show running-config interface gi0/24", "description Uplink"),
        ("sh ver", "Cisco IOS Software"),
        ("show flurb all", "% Invalid input detected at '^' marker."),
        ("flurb", "% Unknown command or computer name"),
        ("more flash:/nothing", "%Error opening flash:/nothing"),
        ("show vlan id 77", "not found"),
    ],
)
def test_exec_commands(ios_session: Any, command: str, words: str) -> None:
    assert words in ios_session.send_command(command)
