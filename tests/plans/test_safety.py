"""Each safety function, with what it must refuse and what it must let pass."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from controller.plans.plan import ACCEPTABLE, Reason
from controller.plans.safety import (
    SAFETY,
    changes_logins,
    cuts_management,
    diff_unknown,
    in_maintenance,
    incomplete_replace,
    management_unknown,
    no_rollback,
    plain_secret,
    reasons_against,
    removes_much,
    runs_commands,
    unsupported,
)
from controller.platforms.registry import PLATFORMS, platform
from tests.plans.example import IOS, subject

CUTS = yaml.safe_load((Path(__file__).parent / "cuts.yaml").read_text(encoding="utf-8"))
ROWS = [
    pytest.param(name, row, id=f"{name}-{row['diff'][:60]!r}")
    for name in CUTS
    for row in CUTS[name]
]
HARMLESS = "+hostname new"


def test_every_platform_has_cases() -> None:
    assert set(CUTS) == set(PLATFORMS)
    for table in CUTS.values():
        assert {row["cuts"] for row in table} == {True, False}


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_cuts_management(name: str, row: dict[str, Any]) -> None:
    reason = cuts_management(subject(name, row["diff"], operation=row.get("operation", "merge")))
    assert (reason is not None) == row["cuts"]
    if reason is not None:
        assert reason.check == "cuts_management"
        assert reason.th
        assert reason.th != reason.en


def test_the_reason_names_the_lines() -> None:
    reason = cuts_management(subject("cisco_ios", "+interface GigabitEthernet0/24\n+ shutdown"))
    assert reason is not None
    assert "interface GigabitEthernet0/24: shutdown" in reason.en


@pytest.mark.parametrize(("vlans", "cuts"), [("remove 20", False), ("remove 99", True)])
def test_a_trunk_without_a_list_carries_every_vlan(vlans: str, *, cuts: bool) -> None:
    running = IOS.replace(" switchport trunk allowed vlan 10,20,99\n", "")
    diff = f"+interface GigabitEthernet0/24\n+ switchport trunk allowed vlan {vlans}"
    assert (cuts_management(subject("cisco_ios", diff, running=running)) is not None) == cuts


def test_management_interface_is_also_found_by_its_address() -> None:
    """The inventory may name the wrong interface, or none: the address on the device tells."""
    diff = "+interface Vlan99\n+ shutdown"
    for declared in (None, "Vlan1"):
        found = subject("cisco_ios", diff, management_interface=declared)
        assert cuts_management(found) is not None
    eos = subject("arista_eos", " interface Vlan99\n+   shutdown", management_interface=None)
    assert cuts_management(eos) is not None


@pytest.mark.parametrize(
    ("diff", "more", "refused"),
    [
        (
            "+interface Vlan5\n+ shutdown",
            {"management_interface": None, "address": "10.9.9.9"},
            True,
        ),
        ("-no vlan 5", {"management_interface": None, "address": "10.9.9.9"}, True),
        ("+interface GigabitEthernet0/3\n+ shutdown", {"uplink": None}, True),
        ("+interface Gi0/3\n+ switchport trunk allowed vlan 10", {"uplink": None}, True),
        ("+interface Gi0/3\n+ switchport trunk allowed vlan 10,99", {"uplink": None}, False),
        ("+interface Gi0/3\n+ description A", {"uplink": None}, False),
        (HARMLESS, {"uplink": None, "management_interface": None, "address": "10.9.9.9"}, False),
        ("+interface Vlan5\n+ shutdown", {}, False),
        ("+interface GigabitEthernet0/3\n+ shutdown", {}, False),
    ],
)
def test_management_unknown(diff: str, more: dict[str, Any], *, refused: bool) -> None:
    found = subject("cisco_ios", diff, **more)
    reason = management_unknown(found)
    assert (reason is not None) == refused
    assert reason is None or reason.check == "management_unknown"
    assert cuts_management(found) is None


@pytest.mark.parametrize(
    ("name", "diff", "unknown"),
    [
        ("cisco_ios", HARMLESS, False),
        ("cisco_ios", None, True),
        ("cisco_ios", "", True),
        ("cisco_ios", "% Invalid input", True),
        ("cisco_ios", "+ shutdown", True),
        ("arista_eos", "+hostname a", False),
        ("arista_eos", "@@ -1 +1 @@\n+   shutdown", True),
    ],
)
def test_diff_unknown(name: str, diff: str | None, *, unknown: bool) -> None:
    assert (diff_unknown(subject(name, diff)) is not None) == unknown


@pytest.mark.parametrize(
    ("name", "diff", "refused"),
    [
        ("cisco_ios", "+aaa authentication login default local", True),
        ("cisco_ios", "+line vty 0 4\n+ authorization exec one", True),
        ("cisco_ios", "+line vty 0 4\n+ password 7 ⟦redacted⟧", True),
        ("cisco_ios", "+username admin secret 0 ⟦secret:x⟧", True),
        ("cisco_ios", "-no tacacs-server host 10.0.0.8", True),
        ("cisco_ios", "+line vty 0 4\n+ login", True),
        ("cisco_ios", "+line vty 0 4\n+ exec-timeout 5 0", False),
        ("cisco_ios", "+username student secret 0 ⟦secret:x⟧", False),
        ("cisco_ios", HARMLESS, False),
        ("arista_eos", "+aaa authorization exec default local", True),
        ("arista_eos", " management ssh\n+   shutdown", True),
        ("arista_eos", " management ssh\n+   authentication mode keyboard-interactive", True),
        ("arista_eos", " management ssh\n+   ip access-group LOCK in", True),
        ("arista_eos", "-management ssh", True),
        ("arista_eos", "+username admin secret 0 ⟦secret:x⟧", True),
        ("arista_eos", "+radius-server host 10.0.0.8", True),
        ("arista_eos", "+management ssh\n+   idle-timeout 15", False),
    ],
)
def test_changes_logins(name: str, diff: str, *, refused: bool) -> None:
    assert (changes_logins(subject(name, diff)) is not None) == refused


@pytest.mark.parametrize(
    ("name", "candidate", "refused"),
    [
        ("cisco_ios", "do reload in 5\n", True),
        ("cisco_ios", "interface Vlan10\n do write erase\n", True),
        ("cisco_ios", "reload\n", True),
        ("cisco_ios", "write\n", True),
        ("cisco_ios", "archive\n path flash:a\n write-memory\n", False),
        ("cisco_ios", "banner motd #\nreload\n#\n", False),
        ("cisco_ios", "interface Vlan10\n description do not touch\n", False),
        ("arista_eos", "bash sudo reboot\n", True),
        ("arista_eos", "commit\n", True),
        ("arista_eos", "hostname a\n", False),
    ],
)
def test_runs_commands(name: str, candidate: str, *, refused: bool) -> None:
    assert (runs_commands(subject(name, HARMLESS, candidate=candidate)) is not None) == refused


def test_runs_commands_tells_no_secret() -> None:
    candidate = "do copy ftp://backup:S3cret@10.0.0.9/a running-config\n"
    reason = runs_commands(subject("cisco_ios", HARMLESS, candidate=candidate))
    assert reason is not None
    assert "S3cret" not in reason.en + reason.th


# The example configuration of cisco_ios has 25 lines, that of arista_eos 18.
@pytest.mark.parametrize(
    ("name", "operation", "diff", "percent", "refused"),
    [
        ("cisco_ios", "merge", HARMLESS, 0, False),
        ("cisco_ios", "merge", "-no interface GigabitEthernet0/1", 15, True),
        ("cisco_ios", "merge", "-no interface GigabitEthernet0/1", 16, False),
        ("cisco_ios", "merge", "-no vlan 55", 0, False),
        (
            "cisco_ios",
            "merge",
            "+interface GigabitEthernet0/1\n- no description\n+ mtu 9000",
            3,
            True,
        ),
        (
            "cisco_ios",
            "merge",
            "+interface GigabitEthernet0/1\n- no description\n+ mtu 9000",
            4,
            False,
        ),
        ("cisco_ios", "merge", "+interface GigabitEthernet0/1\n+ description New", 0, False),
        ("cisco_ios", "replace", "-hostname kkn-a-sw01\n+hostname new", 0, False),
        ("cisco_ios", "replace", "-vlan 10\n -name STAFF", 7, True),
        ("cisco_ios", "replace", "-vlan 10\n -name STAFF", 8, False),
        ("arista_eos", "merge", "-vlan 10\n-   name STAFF", 11, True),
        ("arista_eos", "merge", "-vlan 10\n-   name STAFF", 12, False),
    ],
)
def test_removes_much(name: str, operation: Any, diff: str, percent: int, *, refused: bool) -> None:
    found = subject(name, diff, operation=operation, remove_percent=percent)
    assert (removes_much(found) is not None) == refused


def test_in_maintenance() -> None:
    assert in_maintenance(subject("cisco_ios", HARMLESS)) is None
    reason = in_maintenance(subject("cisco_ios", HARMLESS, maintenance="รอเปลี่ยนพัดลม"))
    assert reason is not None
    assert "รอเปลี่ยนพัดลม" in reason.th


def test_no_rollback() -> None:
    assert no_rollback(subject("cisco_ios", HARMLESS)) is None
    without = subject(
        "cisco_ios", HARMLESS, running=IOS.replace("archive\n", "").replace(" path", "!")
    )
    reason = no_rollback(without)
    assert reason is not None
    assert "archive / path" in reason.en
    never = replace(platform("arista_eos"), rollback="none")
    assert no_rollback(replace(subject("arista_eos", HARMLESS), platform=never)) is not None
    assert no_rollback(subject("arista_eos", HARMLESS)) is None


@pytest.mark.parametrize("capability", ["merge", "compare", "confirm-new-connection", "save"])
@pytest.mark.parametrize("state", ["todo", "exempt", None])
def test_unsupported(capability: str, state: Any) -> None:
    whole = subject("cisco_ios", HARMLESS)
    assert unsupported(whole) is None
    capabilities = dict(whole.platform.capabilities)
    if state is None:
        del capabilities[capability]
    else:
        capabilities[capability] = (state, "why")
    lacking = replace(whole.platform, capabilities=capabilities)
    reason = unsupported(replace(whole, platform=lacking))
    assert reason is not None
    assert capability in reason.en


def test_what_the_operation_does_not_need_may_be_lacking() -> None:
    whole = subject("cisco_ios", HARMLESS)
    lacking = replace(
        whole.platform, capabilities=whole.platform.capabilities | {"replace": ("todo", "why")}
    )
    assert unsupported(replace(whole, platform=lacking)) is None


@pytest.mark.parametrize(
    ("candidate", "refused"),
    [
        ("snmp-server community ⟦secret:snmp_ro⟧ RO\n", False),
        ("no snmp-server community public\n", False),
        ("hostname a\n", False),
        ("snmp-server community S3cret RO\n", True),
        ("username admin secret 9 $9$hash\n", True),
        ("no snmp-server community S3cret\n", True),
        ("snmp-server community ⟦secret:a⟧b RO\n", True),
    ],
)
def test_plain_secret(candidate: str, *, refused: bool) -> None:
    reason = plain_secret(subject("cisco_ios", HARMLESS, candidate=candidate))
    assert (reason is not None) == refused
    assert reason is None or "S3cret" not in reason.en + reason.th


def test_incomplete_replace() -> None:
    def check(candidate: str, **more: Any) -> Reason | None:
        found = subject("cisco_ios", HARMLESS, candidate=candidate, operation="replace", **more)
        return incomplete_replace(found)

    assert check(IOS) is None
    assert check(IOS.replace("interface Vlan99", "interface vlan 99")) is None
    assert incomplete_replace(subject("cisco_ios", HARMLESS, candidate="hostname a\n")) is None
    for gone in ("hostname kkn-a-sw01\n", "username admin", "interface Vlan99", "line vty"):
        reason = check(IOS.replace(gone, "! "))
        assert reason is not None, gone
    assert check(IOS, running="hostname a\n", management_interface=None) is not None


def test_all_checks_are_asked_and_named_alike() -> None:
    names = [check.__name__ for check in SAFETY]
    assert len(names) == len(set(names))
    assert set(names) > ACCEPTABLE
    for never in (
        "cuts_management",
        "diff_unknown",
        "plain_secret",
        "no_rollback",
        "in_maintenance",
    ):
        assert never in names
        assert never not in ACCEPTABLE


def test_reasons_against_collects_in_the_order_of_the_checks() -> None:
    bad = subject(
        "cisco_ios",
        "+interface Vlan99\n+ shutdown\n+aaa new-model",
        candidate="do reload\nsnmp-server community S3cret RO\n",
        maintenance="x",
    )
    reasons = reasons_against(bad)
    assert [r.check for r in reasons] == [
        "cuts_management",
        "changes_logins",
        "runs_commands",
        "in_maintenance",
        "plain_secret",
    ]
    assert all(r.th and r.en and r.th != r.en for r in reasons)
    assert reasons_against(subject("cisco_ios", HARMLESS)) == ()
