"""A device can tell what was typed in its configuration mode."""

from controller.lab.devices.arista_eos import server as eos_server
from controller.lab.devices.arista_eos.request import Request
from controller.lab.devices.cisco_ios import server as ios_server
from controller.lab.devices.cisco_ios.shell import Shell
from tests.lab.devices import Bench

assert ios_server.TOPICS
assert eos_server.TOPICS


def test_every_line_is_remembered_as_often_as_it_was_typed() -> None:
    """Also where it changed nothing; not what was asked outside of the configuration mode."""
    ios, eos = Bench().ios(), Bench().eos()
    shell, request = Shell(ios, "netadmin"), Request(eos, "netadmin")
    for line in ("show clock", "configure terminal", "vlan 30", " name LAB", " name LAB", "end"):
        shell.enter(line)
    for line in ("configure session s1", "vlan 30", "name LAB", "name LAB", "abort"):
        request.run(line, "", "json")
    assert list(ios.typed) == ["vlan 30", "name LAB", "name LAB"]
    assert list(eos.typed) == ["vlan 30", "name LAB", "name LAB"]
