"""What mends a device's findings: the very lines, in order, and nothing that is guessed."""

from __future__ import annotations

from typing import Any

from controller.compliance.judging import Judge
from controller.compliance.remedy import Remedy, remedy
from controller.compliance.rule import Rule
from controller.compliance.rulebook import RuleBook
from controller.platforms.manner import manner
from tests.compliance.office import evidence, rule

IOS = manner("cisco_ios")
VTY = "line vty 0 4\n exec-timeout 60 0\n transport input telnet ssh\n"


def named(name: str, **check: Any) -> Rule:
    """A rule about configuration."""
    return rule({"configuration": check}, id=name)


def mended(text: str, *rules: Rule) -> Remedy:
    """What mends an IOS device that runs `text`."""
    book, known = RuleBook(rules), evidence(text)
    return remedy(Judge(book).judge(known), book, known, IOS)


def test_missing_lines_come_and_forbidden_ones_go_in_order() -> None:
    found = mended(
        f"ip http server\nusername old password 0 x\n{VTY}",
        named("ssh", within=["line vty .*"], required="transport input ssh"),
        named("old", forbidden=["username old .*"]),
        named("web", required="no ip http server"),
        named("ntp", required="ntp server {{ ntp_servers[0] }}"),
    )
    assert found.text.splitlines() == [
        "no ip http server", "line vty 0 4", " transport input ssh", "exit",
        "ntp server 10.0.0.5", "no username old",
    ]  # fmt: skip
    assert found.rules == ("ssh", "old", "web", "ntp")
    assert found.left == ()


def test_a_line_that_takes_the_place_of_a_forbidden_one_needs_no_removal() -> None:
    within = ["line vty .*"]
    telnet = named("telnet", within=within, forbidden=["transport input .*telnet.*"],
                   mend="transport input ssh")  # fmt: skip
    found = mended(VTY, telnet)
    assert found.text.splitlines() == ["line vty 0 4", " transport input ssh", "exit"]
    assert found.rules == ("telnet",)


def test_what_nobody_can_work_out_is_left_and_named() -> None:
    pattern = named("idle", within=["line vty .*"], patterns=["exec-timeout [1-9] 0"])
    found = mended(VTY, pattern)
    assert (found.text, found.rules) == ("", ())
    assert [gap.rule for gap in found.left] == ["idle"]
    told = pattern.model_copy(
        update={"checks": (named("x", within=["line vty .*"], patterns=["exec-timeout [1-9] 0"],
                                 mend="exec-timeout 5 0").checks[0],)}
    )  # fmt: skip
    found = mended(VTY, told)
    assert found.text.splitlines() == ["line vty 0 4", " exec-timeout 5 0", "exit"]
    assert (found.rules, found.left) == (("idle",), ())


def test_a_hidden_secret_is_never_typed() -> None:
    unwanted = named("open", forbidden=["snmp-server community .*"])
    found = mended("snmp-server community ⟦redacted⟧ RO\n", unwanted)
    assert found.text == ""
    assert [gap.rule for gap in found.left] == ["open"]
    public = mended("snmp-server community public RO\n", unwanted)
    assert public.text == "no snmp-server community public RO\n"


def test_a_secret_is_typed_as_a_reference() -> None:
    wanted = named("ro", required='snmp-server community {{ secret("snmp_ro") }} RO')
    found = mended("hostname a\n", wanted)
    assert found.text == "snmp-server community ⟦secret:snmp_ro⟧ RO\n"
    assert found.rules == ("ro",)


def test_a_section_that_is_missing_is_made_whole() -> None:
    banner = named("archive", within=["archive"], must_exist=True, required="path flash:backup")
    assert mended("hostname a\n", banner).text == "archive\n path flash:backup\nexit\n"


def test_lines_that_would_not_be_enough_are_told() -> None:
    both = named("both", required="ip ssh version 2", forbidden=["ip ssh version 2"])
    found = mended("hostname a\n", both)
    assert found.rules == ()
    assert [gap.rule for gap in found.left] == ["both"]


def test_waived_and_passing_rules_and_other_kinds_are_let_be() -> None:
    fine = named("fine", required="hostname a")
    other = rule({"hardware": {"ports_at_least": 99}}, id="ports")
    assert mended("hostname a\n", fine, other) == Remedy("sw1", "")
