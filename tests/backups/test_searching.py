"""What of a configuration can be searched, and where it stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.backups.literals import literal_in
from controller.backups.searching import (
    LONGEST,
    cut_line,
    hide_secrets,
    hiding_rules,
    places,
    searchable,
)

TEXT = """!
hostname kkn-a-sw01
username admin secret 9 $9$abc
interface GigabitEthernet1/0/1
 description uplink
 switchport mode access
interface GigabitEthernet1/0/2
 switchport mode access
snmp-server community sesame RO
banner motd ^Cห้ามเข้า^C
"""


def test_no_secret_is_searchable() -> None:
    """Neither what looks like one nor what the office names as one."""
    found = searchable("cisco_ios", TEXT, {"uplink_word": "uplink"})
    assert " ".join(found.lines).count("sesame") == 0
    assert "snmp-server community ⟦redacted⟧ RO" in found.lines
    assert "description ⟦secret:uplink_word⟧" in found.lines
    assert "banner motd ^Cห้ามเข้า^C" in found.lines
    assert "" not in found.lines
    assert found.rules == hiding_rules("cisco_ios", ["uplink_word"])


def test_rules_differ_by_platform_and_by_the_names_of_secrets() -> None:
    """Whatever hides something else has another digest; the order of names says nothing."""
    digests = {
        hiding_rules("cisco_ios", []),
        hiding_rules("arista_eos", []),
        hiding_rules("cisco_ios", ["a"]),
        hiding_rules("cisco_ios", ["a", "b"]),
    }
    assert len(digests) == 4
    assert hiding_rules("cisco_ios", ["b", "a"]) == hiding_rules("cisco_ios", ["a", "b"])


def test_a_platform_nobody_knows_the_secrets_of_is_not_searched() -> None:
    """Better nothing than a secret."""
    assert searchable("no_such", TEXT, {}).lines == frozenset()
    assert hiding_rules("no_such", []) == ""


def test_lines_fit_any_database() -> None:
    """No NUL, no byte that is no text, not too long."""
    assert cut_line("  a\0b\udcff\r") == "a\ufffdb\ufffd"
    assert cut_line("ห้าม\0") == "ห้าม\ufffd"
    assert len(cut_line("x" * 5000)) == LONGEST
    assert cut_line(" \t ") == ""


def test_places_name_the_sections_around() -> None:
    """Numbers count from 1; a line that stands more often is named some times."""
    shown = hide_secrets("cisco_ios", TEXT, {})
    found = places(shown, {"switchport mode access", "hostname kkn-a-sw01"})
    assert [(p.number, p.sections) for p in found["switchport mode access"]] == [
        (6, ("interface GigabitEthernet1/0/1",)),
        (8, ("interface GigabitEthernet1/0/2",)),
    ]
    assert found["hostname kkn-a-sw01"][0].sections == ()
    assert len(places("a\n" * 9, {"a"})["a"]) == 3
    nested = places("a\n b\n  c\n d\ne\n", {"c", "d", "e"})
    assert [nested[k][0].sections for k in "cde"] == [("a", "b"), ("a",), ()]


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("ip address", "ip address"),
        (r"ip address 10\.1\.\d+", "ip address 10.1."),
        ("vlan (10|20) name x", " name x"),
        ("vlan 10|vlan 20", ""),
        ("(?i)vlan", ""),
        ("(?:vlan)s", "s"),
        ("colou?r", "colo"),
        ("ab{2}cd", "cd"),
        ("ab+c", "ab"),
        ("[abc]def[]x]g", "def"),
        (r"\bvlan\b", "vlan"),
        ("^x$", "x"),
        ("École", "cole"),
        ("ห้ามเข้า", "ห้ามเข้า"),
        ("", ""),
    ],
)
def test_what_stands_in_all_it_finds(pattern: str, literal: str) -> None:
    """The longest piece that cannot be missing."""
    assert literal_in(pattern) == literal


@given(
    st.lists(
        st.sampled_from(
            ["a", "bc", ".", "x*", "y?", "z+", "[ab]", "[^c]", "(a|b)", "(?:cd)?", "|", "a{2}",
             "b{0,1}", r"\.", r"\d", r"\s", "^", "$", "(?=a)", "(?!b)", "(?P<n>a)", "(?P=n)",
             "[]a]", r"[\]]", "{"]
        ),
        max_size=6,
    ).map("".join),
    st.text("abcdxyz. 1]{", max_size=12),
)  # fmt: skip
def test_a_line_that_is_found_holds_the_literal(pattern: str, line: str) -> None:
    """Whatever the pattern: otherwise lines would be missed."""
    try:
        found = re.search(pattern, line)
    except re.error:
        return
    assert not found or literal_in(pattern) in line
