"""Ports and power as devices tell them: what is not told stays unknown."""

from __future__ import annotations

from collections import Counter

import pytest

from controller.facts.answers import Answers
from controller.facts.hardware import Hardware, PortFact
from controller.platforms.hardware import hardware_request, read_hardware
from tests.platforms.recordings import answer, read_recording
from tests.recorded import recorded

_IF, _IFX = "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1"


def one_port(**told: object) -> PortFact | None:
    """The only port of a device that tells this of interface 7; None when it is no port."""
    where = {
        "type": f"{_IF}.3",
        "words": f"{_IF}.2",
        "name": f"{_IFX}.1",
        "speed": f"{_IFX}.15",
        "connector": f"{_IFX}.17",
    }
    values: dict[str, object] = {"type": 6, "words": b"eth0", **told}
    columns = {where[key]: {"7": value} for key, value in values.items()}
    ports = read_hardware(Answers(columns=columns)).ports  # type: ignore[arg-type]
    return ports[0] if ports else None


@pytest.mark.parametrize(
    ("told", "port"),
    [
        ({"speed": 1000}, PortFact("eth0", 1000)),
        ({}, PortFact("eth0")),
        ({"words": b"GigabitEthernet1/0/1", "speed": 10}, PortFact("GigabitEthernet1/0/1", 1000)),
        ({"words": b"TenGigabitEthernet1/1/1"}, PortFact("TenGigabitEthernet1/1/1", 10_000)),
        ({"words": b"XGigabitEthernet0/0/1"}, PortFact("XGigabitEthernet0/0/1", 10_000)),
        ({"words": b"TwentyFiveGigE1/0/1"}, PortFact("TwentyFiveGigE1/0/1", 25_000)),
        ({"words": b"FastEthernet0/1"}, PortFact("FastEthernet0/1", 100)),
        ({"words": b"1000BASE-T port 3", "name": b"3"}, PortFact("3", 1000, "copper")),
        ({"words": b"10GBASE-X SFP+ port 25", "name": b"25"}, PortFact("25", 10_000, "sfp")),
        ({"words": b"RJ45/SFP combo 9", "name": b"9"}, PortFact("9")),
        ({"connector": 2}, None),
        ({"type": 53}, None),
        ({"words": b"Vlan10"}, None),
        ({"words": b"mgmt0"}, None),
        ({"words": b"wlan0"}, None),
        ({"words": b"eth0.30"}, None),
    ],
)
def test_one_port(told: dict[str, object], port: PortFact | None) -> None:
    assert one_port(**told) == port


def test_ports_of_an_unknown_plug_are_no_proof_but_may_be_all_of_them() -> None:
    ports = (*(PortFact(str(n), 1000) for n in range(4)), PortFact("x", 1000, "sfp"))
    hardware = Hardware((*ports, PortFact("c", 100, "copper")))
    assert (hardware.at_least(1000, "copper"), hardware.at_least(100, "copper")) == (0, 1)
    assert (hardware.at_most("copper"), hardware.at_most("sfp")) == (5, 5)


def test_power_that_was_not_told_whole_is_unknown() -> None:
    port, main = "1.3.6.1.2.1.105.1.1.1.3", "1.3.6.1.2.1.105.1.3.1.1.2"
    columns = {port: {"1.1": 1, "1.2": 1}, main: {"1": 185, "2": 185}}
    told = read_hardware(Answers(columns=columns))
    assert (told.poe_ports, told.poe_watts) == (2, 370)
    cut = read_hardware(Answers(columns=columns, partial=frozenset((port, main))))
    assert (cut.poe_ports, cut.poe_watts) == (None, None)


@pytest.mark.parametrize(
    ("name", "ports"),
    [
        ("vrp_5720-32x-ei", {1000: 28, 10_000: 4}),
        ("dlink_dgs-3120-24tc", {0: 20, 100: 2, 1000: 2}),
        ("ios_nac", {100: 8, 1000: 1}),
        ("aruba-instant", {1000: 1}),
    ],
)
def test_ports_of_recorded_devices(name: str, ports: dict[int, int]) -> None:
    recording = read_recording(recorded("snmp", "snmprec", f"{name}.snmprec"))
    told = read_hardware(answer(recording, hardware_request()))
    assert Counter(port.mbps for port in told.ports) == ports
