"""The checks after a push: what passes, and that nothing passes by not being known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from controller.runs.checks import Sight, run_checks
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
