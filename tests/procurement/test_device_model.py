"""A device's own word as facts of its model: only what cannot be otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from controller.facts.hardware import Hardware, Medium, PortFact
from controller.platforms.hardware import read_interfaces
from controller.procurement.device_model import model_of_device


def ports(count: int, mbps: int, medium: Medium, name: str = "p") -> tuple[PortFact, ...]:
    """So many ports alike."""
    return tuple(PortFact(f"{name}{number}", mbps, medium) for number in range(1, count + 1))


def told(*groups: tuple[PortFact, ...], **more: Any) -> tuple[dict[str, Any], str]:
    """The facts of a device with these ports, and the notes in English."""
    hardware = Hardware(tuple(port for group in groups for port in group), **more)
    model, notes = model_of_device("A-1", "Maker", hardware, source="read")
    facts = model.model_dump(exclude_defaults=True, exclude={"model", "maker", "source"})
    return facts, "; ".join(note.en for note in notes)


def test_a_plain_switch_is_told_whole() -> None:
    """24 copper ports and 4 SFP+; nothing about faster copper, which its ports may be."""
    facts, notes = told(
        ports(24, 1000, "copper"), ports(4, 10_000, "sfp"), poe_ports=24, poe_watts=370.0
    )
    assert facts == {
        "ports": 28, "port_mbps": 1000, "poe_ports": 24, "poe_watts": 370.0,
        "attributes": {"ports_100m": 24, "ports_1g": 24, "sfp": 4, "sfp_plus": 4},
    }  # fmt: skip
    assert "at least as fast" in notes
    assert "PoE" not in notes


def test_a_slow_link_says_nothing_of_its_port() -> None:
    """One port that runs at 100 may be as good as the rest: ports of 1 Gbps are left out."""
    facts, notes = told(ports(23, 1000, "copper"), ports(1, 100, "copper", "q"))
    assert facts["attributes"] == {
        "ports_100m": 24, "sfp": 0, "sfp_plus": 0, "sfp28": 0,
    }  # fmt: skip
    assert "how fast they run now" in notes
    facts, _ = told(ports(24, 100, "copper"))
    assert "port_mbps" not in facts


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (ports(1, 1000, ""), "1 ports do not tell their plug"),
        (ports(2, 100_000, "sfp"), "other transceivers"),
        ((), "no network port"),
        (
            (PortFact("Gi1/0/1", 1000, "copper"), PortFact("Gi2/0/1", 1000, "copper")),
            "several switches act as one",
        ),
    ],
)
def test_what_could_be_otherwise_is_left_out_and_said(
    group: tuple[PortFact, ...], words: str
) -> None:
    """Unknown plugs, QSFP among SFP, no ports, a stack."""
    facts, notes = told(group)
    assert words in notes
    assert not {"sfp", "sfp_plus"} & {*facts.get("attributes", {})}
    assert "nothing of PoE" in notes


def test_interfaces_of_a_login_are_ports_by_their_names() -> None:
    """NAPALM's interfaces: no VLANs, no management; -1 is not known."""
    found = read_interfaces(
        {
            "GigabitEthernet0/1": {"speed": 100.0},
            "Vlan99": {"speed": 1000},
            "Management1": {"speed": 1000},
            "Ethernet1": {"speed": -1.0},
        }
    )
    assert found.ports == (PortFact("GigabitEthernet0/1", 1000), PortFact("Ethernet1"))
