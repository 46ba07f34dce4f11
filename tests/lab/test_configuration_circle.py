"""Whatever two configurations are: typing their difference turns one into the other."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.lab.configuration.dialect import Dialect
from controller.lab.configuration.differences import commands_between, contextual
from controller.lab.configuration.rendering import render
from controller.lab.configuration.tree import Configuration
from controller.lab.configuration.vlans import change_allowed, read_vlans, write_vlans
from controller.lab.devices.arista_eos import grammar as eos_grammar
from controller.lab.devices.cisco_ios import grammar as ios_grammar

PORTS = {
    "cisco_ios": ("GigabitEthernet0/1", "GigabitEthernet0/2"),
    "arista_eos": ("Ethernet1", "Ethernet2", "Management1"),
}
IOS_BLOCKS = (
    "hostname sw1", "hostname sw2", "no service pad", "ip http server", "no ip http server",
    "ip scp server enable", "no ip domain-lookup", "file prompt quiet", "cdp run", "no cdp run",
    "vlan 10\n name STAFF", "vlan 10\n name TEACHER", "vlan 20", "vlan 200\n name X",
    "no vlan 20", "interface Vlan10\n ip address 10.0.0.1 255.0.0.0", "interface Vlan10\n shutdown",
    "interface GigabitEthernet0/1\n description A\n switchport access vlan 10",
    "interface GigabitEthernet0/1\n description B\n no shutdown\n switchport mode trunk",
    "interface Gi0/2\n switchport trunk allowed vlan 10,20\n storm-control action trap",
    "interface GigabitEthernet0/2\n switchport trunk allowed vlan add 30\n no cdp enable",
    "default interface GigabitEthernet0/2", "interface range Gi0/1-2\n spanning-tree portfast",
    "banner motd #Hello\nthere#", "banner motd #Go away#", "no banner motd",
    "ntp server 10.0.0.1", "ntp server 10.0.0.11", "no ntp server 10.0.0.1", "lldp run",
    "snmp-server community public RO", "no snmp-server community public", "logging host 10.1.1.1",
    "ip access-list standard NET\n permit 10.0.0.0 0.0.0.255\n deny any",
    "ip access-list standard NET\n deny any", "line vty 0 4\n transport input ssh\n login local",
    "line vty 0 4\n exec-timeout 5 0\n transport input none", "enable secret lettuce",
    "archive\n path flash:a",
    "username helper privilege 1 secret 5 $1$x$y", "no username helper", "spanning-tree mode mst",
)  # fmt: skip
EOS_BLOCKS = (
    "hostname sw1", "hostname sw2", "no ip routing", "ip routing", "no lldp run", "lldp run",
    "vlan 10\n   name STAFF", "vlan 10,20", "no vlan 20", "spanning-tree mode mstp", "no aaa root",
    "interface Ethernet1\n   description A\n   switchport access vlan 10",
    "interface Ethernet1\n   switchport mode trunk\n   switchport trunk allowed vlan 10,20",
    "interface Ethernet2\n   no switchport\n   ip address 10.0.0.1/24",
    "default interface Ethernet2",
    "interface Management1\n   ip address 10.1.0.1/16", "interface Ethernet1-2\n   shutdown",
    "management api http-commands\n   no shutdown", "management api http-commands\n   shutdown",
    "management ssh\n   idle-timeout 10", "banner motd\nHello\nthere\nEOF", "banner motd\nBye\nEOF",
    "no banner motd", "ntp server 10.0.0.1", "no ntp server 10.0.0.1", "no management ssh",
    "snmp-server community public ro", "username a secret lettuce", "ip route 0.0.0.0/0 10.0.0.254",
)  # fmt: skip
BOTH = [(ios_grammar.DIALECT, IOS_BLOCKS), (eos_grammar.DIALECT, EOS_BLOCKS)]


def built(dialect: Dialect, blocks: Sequence[str]) -> Configuration:
    configuration = Configuration(dialect, PORTS[dialect.platform])
    merged = configuration.merge("\n".join(blocks))
    assert merged.refusals == ()
    return configuration


@pytest.mark.parametrize(("dialect", "blocks"), BOTH, ids=["ios", "eos"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_typing_the_difference_closes_the_circle(
    dialect: Dialect, blocks: Sequence[str], data: st.DataObject
) -> None:
    some = st.lists(st.sampled_from(blocks), max_size=14)
    before = built(dialect, data.draw(some, label="before"))
    after = built(dialect, data.draw(some, label="after"))
    walked = before.copy()
    merged = walked.merge("\n".join(commands_between(before, after)))
    assert merged.refusals == ()
    assert render(walked) == render(after)
    assert contextual(walked, after) == []
    assert commands_between(walked, after) == []


@pytest.mark.parametrize(("dialect", "blocks"), BOTH, ids=["ios", "eos"])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_reading_what_was_rendered_gives_the_same_text(
    dialect: Dialect, blocks: Sequence[str], data: st.DataObject
) -> None:
    first = built(dialect, data.draw(st.lists(st.sampled_from(blocks), max_size=20)))
    again = Configuration.read(dialect, first.ports, render(first) + "end\n")
    assert render(again) == render(first)


@pytest.mark.parametrize(("dialect", "blocks"), BOTH, ids=["ios", "eos"])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_merge_says_it_changed_something_exactly_when_it_did(
    dialect: Dialect, blocks: Sequence[str], data: st.DataObject
) -> None:
    configuration = built(dialect, data.draw(st.lists(st.sampled_from(blocks), max_size=10)))
    before = configuration.copy()
    block = data.draw(st.sampled_from(blocks))
    once = configuration.merge(block)
    if render(configuration) != render(before):
        assert once.changes
    after_once = render(configuration)
    configuration.merge(block)
    assert render(configuration) == after_once


@given(st.frozensets(st.integers(1, 4094), max_size=40))
def test_vlan_lists_are_read_as_written(numbers: frozenset[int]) -> None:
    assert read_vlans(write_vlans(numbers)) == numbers


@given(
    st.frozensets(st.integers(1, 4094), max_size=20),
    st.frozensets(st.integers(1, 4094), min_size=1, max_size=20),
)
def test_allowed_vlans_follow_the_verb(now: frozenset[int], named: frozenset[int]) -> None:
    text = write_vlans(named)
    assert change_allowed(now, "add", text) == now | named
    assert change_allowed(now, "remove", text) == now - named
    assert named.isdisjoint(change_allowed(now, "except", text))


@pytest.mark.parametrize("text", ["0", "4095", "10,", "a", "10--12", "", "12-10"])
def test_what_is_no_vlan_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no VLAN list"):
        read_vlans(text)
