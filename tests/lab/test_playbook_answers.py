"""What playbooks ask of a switch: SNMPv3 users, images, access points, banners."""

import pytest

from controller.lab.configuration.dialect import RefusedLineError
from controller.lab.configuration.rendering import render
from controller.lab.configuration.tree import Configuration
from controller.lab.devices.arista_eos import server as eos_server
from controller.lab.devices.arista_eos.device import CommandError
from controller.lab.devices.arista_eos.request import Request
from controller.lab.devices.cisco_ios import grammar as ios_grammar
from controller.lab.devices.cisco_ios import server as ios_server
from controller.lab.devices.cisco_ios.shell import Shell
from tests.lab.devices import Bench

assert ios_server.TOPICS
assert eos_server.TOPICS
USER = "snmp-server user khaen readers v3 auth sha lettuce12 priv aes 128 lettuce34"


def ios_answer(shell: Shell, line: str) -> str:
    answer = shell.execute(line)
    assert isinstance(answer, str)
    return answer


def eos_answer(request: Request, line: str) -> str:
    return str(request.run(line, "", "text")["output"])


def test_an_snmpv3_user_of_ios_is_told_but_never_shown() -> None:
    bench = Bench()
    device = bench.ios()
    before = render(device.running)
    device.merge([USER], "netadmin")
    told = ios_answer(Shell(device, "netadmin"), "show snmp user")
    assert "User name: khaen\n" in told
    assert "Privacy Protocol: AES128\nGroup-name: readers" in told
    assert "lettuce" not in told
    assert render(device.running) == before
    # It survives a replacement of the configuration, and a power cycle once it is saved.
    device.commit(device.read(before), "netadmin")
    device.save()
    again = bench.ios(saved=bench.saved[device.definition.name])
    assert ios_answer(Shell(again, "netadmin"), "show snmp user") == told
    again.merge(["no snmp-server user khaen readers v3"], "netadmin")
    assert ios_answer(Shell(again, "netadmin"), "show snmp user") == ""


def test_ios_tells_its_image_and_what_boots() -> None:
    device = Bench().ios()
    shell = Shell(device, "netadmin")
    image = "c2960x-universalk9-mz.152-7.E4.bin"
    assert f"flash:/{image}" in ios_answer(shell, "show boot")
    assert image in ios_answer(shell, "dir flash:")
    assert f"({'flash:' + image}) = " in ios_answer(shell, f"verify /md5 flash:{image}")
    device.merge(["boot system flash:/new.bin"], "netadmin")
    assert "BOOT path-list      : flash:/new.bin" in ios_answer(shell, "show boot")


def test_an_access_point_has_parts_of_ports_and_a_switch_has_not() -> None:
    ports = ("Dot11Radio0", "GigabitEthernet0")
    point = Configuration(ios_grammar.DIALECT, ports)
    text = (
        "dot11 ssid STUDENT\n vlan 20\n vlan 30\ninterface Dot11Radio0.30\n"
        " encapsulation dot1Q 30\n bridge-group 30\ninterface GigabitEthernet0.30\n"
        " bridge-group 30\n"
    )
    assert point.merge(text).refusals == ()
    assert list(point.lines["dot11 ssid STUDENT"]) == ["vlan 30"]
    with pytest.raises(RefusedLineError):
        point.type((), "interface GigabitEthernet1.30")
    switch = Configuration(ios_grammar.DIALECT, ("GigabitEthernet0/1",))
    with pytest.raises(RefusedLineError):
        switch.type((), "interface GigabitEthernet0/1.30")


def test_eos_tells_its_image_and_what_boots() -> None:
    request = Request(Bench().eos(), "netadmin")
    assert "EOS-4.30.1F.swi" in eos_answer(request, "dir flash:")
    assert "Software image: flash:/EOS-4.30.1F.swi" in eos_answer(request, "show boot-config")
    assert " = " in eos_answer(request, "verify /md5 flash:EOS-4.30.1F.swi")
    with pytest.raises(CommandError):
        request.run("verify /md5 flash:none", "", "text")


def test_eos_tells_its_banner() -> None:
    device = Bench().eos()
    device.merge(["banner login\nFor staff\nEOF"], "netadmin")
    assert eos_answer(Request(device, "netadmin"), "show banner login") == "For staff\n"
    assert eos_answer(Request(device, "netadmin"), "show banner motd") == ""


def test_eos_keeps_an_snmpv3_user_by_its_keys() -> None:
    device = Bench().eos()
    device.merge(["snmp-server user khaen readers v3 auth sha lettuce12 priv aes x"], "netadmin")
    shown = render(device.running)
    assert "snmp-server user khaen readers v3 localized f5717f" in shown
    assert "lettuce" not in shown
