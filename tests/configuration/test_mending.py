"""Mending: it leads where it should, says nothing twice, and keeps the order a platform needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.configuration.lines import Lines, read_lines
from controller.configuration.mending import difference, mend, order_lines, write_commands
from controller.configuration.merging import future
from controller.platforms.manner import manner

IOS, EOS = manner("cisco_ios"), manner("arista_eos")


def ios(text: str) -> Lines:
    return read_lines(text, IOS.grammar)


def typed(running: str, wanted: str, *, literal: bool = False) -> list[str]:
    """What to type on IOS, one line after the other."""
    return write_commands(mend(ios(running), ios(wanted), IOS, literal=literal), IOS).splitlines()


NAME = st.sampled_from(["red", "green", "blue"])
INNER = st.one_of(
    NAME.map("description {}".format),
    st.integers(10, 12).map("switchport access vlan {}".format),
    NAME.map("service-policy input {}".format),
    st.sampled_from(["shutdown", "no cdp enable", "spanning-tree portfast"]),
)
SECTION = st.builds(
    lambda number, lines: (
        f"interface GigabitEthernet0/{number}\n "
        + "\n ".join({line.split()[0]: line for line in lines}.values())
    ),
    st.integers(1, 3),
    st.lists(INNER, min_size=1, max_size=4),
)
LINE = st.one_of(
    NAME.map("ntp server {}".format),
    NAME.map("logging host {}".format),
    NAME.map("ip domain name {}".format),
    st.sampled_from(["no ip http server", "ip ssh version 2", "no ip source-route"]),
    st.builds("vlan {}\n name {}".format, st.integers(10, 12), NAME),
    st.builds("ip access-list extended {}\n permit ip host {} any".format, NAME, NAME),
    SECTION,
)


def _once(lines: list[str]) -> str:
    """Each section and each setting at most once, as a device shows them."""
    kept: dict[str, str] = {}
    for line in lines:
        first = line.split("\n")[0]
        kept[IOS.grammar.single_key(first) or first] = line
    return "\n".join(kept.values()) + "\n"


CONFIGURATION = st.lists(LINE, max_size=8).map(_once)


@pytest.mark.parametrize("literal", [False, True])
@given(CONFIGURATION, CONFIGURATION)
def test_a_mended_configuration_is_the_wanted_one(literal: bool, running: str, wanted: str) -> None:
    if literal:
        # By the letter nobody knows what is shown once `no X` has been taken back.
        running, wanted = running.replace("no ", "my "), wanted.replace("no ", "my ")
    before, after = ios(running), ios(wanted)
    steps = mend(before, after, IOS, literal=literal)
    assert before == ios(running)
    reached = future(
        before, read_lines(write_commands(steps, IOS), IOS.grammar), IOS, literal=literal
    )
    assert mend(reached, after, IOS, literal=literal) == {}
    if not literal:
        assert reached == after


@given(CONFIGURATION)
def test_what_is_as_wanted_needs_nothing(text: str) -> None:
    for literal in (False, True):
        assert mend(ios(text), ios(text), IOS, literal=literal) == {}
        assert difference(ios(text), ios(text), IOS) == {}


def test_a_line_takes_the_place_of_another_without_leaving_it_empty() -> None:
    vty = "line vty 0 4\n transport input {}\n"
    assert typed(vty.format("telnet ssh"), vty.format("ssh")) == [
        "line vty 0 4", " transport input ssh", "exit",
    ]  # fmt: skip
    assert typed(vty.format("telnet ssh"), vty.format("ssh"), literal=True) == [
        "line vty 0 4", " no transport input telnet ssh", " transport input ssh", "exit",
    ]  # fmt: skip


def test_what_others_name_is_made_first_and_goes_last() -> None:
    running = (
        "vlan 30\ninterface GigabitEthernet0/1\n ip access-group OLD in\n"
        " switchport access vlan 30\nip access-list extended OLD\n permit ip any any\n"
    )
    wanted = (
        "vlan 40\ninterface GigabitEthernet0/1\n ip access-group NEW in\n"
        " switchport access vlan 40\nip access-list extended NEW\n permit ip any any\n"
    )
    lines = typed(running, wanted)
    tops = [line for line in lines if not line.startswith(" ") and line != "exit"]
    assert tops == [
        "vlan 40", "ip access-list extended NEW", "interface GigabitEthernet0/1",
        "no ip access-list extended OLD", "no vlan 30",
    ]  # fmt: skip


def test_a_port_is_put_back_and_never_removed() -> None:
    port = "interface GigabitEthernet0/9\n description old\n"
    assert typed(port, "") == ["default interface GigabitEthernet0/9"]
    assert typed("interface Vlan9\n description old\n", "") == ["no interface Vlan9"]


def test_a_list_whose_order_says_something_is_written_anew() -> None:
    head = "ip access-list extended A\n"
    before, after = " permit ip host a any\n deny ip any any\n", " deny ip host b any\n"
    lines = typed(head + before, head + " permit ip host a any\n" + after + " deny ip any any\n")
    assert lines == [
        "no ip access-list extended A", "ip access-list extended A", " permit ip host a any",
        " deny ip host b any", " deny ip any any", "exit",
    ]  # fmt: skip
    at_the_end = head + " permit ip host a any\n deny ip any any\n" + after
    assert typed(head + before, at_the_end)[1:2] == [" deny ip host b any"]


def test_no_secret_is_needed_to_take_a_line_away() -> None:
    running = "username old privilege 15 secret 9 ⟦redacted⟧\nenable secret 9 ⟦redacted⟧\n"
    assert typed(running, "") == ["no enable secret", "no username old"]


def test_what_only_one_may_say_is_not_taken_from_the_wrong_one() -> None:
    assert typed("no logging console\n", "logging console emergencies\n") == [
        "logging console emergencies"
    ]
    assert typed("interface Vlan1\n shutdown\n", "interface Vlan1\n no shutdown\n") == [
        "interface Vlan1", " no shutdown", "exit",
    ]  # fmt: skip
    assert typed("", "interface Vlan1\n no shutdown\n")[0] == "interface Vlan1"


def test_lines_of_several_hands_are_put_in_order() -> None:
    lines = ios("no username old\nline vty 0 4\n transport input ssh\n no exec\nvlan 30\n")
    assert write_commands(order_lines(lines, IOS), IOS).splitlines() == [
        "vlan 30", "line vty 0 4", " no exec", " transport input ssh", "exit", "no username old",
    ]  # fmt: skip


def test_running_stays_as_it_is() -> None:
    before = read_lines("interface Ethernet1\n   description a\n", EOS.grammar)
    change = read_lines("interface Ethernet1\n   no description\n", EOS.grammar)
    assert future(before, change, EOS) == {"interface Ethernet1": {}}
    assert before == {"interface Ethernet1": {"description a": {}}}
