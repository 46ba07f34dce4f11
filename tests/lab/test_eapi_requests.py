"""eAPI requests to an EOS switch, without sockets: what Ansible's plugins send."""

from collections.abc import Mapping
from typing import Any

import pytest

from controller.lab.devices.arista_eos import server
from controller.lab.devices.arista_eos.device import CommandError, EosDevice
from controller.lab.devices.arista_eos.request import Request
from tests.lab.devices import Bench

assert server.TOPICS


@pytest.fixture
def device() -> EosDevice:
    return Bench().eos()


def send(device: EosDevice, *commands: str, style: str = "text") -> list[Mapping[str, Any]]:
    request = Request(device, "netadmin")
    results = [request.run(command, "", style) for command in commands]
    request.finish()
    return results


def test_the_current_session_is_shown_compared_and_committed(device: EosDevice) -> None:
    edit = ("configure session s1", "vlan 40", "name LAB")
    *_, diffs = send(device, *edit, "show session-config diffs")
    assert "+vlan 40\n+   name LAB\n" in diffs["output"]
    *_, shown = send(device, "configure session s1", "show session-config")
    assert "   name LAB\n" in shown["output"]
    assert "vlan 40" not in device.running.lines
    send(device, "configure session s1", "commit")
    assert "vlan 40" in device.running.lines


def test_abort_drops_the_current_session(device: EosDevice) -> None:
    send(device, "configure session s1", "vlan 40", "abort")
    assert device.sessions == {}
    assert "vlan 40" not in device.running.lines


@pytest.mark.parametrize(
    "command",
    [
        "commit",
        "abort",
        "show session-config",
        "show session-config diffs",
        "rollback clean-config",
    ],
)
def test_outside_a_session_there_is_none_to_speak_of(device: EosDevice, command: str) -> None:
    with pytest.raises(CommandError, match="Invalid input"):
        send(device, command)


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("flurb", "Invalid input (at token 0: 'flurb')"),
        ("configure session none abort", "Session none does not exist"),
        ("configure session none commit", "Session none does not exist"),
        ("configure session none commit timer soon", "Invalid input (at token 5: 'soon')"),
        ("copy flash:none startup-config", "Error opening flash:none"),
        ("configure replace flash:none", "Error opening flash:none"),
    ],
)
def test_what_cannot_be_done_is_told(device: EosDevice, command: str, shown: str) -> None:
    with pytest.raises(CommandError) as caught:
        send(device, command)
    assert shown in caught.value.shown


def test_what_has_no_json_says_so(device: EosDevice) -> None:
    with pytest.raises(CommandError) as caught:
        send(device, "show running-config", style="json")
    assert caught.value.reason == "unconverted command"


def test_copying_into_the_running_configuration_merges(device: EosDevice) -> None:
    device.save()
    device.merge(["vlan 40"], "netadmin")
    send(device, "copy startup-config running-config", "copy running-config flash:kept")
    assert "vlan 40" in device.running.lines
    assert "vlan 40\n" in device.files["flash:kept"]
