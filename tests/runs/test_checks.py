"""The checks after a push: what passes, and that nothing passes by not being known."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from controller.health.comparing import Vitals, read_vitals
from controller.health.rules import rules_of
from controller.inventory.watching import Watching
from controller.runs.checks import Sight, Watch, run_checks
from controller.runs.errand import Errand

CANDIDATE = "interface Ethernet1\n   description x\nsnmp-server community ⟦secret:ro⟧ ro\n"
RUNNING = "interface Ethernet1\n   description x\n"


@dataclass
class Answering:
    """A device that says which interfaces are up and what still differs."""

    up: frozenset[str] = frozenset()
    difference: str = ""
    asked: list[str] = field(default_factory=list)

    def interfaces_up(self) -> frozenset[str]:
        return self.up

    def load(self, candidate: str, operation: str) -> str:
        self.asked.append(operation)
        return self.difference

    def discard(self) -> None:
        self.asked.append("discard")


def found(session: Answering, *checks: str, **fields: Any) -> list[tuple[str, bool]]:
    errand = Errand(
        device="sw", site="a", platform="arista_eos", operation="merge", before="b",
        candidate=fields.pop("candidate", CANDIDATE), diff="", goal=fields.pop("goal", None),
        rollback="commit-confirm", confirm_minutes=1, checks=checks,
    )  # fmt: skip
    usual: dict[str, Any] = {"running": RUNNING, "fingerprint": "f", "up": None, "sure": True}
    sight = Sight(errand=errand, session=session, **(usual | fields))  # type: ignore[arg-type]
    return [(check.check, check.passed) for check in run_checks(sight)]


def test_after_an_acknowledged_commit_a_quick_look_is_enough() -> None:
    session = Answering(difference="+something")
    assert found(session, "applied") == [("applied", True)]
    assert session.asked == []


def test_without_an_acknowledgement_the_device_is_asked() -> None:
    session = Answering(difference="+snmp-server community ⟦secret:ro⟧ ro")
    assert found(session, "applied", sure=False) == [("applied", False)]
    assert session.asked == ["merge", "discard"]
    assert found(Answering(), "applied", sure=False) == [("applied", True)]


def test_a_line_that_is_not_there_is_asked_about_too() -> None:
    assert found(Answering(difference="+x"), "applied", running="") == [("applied", False)]
    assert found(Answering(), "applied", running="") == [("applied", True)]


@pytest.mark.parametrize(
    ("before", "now", "candidate", "passed"),
    [
        ({"Ethernet1"}, {"Ethernet1", "Ethernet2"}, "", True),
        ({"Ethernet1"}, {"Ethernet2"}, "", False),
        ({"Ethernet1"}, set(), "interface Ethernet1\n   shutdown\n", True),
        (None, {"Ethernet1"}, "", False),
    ],
)
def test_interfaces_that_were_up_are_up(
    before: set[str] | None, now: set[str], candidate: str, passed: bool
) -> None:
    up = None if before is None else frozenset(before)
    session = Answering(up=frozenset(now))
    assert found(session, "interfaces_up", up=up, candidate=candidate) == [
        ("interfaces_up", passed)
    ]


def test_a_goal_must_be_met_exactly() -> None:
    assert found(Answering(), "reachable", goal="f") == [("reachable", True), ("exact", True)]
    assert found(Answering(), goal="other") == [("exact", False)]


def test_a_check_nobody_knows_does_not_pass() -> None:
    assert found(Answering(), "moon_phase") == [("moon_phase", False)]


RULES = rules_of(Watching())
WELL = Vitals(0.0, cpu=20.0, memory=40.0, up=("Gi0/1", "Gi0/2"), errors={"Gi0/1": 5})


def health(
    before: Vitals | None, after: Vitals | None, *, demanded: bool = False, candidate: str = ""
) -> tuple[bool, str]:
    """What the comparison over SNMP says."""
    watch = Watch(before, lambda: after, lambda: RULES, demanded=demanded)
    errand = Errand(
        device="sw", site="a", platform="cisco_ios", operation="merge", before="b",
        candidate=candidate, diff="", goal=None, rollback="commit-confirm", confirm_minutes=1,
        checks=("snmp_health",),
    )  # fmt: skip
    sight = Sight(errand, Answering(), "", "f", None, True, watch)  # type: ignore[arg-type]
    (checked,) = run_checks(sight)
    return checked.passed, checked.words.en


def test_health_over_snmp_is_no_worse_than_before() -> None:
    """The same, or a little busier; what was bad before is no fault of the change."""
    assert health(WELL, replace(WELL, at=60.0, cpu=85.0))[0]
    busy = replace(WELL, cpu=95.0)
    assert health(busy, replace(busy, at=60.0, cpu=99.0))[0]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cpu": 96.0}, "CPU 20 → 96 %"),
        ({"memory": 97.0}, "memory 40 → 97 %"),
        ({"up": ("Gi0/1",)}, "Gi0/2"),
        ({"errors": {"Gi0/1": 905}}, "15 errors a second"),
    ],
)
def test_health_that_is_worse_does_not_pass(changes: dict[str, Any], told: str) -> None:
    """CPU, memory, ports, errors, with the figures."""
    passed, words = health(WELL, replace(WELL, at=60.0, **changes))
    assert not passed
    assert told in words


def test_a_port_the_change_closes_may_go_down() -> None:
    """It was meant."""
    after = replace(WELL, at=60.0, up=("Gi0/1",))
    closing = "interface GigabitEthernet0/2\n shutdown\n"
    assert health(WELL, after, candidate=closing)[0]


def test_an_agent_that_fell_silent_does_not_pass_and_unknown_is_told() -> None:
    """Silent before is nothing to compare with: passed only where the platform does not demand."""
    assert not health(WELL, None)[0]
    passed, words = health(None, WELL)
    assert passed
    assert "nothing to compare" in words
    assert not health(None, WELL, demanded=True)[0]


def test_vitals_survive_being_written_down() -> None:
    """A run that is taken over compares with what was before the push."""
    assert read_vitals(json.loads(json.dumps(WELL.written()))) == WELL
