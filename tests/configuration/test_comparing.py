"""Two configurations beside each other, and sections cut out of one."""

from __future__ import annotations

import random
import re

from controller.configuration.comparing import compare, lacking
from controller.configuration.lines import Lines, read_lines
from controller.configuration.sections import beginning, unclaimed, within
from controller.platforms.grammars import grammar

IOS = grammar("cisco_ios")
WANTED = read_lines("hostname A\ninterface Vlan1\n mtu 1400\n no shutdown\nntp server 1\n", IOS)
ACTUAL = read_lines("ntp server 1\nhostname A\ninterface Vlan1\n mtu 1500\n no shutdown\n", IOS)


def _plain(lines: list[str]) -> Lines:
    return {line: {} for line in lines}


def test_what_lacks_stands_in_its_section() -> None:
    """Lines that both have are not told, a section that one lacks is told whole."""
    found = compare(WANTED, ACTUAL)
    assert found.missing == {"interface Vlan1": {"mtu 1400": {}}}
    assert found.extra == {"interface Vlan1": {"mtu 1500": {}}}
    assert not found.same
    assert lacking(WANTED, {}) == WANTED


def test_the_fewest_lines_are_moved() -> None:
    """One line in the wrong place makes one fault, not one for every line it passed."""
    assert compare(WANTED, ACTUAL).moved == (("ntp server 1",),)
    rows = _plain([f"permit {n}" for n in range(9)])
    assert compare({"acl": dict(rows)}, {"acl": dict(reversed(rows.items()))}).same
    assert len(compare(dict(rows), dict(reversed(rows.items()))).moved) == 8


def test_order_is_told_apart_from_content() -> None:
    """The same lines in another order are the same, and not in order."""
    a: Lines = {"x": {}, "s": {"1": {}, "2": {}}}
    b: Lines = {"x": {}, "s": {"2": {}, "1": {}}}
    found = compare(a, b)
    assert (found.same, found.in_order, len(found.moved)) == (True, False, 1)
    assert compare(a, dict(a)).in_order


def test_moving_what_is_told_makes_the_order_right() -> None:
    """Whatever the order was."""
    chance = random.Random(7)
    for _ in range(50):
        wanted = [str(n) for n in range(12)]
        actual = chance.sample(wanted, len(wanted))
        moved = {path[0] for path in compare(_plain(wanted), _plain(actual)).moved}
        kept = [line for line in actual if line not in moved]
        assert kept == [line for line in wanted if line not in moved]


def test_sections_are_cut_out() -> None:
    """By how their lines begin, or by patterns of nested sections."""
    assert beginning(WANTED, ["ntp ", "hostname"]) == {"hostname A": {}, "ntp server 1": {}}
    assert list(unclaimed(WANTED, ["ntp ", "hostname"])) == ["interface Vlan1"]
    bgp: Lines = {"router bgp 1": {"address-family ipv4": {"network 1": {}}, "x": {}}}
    patterns = [re.compile("router bgp .*"), re.compile("address-family .*")]
    assert list(within(bgp, patterns)) == [
        (("router bgp 1", "address-family ipv4"), {"network 1": {}})
    ]
    assert list(within(bgp, [])) == [((), bgp)]
