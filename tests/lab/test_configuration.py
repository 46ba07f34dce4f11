"""Typing into a configuration: modes, single values, negation, refusals, order."""

import pytest

from controller.lab.configuration.dialect import RefusedLineError
from controller.lab.configuration.differences import contextual, incremental
from controller.lab.configuration.rendering import render
from controller.lab.configuration.tree import Configuration
from controller.lab.devices.arista_eos import grammar as eos_grammar
from controller.lab.devices.cisco_ios import grammar as ios_grammar

IOS_PORTS = tuple(f"GigabitEthernet0/{n}" for n in range(1, 5))
EOS_PORTS = ("Ethernet1", "Ethernet2", "Management1")


def ios(text: str = "") -> Configuration:
    return Configuration.read(ios_grammar.DIALECT, IOS_PORTS, text)


def eos(text: str = "") -> Configuration:
    return Configuration.read(eos_grammar.DIALECT, EOS_PORTS, text)


def lines_of(configuration: Configuration, top: str) -> list[str]:
    return list(configuration.lines[top])


def test_a_global_line_after_a_section_leaves_the_section() -> None:
    configuration = ios("interface GigabitEthernet0/1\n description A\nip scp server enable\n")
    assert "ip scp server enable" in configuration.lines
    assert lines_of(configuration, "interface GigabitEthernet0/1") == ["description A"]


def test_a_negated_global_line_after_a_section_leaves_the_section() -> None:
    configuration = ios(
        "ip http server\ninterface GigabitEthernet0/1\n shutdown\nno ip http server"
    )
    assert "no ip http server" in configuration.lines
    assert "ip http server" not in configuration.lines


def test_after_a_refused_section_lines_go_where_one_was() -> None:
    configuration = ios()
    merged = configuration.merge(
        "interface GigabitEthernet0/1\n!\ninterface GigabitEthernet9/9\n description lost\n"
    )
    assert [refusal.line for refusal in merged.refusals] == ["interface GigabitEthernet9/9"]
    assert lines_of(configuration, "interface GigabitEthernet0/1") == ["description lost"]


def test_a_single_value_replaces_the_old_one() -> None:
    configuration = ios("hostname a\ninterface Gi0/1\n description one\n description two\n")
    configuration.merge("hostname b")
    assert "hostname a" not in configuration.lines
    assert lines_of(configuration, "interface GigabitEthernet0/1") == ["description two"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("no ip address", []),
        ("no ip address 10.0.0.1 255.0.0.0", []),
        ("default ip address", []),
        ("no ip addr", ["ip address 10.0.0.1 255.0.0.0"]),
    ],
)
def test_no_takes_lines_away_by_whole_words(typed: str, kept: list[str]) -> None:
    configuration = ios("interface Vlan10\n ip address 10.0.0.1 255.0.0.0\n")
    configuration.merge(f"interface Vlan10\n {typed}\n")
    assert lines_of(configuration, "interface Vlan10") == kept


def test_no_does_not_take_a_longer_number_away() -> None:
    configuration = ios("vlan 20\nvlan 200\nntp server 10.0.0.1\nntp server 10.0.0.11\n")
    configuration.merge("no vlan 20\nno ntp server 10.0.0.1\n")
    assert "vlan 200" in configuration.lines
    assert "ntp server 10.0.0.11" in configuration.lines
    assert "vlan 20" not in configuration.lines
    assert "ntp server 10.0.0.1" not in configuration.lines


def test_physical_interfaces_cannot_be_removed_but_defaulted() -> None:
    configuration = ios("interface Gi0/1\n shutdown\ninterface Vlan10\n shutdown\n")
    with pytest.raises(RefusedLineError):
        configuration.type((), "no interface GigabitEthernet0/1")
    configuration.merge("no interface Vlan10\ndefault interface Gi0/1")
    assert "interface Vlan10" not in configuration.lines
    assert lines_of(configuration, "interface GigabitEthernet0/1") == []


def test_a_range_types_into_every_interface() -> None:
    configuration = ios("interface range gi0/1-2,Gi0/4\n shutdown\n")
    down = [top for top, inner in configuration.lines.items() if "shutdown" in inner]
    assert down == [f"interface GigabitEthernet0/{n}" for n in (1, 2, 4)]
    spread = eos("interface Ethernet1-2\n shutdown\n")
    assert "shutdown" in spread.lines["interface Ethernet1"]
    assert "shutdown" in spread.lines["interface Ethernet2"]


def test_allowed_vlans_are_added_and_removed() -> None:
    configuration = ios("interface Gi0/1\n switchport trunk allowed vlan 10,20\n")
    top = "interface GigabitEthernet0/1"
    configuration.merge(f"{top}\n switchport trunk allowed vlan add 11-12\n")
    assert lines_of(configuration, top) == ["switchport trunk allowed vlan 10-12,20"]
    configuration.merge(f"{top}\n switchport trunk allowed vlan remove 10,20\n")
    assert lines_of(configuration, top) == ["switchport trunk allowed vlan 11,12"]
    configuration.merge(f"{top}\n switchport trunk allowed vlan all\n")
    assert lines_of(configuration, top) == []


@pytest.mark.parametrize(
    ("section", "line", "position"),
    [
        ("", "flurb", 0),
        ("", "no flurb x", 3),
        ("", "vlan 4095", 5),
        ("", "vlan 0", 5),
        ("", "interface Serial0/1", 10),
        ("", "hostname 9x", 9),
        ("", "ip flurb", 3),
        ("interface GigabitEthernet0/1", "switchport access vlan 5000", 11),
        ("interface GigabitEthernet0/1", "name x", 0),
        ("vlan 10", "name two words", 5),
    ],
)
def test_what_is_not_understood_is_refused_where_it_is_wrong(
    section: str, line: str, position: int
) -> None:
    configuration = ios()
    place = configuration.type((), section).section
    before = render(configuration)
    with pytest.raises(RefusedLineError) as caught:
        configuration.type(place, line)
    assert caught.value.position == position
    assert not caught.value.incomplete
    assert render(configuration) == before


def test_a_line_that_lacks_words_is_incomplete() -> None:
    with pytest.raises(RefusedLineError) as caught:
        ios().type((), "hostname")
    assert caught.value.incomplete


def test_what_is_so_anyway_is_not_shown() -> None:
    assert (
        lines_of(
            ios("interface Gi0/1\n no shutdown\n cdp enable\n"), "interface GigabitEthernet0/1"
        )
        == []
    )
    assert "no service pad" in render(ios("no service pad"))
    assert "service pad" not in render(ios("no service pad\nservice pad"))
    switch = eos("interface Ethernet1\n   switchport mode trunk\n   switchport mode access\n")
    assert lines_of(switch, "interface Ethernet1") == []
    api = eos("management api http-commands\n   no shutdown\n")
    assert lines_of(api, "management api http-commands") == ["no shutdown"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("snmp-server community lab ro", "snmp-server community lab RO"),
        ("ip domain name school.example", "ip domain-name school.example"),
        ("logging 192.0.2.9", "logging host 192.0.2.9"),
        ("int vlan 10", "interface Vlan10"),
        ("  ntp   server 192.0.2.9 ", "ntp server 192.0.2.9"),
        ("banner motd #Staff only#", "banner motd ^C\nStaff only\n^C"),
        ("banner motd ^CStaff only^C", "banner motd ^C\nStaff only\n^C"),
    ],
)
def test_ios_shows_lines_in_its_own_spelling(typed: str, shown: str) -> None:
    assert shown in ios(typed).lines


def test_eos_shows_lines_in_its_own_spelling() -> None:
    assert "snmp-server community lab ro" in eos("snmp-server community lab RO").lines
    assert "banner motd\nStaff\nonly\nEOF" in eos("banner motd\nStaff\nonly\nEOF\nhostname x").lines
    assert "interface Management1" in eos("interface ma1").lines


@pytest.mark.parametrize(
    "line", ["enable secret lettuce", "username a privilege 15 secret lettuce"]
)
def test_plain_secrets_are_kept_as_hashes(line: str) -> None:
    for configuration in (ios(line), eos(line)):
        assert "lettuce" not in render(configuration)
        again = Configuration.read(
            configuration.dialect, configuration.ports, render(configuration)
        )
        assert render(again) == render(configuration)


def test_the_order_of_typing_does_not_show() -> None:
    one = ios("vlan 20\nvlan 3\nhostname a\ninterface Gi0/2\n shutdown\n description x\n")
    two = ios("interface Gi0/2\n description x\n shutdown\nhostname a\nvlan 3\nvlan 20\n")
    assert render(one) == render(two)
    assert render(one).index("vlan 3\n") < render(one).index("vlan 20\n")
    assert "interface GigabitEthernet0/2\n description x\n shutdown\n" in render(one)


def test_the_order_of_an_access_list_does_show() -> None:
    text = "ip access-list standard NET\n permit 10.0.0.0 0.0.0.255\n deny any\n"
    reverse = "ip access-list standard NET\n deny any\n permit 10.0.0.0 0.0.0.255\n"
    assert render(ios(text)) != render(ios(reverse))
    assert contextual(ios(text), ios(reverse))


def test_the_contextual_difference_names_the_section() -> None:
    before = ios("vlan 10\n name A\nvlan 11\n name GONE\nhostname a\n")
    after = ios("vlan 10\n name B\nvlan 12\n name NEW\nhostname a\nbanner motd #x#\n")
    assert contextual(before, after) == [
        "vlan 10",
        " -name A",
        " +name B",
        "-vlan 11",
        " -name GONE",
        "+vlan 12",
        " +name NEW",
        "+banner motd ^C",
        "+x",
        "+^C",
    ]
    assert contextual(before, before) == []


def test_the_incremental_difference_lists_what_would_change() -> None:
    configuration = ios("vlan 10\n name A\nntp server 192.0.2.1\n")
    merged = configuration.merge(
        "vlan 10\n name A\n!\nvlan 11\n name B\nno ntp server 192.0.2.1\nno ntp server 192.0.2.2\n"
        "interface range Gi0/1-2\n shutdown\nend\nhostname late\n"
    )
    assert incremental(merged) == [
        "vlan 11",
        " name B",
        "no ntp server 192.0.2.1",
        "interface range GigabitEthernet0/1,GigabitEthernet0/2",
        " shutdown",
    ]
