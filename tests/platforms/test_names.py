"""Names of interfaces and lists of VLANs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.platforms.interfaces import full_name, interfaces_of
from controller.platforms.registry import platform
from controller.platforms.vlans import EVERY, changed_vlans, read_vlans, write_vlans

NAMES = platform("cisco_ios").grammar.interfaces


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gi0/1", "GigabitEthernet0/1"),
        ("Gi 1/0/24", "GigabitEthernet1/0/24"),
        ("vlan 99", "Vlan99"),
        ("VLAN99", "Vlan99"),
        ("po1", "Port-channel1"),
        ("te1/1/1.20", "TenGigabitEthernet1/1/1.20"),
        ("FortyGigabitEthernet1/1/1", "FortyGigabitEthernet1/1/1"),
        ("wlan0", None),
        ("nonsense", None),
    ],
)
def test_full_name(text: str, name: str | None) -> None:
    assert full_name(text, NAMES) == name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("interface Vlan99", ["Vlan99"]),
        ("interface range fa0/1 - 3", ["FastEthernet0/1", "FastEthernet0/2", "FastEthernet0/3"]),
        ("interface range vlan1-2,vlan9", ["Vlan1", "Vlan2", "Vlan9"]),
        ("interface range fa0/1 - 1 , te1/1/1", ["FastEthernet0/1", "TenGigabitEthernet1/1/1"]),
        ("interface range vlan 10 - 11", ["Vlan10", "Vlan11"]),
        ("interface range gi0/1 - 99999", None),
        ("interface range gi0/9 - 3", None),
        ("interface range gi0/1 - gi0/3", None),
        ("interface GigabitEthernet0/1 ... interface GigabitEthernet0/24", None),
        ("interface range macro uplinks", None),
        ("interface range gi1/0/1 - 2, 5", None),
        ("interface range gi1/0/1, 2/0/5", None),
    ],
)  # fmt: skip
def test_interfaces_of(line: str, names: list[str] | None) -> None:
    found = interfaces_of(line, NAMES)
    assert (None if found is None else list(found)) == names


def test_interfaces_of_a_stem_that_goes_on() -> None:
    names = platform("arista_eos").grammar.interfaces
    assert interfaces_of("interface Ethernet1-2,7", names) == (
        "Ethernet1",
        "Ethernet2",
        "Ethernet7",
    )


@given(st.frozensets(st.integers(1, 4094)))
def test_vlan_lists_read_back(numbers: frozenset[int]) -> None:
    assert read_vlans(write_vlans(numbers)) == numbers


@pytest.mark.parametrize("text", ["", "0", "4095", "10-9", "a", "10,,20", "1-9999999999"])
def test_what_is_no_vlan_list(text: str) -> None:
    assert read_vlans(text) is None


def test_changed_vlans() -> None:
    now = frozenset({10, 20})
    assert changed_vlans(now, "add ", "30") == frozenset({10, 20, 30})
    assert changed_vlans(now, "remove ", "20-30") == frozenset({10})
    assert changed_vlans(now, "except ", "99") == EVERY - frozenset({99})
    assert changed_vlans(now, "", "all") == EVERY
    assert changed_vlans(now, "", "none") == frozenset()
    assert changed_vlans(now, "add ", "x") is None
