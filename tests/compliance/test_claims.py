"""What the rules speak of in a configuration, and what nobody claims."""

from __future__ import annotations

from typing import Any

import pytest

from controller.compliance.claims import claims
from controller.compliance.rule import Rule
from tests.compliance.office import SWITCH, evidence, rule

TEXT = """\
hostname sw1
ntp server 10.0.0.5
ntp server 10.9.9.9
interface GigabitEthernet0/1
 description up
 switchport mode access
interface GigabitEthernet0/2
 switchport mode trunk
router ospf 1
 network 10.0.0.0
line vty 0 4
 transport input ssh
 exec-timeout 5 0
"""


def _left(*checks: dict[str, Any], **rest: Any) -> dict[str, Any]:
    found = claims([rule(*({"configuration": check} for check in checks), **rest)], evidence(TEXT))
    assert found is not None
    return found.unclaimed


def test_without_rules_nothing_is_claimed() -> None:
    """Every line is left, in its section."""
    found = claims([], evidence(TEXT))
    assert found is not None
    assert (found.lines, found.claimed) == (13, 0)
    assert found.unclaimed["line vty 0 4"] == {"transport input ssh": {}, "exec-timeout 5 0": {}}


def test_lines_are_claimed_by_patterns_and_by_what_is_wanted() -> None:
    """Also a line in whose place another is wanted; the rest of a section stays."""
    left = _left(
        {"patterns": ["hostname .*"]},
        {"required": "ntp server {{ ntp_servers[0] }}"},
        {"within": ["line vty .*"], "required": "exec-timeout 15 0"},
    )
    assert "hostname sw1" not in left
    assert "ntp server 10.0.0.5" not in left
    assert "ntp server 10.9.9.9" in left
    assert left["line vty 0 4"] == {"transport input ssh": {}}


def test_only_sections_that_are_meant_are_claimed() -> None:
    """A section all of whose lines are spoken of is gone, one that is not meant stays whole."""
    left = _left(
        {"within": ["interface .*"], "where": ["switchport mode access"], "forbidden": ["desc.*"]}
    )
    assert "interface GigabitEthernet0/1" not in left
    assert left["interface GigabitEthernet0/2"] == {"switchport mode trunk": {}}


def test_a_golden_section_is_claimed_whole() -> None:
    """Whatever else stands in it would be one line too many."""
    assert "router ospf 1" not in _left({"required": "router ospf 1", "golden": ["router ospf 1"]})


@pytest.mark.parametrize("rest", [{"select": "role=core"}, {"select": "name=other"}])
def test_rules_for_others_claim_nothing(rest: dict[str, str]) -> None:
    """Nor does a check for another platform, or one that lacks a variable."""
    assert "hostname sw1" in _left({"patterns": ["hostname .*"]}, **rest)
    other = Rule.model_validate(
        rule({"platform": ["arista_eos"], "configuration": {"patterns": ["host.*"]}}).model_dump()
    )
    found = claims([other], evidence(TEXT))
    assert found is not None
    assert found.claimed == 0
    assert "hostname sw1" in _left({"required": "hostname {{ nobody_knows }}"})


def test_what_cannot_be_read_has_no_answer() -> None:
    """No configuration, or no grammar."""
    assert claims([], evidence(None)) is None
    strange = SWITCH.model_copy(update={"platform": "no_such_platform"})
    assert claims([], evidence("x", strange)) is None
