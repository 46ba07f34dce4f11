"""Configurations of every layout read as nested lines."""

from __future__ import annotations

import random
from importlib.resources import files

import pytest

from controller.configuration.lines import (
    DEEPEST,
    Lines,
    count_lines,
    line_numbers,
    paths,
    read_lines,
    write_lines,
)
from controller.configuration.texts import clean
from controller.platforms.grammars import grammar

IOS = """Building configuration...

Current configuration : 120 bytes
!
hostname SW
interface Gi0/1
 description up
 !
 switchport mode access
!
banner motd #
 Hello
! no comment
#
router bgp 1
 address-family ipv4
  network 10.0.0.0
 exit-address-family
end
"""


def test_indented_lines_stand_in_their_sections() -> None:
    """Comments, endings and what the device says before are left out; names are spelled out."""
    assert read_lines(IOS, grammar("cisco_ios")) == {
        "hostname SW": {},
        "interface GigabitEthernet0/1": {"description up": {}, "switchport mode access": {}},
        "banner motd ^C\n Hello\n! no comment\n^C": {},
        "router bgp 1": {"address-family ipv4": {"network 10.0.0.0": {}}},
    }


def test_lines_know_where_they_stand() -> None:
    """Counted in the text as it came, what is left out included."""
    numbers = line_numbers(IOS, grammar("cisco_ios"))
    assert numbers[("hostname SW",)] == 5
    assert numbers[("interface GigabitEthernet0/1", "switchport mode access")] == 9
    assert numbers[("banner motd ^C\n Hello\n! no comment\n^C",)] == 11
    assert numbers[("router bgp 1", "address-family ipv4", "network 10.0.0.0")] == 17
    assert set(numbers) == set(paths(read_lines(IOS, grammar("cisco_ios"))))
    assert line_numbers("a\nb\na\n", grammar("cisco_ios")) == {("a",): 1, ("b",): 2}


def test_what_the_device_says_before_is_cleaned_away() -> None:
    """The first line is the first one of the configuration."""
    assert clean(IOS, grammar("cisco_ios")).startswith("!\nhostname SW\n")
    assert clean("hostname SW\n", grammar("cisco_ios")) == "hostname SW"


def test_writing_gives_back_what_was_read() -> None:
    """With the margin of the platform."""
    text = "hostname SW\nvlan 10\n   name A\n"
    eos = grammar("arista_eos")
    assert write_lines(read_lines(text, eos), eos.indent) == text


BRACES = """## Last commit: 2026-01-01 by officer
version 18.2;
system {
    host-name "a; b {";
    name-server [ 10.0.0.1 10.0.0.2 ];
    services { ssh; }
    root-authentication {
        encrypted-password "x"; ## SECRET-DATA
    }
    inactive: ntp {
        server 10.0.0.9;
    }
    /* a note { */
    login {
    }
    message "one {
two;";
}
"""


def test_statements_in_braces_are_set_lines() -> None:
    """A value of a list each, what is inactive deactivated, an empty section by itself."""
    assert list(read_lines(BRACES, grammar("juniper_junos"))) == [
        "set version 18.2",
        'set system host-name "a; b {"',
        "set system name-server 10.0.0.1",
        "set system name-server 10.0.0.2",
        "set system services ssh",
        'set system root-authentication encrypted-password "x"',
        "set system ntp server 10.0.0.9",
        "deactivate system ntp",
        "set system login",
        'set system message "one {\ntwo;"',
    ]


def test_set_lines_read_as_they_are() -> None:
    """The two ways Junos shows a configuration give the same lines."""
    junos = grammar("juniper_junos")
    lines = read_lines(BRACES, junos)
    assert read_lines(write_lines(lines), junos) == lines


def test_the_outer_words_of_panos_are_left_out() -> None:
    """Its `set` lines do not name the device itself, and keep lists whole."""
    text = """config {
  devices {
    localhost.localdomain {
      deviceconfig { system { hostname fw; } }
      network { ike { encryption [ a b]; } }
    }
  }
}"""
    assert list(read_lines(text, grammar("paloalto_panos"))) == [
        "set deviceconfig system hostname fw",
        "set network ike encryption [ a b ]",
    ]


@pytest.mark.parametrize(
    "text",
    [
        '/ip firewall filter\nadd chain=input comment="a \\\n    b"\n/ip dns\nset servers=1.1\n',
        '/ip firewall filter add chain=input comment="a b"\n/ip dns set servers=1.1\n',
    ],
)  # fmt: skip
def test_menus_are_sections(text: str) -> None:
    """Whether the export is terse or not, and wrapped lines are whole."""
    assert read_lines(f"# by RouterOS\n{text}", grammar("mikrotik_routeros")) == {
        "/ip firewall filter": {'add chain=input comment="a b"': {}},
        "/ip dns": {"set servers=1.1": {}},
    }


def test_a_comment_ends_every_section_where_it_does() -> None:
    """Comware and VRP put a margin before global lines too."""
    text = "#\n sysname A\n#\nvlan 10\n name B\n#\n stp enable\n lldp enable\n#\nreturn\n"
    want: Lines = {"sysname A": {}, "vlan 10": {"name B": {}}, "stp enable": {}, "lldp enable": {}}
    assert read_lines(text, grammar("hp_comware")) == want
    assert read_lines(text, grammar("huawei_vrp")) == want


def test_sections_of_fortios_open_and_close() -> None:
    """A text in quotes may go on over lines."""
    text = 'config a\n    edit "x"\n        set b "1\nend\n2"\n    next\nend\nconfig c\nend\n'
    assert read_lines(text, grammar("fortinet_fortios")) == {
        "config a": {'edit "x"': {'set b "1\nend\n2"': {}}},
        "config c": {},
    }


def test_a_route_policy_is_one_text() -> None:
    """Its lines repeat and only make sense in order."""
    text = "route-policy A\n  if x then\n    drop\n  endif\nend-policy\nhostname B\n"
    assert list(read_lines(text, grammar("cisco_iosxr"))) == [
        text[: text.index("\nhost")],
        "hostname B",
    ]


def test_platforms_that_write_alike_share_a_grammar() -> None:
    """IOS XE is written as IOS; a platform nobody wrote a grammar for has none."""
    assert grammar("cisco_iosxe") is grammar("cisco_ios")
    with pytest.raises(KeyError):
        grammar("ricoh_printer")


def test_exit_ends_a_section_where_margins_mean_nothing() -> None:
    """As the EdgeSwitch shows it: an `exit` more than needed does no harm."""
    text = '!Current Configuration:\nvlan database\nvlan 10\nvlan name 10 "A"\nexit\n\nconfigure\n'
    text += "hostname SW\nline console\nexit\ninterface 0/1\nshutdown\nexit\nexit\nlldp\n"
    assert read_lines(text, grammar("ubiquiti_edgeswitch")) == {
        "vlan database": {"vlan 10": {}, 'vlan name 10 "A"': {}},
        "hostname SW": {},
        "line console": {},
        "interface 0/1": {"shutdown": {}},
        "lldp": {},
    }


def test_sections_do_not_nest_without_end() -> None:
    """What a broken device sends must not stop the audit of all others."""
    text = "".join(f"{' ' * n}line {n}\n" for n in range(2000))
    lines = read_lines(text, grammar("cisco_ios"))
    assert count_lines(lines) == 2000
    assert max(len(path) for path in paths(lines)) == DEEPEST + 1
    assert set(line_numbers(text, grammar("cisco_ios"))) == set(paths(lines))


def test_nothing_stops_the_reading() -> None:
    """Whatever pieces come in whatever order, on every platform."""
    pieces = ["interface ", "banner motd ^C", "!", "#", "^C", "\n", "\n ", "   ", "a", '"', "\\\n"]
    pieces += ["{", "}", ";", "[", "]", "/ip dns set ", "exit", "route-policy A", "/*", "*/", "ก"]
    chance = random.Random(5)
    folders = files("controller.platforms").iterdir()
    names = sorted(f.name for f in folders if (f / "grammar.yaml").is_file())
    assert len(names) > 30
    for name in names * 10:
        text = "".join(chance.choices(pieces, k=60))
        rules = grammar(name)
        numbers = line_numbers(text, rules)
        assert set(numbers) == set(paths(read_lines(text, rules))), (name, text)
        assert all(1 <= number <= text.count("\n") + 1 for number in numbers.values())
