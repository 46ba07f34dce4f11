"""Reading the office's rules, and trying them on a configuration nobody has yet."""

from __future__ import annotations

import pytest

from controller.errors import InputError, NotFound
from controller.operations.list_rules import list_rules
from controller.operations.show_rule import show_rule
from controller.operations.try_rules import try_rules
from tests.operations.office import Desk

TEXT = """\
hostname sw9
enable password hushhush
snmp-server community hushhush RW
ip ssh version 2
line vty 0 4
 transport input telnet ssh
"""


def test_rules_are_counted_for_whom_they_are(desk: Desk) -> None:
    """A school counts its own devices, and sees the waivers that touch them only."""
    every = {one.rule.id: one for one in list_rules(desk.context, desk.person("engineer1"))}
    assert len(every) > 50
    own = {one.rule.id: one for one in list_rules(desk.context, desk.person("school2"))}
    assert own.keys() == every.keys()
    assert 0 < own["no-telnet"].devices < every["no-telnet"].devices
    assert every["ssid-security"].devices == 0
    assert [w.id for w in every["replacement-age"].waivers] == ["old-switch-of-school-a"]
    assert own["replacement-age"].waivers == ()
    assert every["replacement-age"].file == "compliance/rules/equipment.yaml"


def test_one_rule_is_shown_in_its_own_words(desk: Desk) -> None:
    """Exactly the lines of its file, and of no other rule."""
    found = show_rule(desk.context, desk.person("auditor1"), "central-accounts")
    assert found.text.startswith("id: central-accounts\ntitle: ")
    assert "# Announced before it counts" in found.text
    assert "passwords-hashed" not in found.text
    with pytest.raises(NotFound) as caught:
        show_rule(desk.context, desk.person("auditor1"), "no-telnot")
    assert caught.value.hint is not None
    assert "no-telnet" in caught.value.hint.en


def test_a_configuration_is_tried(desk: Desk) -> None:
    """The worst first; no secret is shown; facts and records are not asked for."""
    engineer = desk.person("engineer1")
    found = {t.rule.id: t.finding for t in try_rules(desk.context, engineer, TEXT, "cisco_ios")}
    assert found["ssh-version-2"].verdict == "pass"
    assert found["passwords-hashed"].verdict == "fail"
    assert found["snmp-read-only"].verdict == "fail"
    assert "backup-fresh" not in found
    lines = [d.line for f in found.values() for d in f.details]
    assert "enable password ⟦redacted⟧" in lines
    assert "hushhush" not in "".join(lines)
    verdicts = [t.finding.verdict for t in try_rules(desk.context, engineer, TEXT, "cisco_ios")]
    assert verdicts == sorted(verdicts, key=["fail", "unknown", "waived", "pass"].index)


def test_as_if_it_were_a_device_s(desk: Desk) -> None:
    """With its variables; another school's device is not there."""
    text = TEXT.replace("sw9", "kkn-a-sw01")
    for username in ("engineer1", "school1"):
        found = try_rules(
            desk.context, desk.person(username), text, device="kkn-a-sw01", rules=["host-name"]
        )
        assert [t.finding.verdict for t in found] == ["pass"]
    with pytest.raises(NotFound):
        try_rules(desk.context, desk.person("school2"), text, device="kkn-a-sw01")


def test_what_cannot_be_tried(desk: Desk) -> None:
    """A platform nobody can read, a rule and a role there are not."""
    engineer = desk.person("engineer1")
    for platform in ("", "cisco_iso", "apc_aos", "../etc"):
        with pytest.raises(InputError):
            try_rules(desk.context, engineer, TEXT, platform)
    with pytest.raises(InputError):
        try_rules(desk.context, engineer, TEXT, "cisco_ios", role="toaster")
    with pytest.raises(NotFound):
        try_rules(desk.context, engineer, TEXT, "cisco_ios", rules=["no-such"])
