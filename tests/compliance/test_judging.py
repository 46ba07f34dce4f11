"""For whom a rule is, from when, until when the old one will do, and who is excused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from controller.compliance.judging import Judge
from controller.compliance.rulebook import RuleBook
from tests.compliance.office import NOW, evidence, judged, rule, waiver

TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
GOOD: dict[str, Any] = {"configuration": {"required": "a"}}
BAD: dict[str, Any] = {"configuration": {"required": "z"}}
UNKNOWN: dict[str, Any] = {"fact": {"fact": "x", "one_of": [1]}}
KNOWN = evidence("a\nb\n")


@pytest.mark.parametrize(
    ("rest", "verdict"),
    [
        ({"select": "role=access tag=lab"}, "fail"),
        ({"select": "role=core"}, "not_applicable"),
        ({"valid_from": TODAY}, "fail"),
        ({"valid_from": TOMORROW}, "not_applicable"),
        ({"grace_until": YESTERDAY}, "fail"),
        ({"grace_until": TODAY}, "pass"),
        ({"grace_until": TOMORROW, "formerly": [GOOD]}, "pass"),
        ({"grace_until": TOMORROW, "formerly": [BAD]}, "fail"),
        ({"grace_until": YESTERDAY, "formerly": [GOOD]}, "fail"),
    ],
)
def test_who_when_and_grace(rest: dict[str, Any], verdict: str) -> None:
    """The check fails; what becomes of it."""
    assert judged(rule(BAD, **rest), KNOWN).verdict == verdict


def test_a_failure_in_grace_is_announced() -> None:
    """With its reasons and the day it will count; a real pass says nothing."""
    finding = judged(rule(BAD, grace_until=TOMORROW), KNOWN)
    assert (finding.due, len(finding.details)) == (TOMORROW, 1)
    assert judged(rule(GOOD, grace_until=TOMORROW), KNOWN).due is None
    old_too = judged(rule(BAD, grace_until=TOMORROW, formerly=[BAD]), KNOWN)
    assert (old_too.verdict, old_too.due) == ("fail", TOMORROW)


def test_grace_makes_no_pass_of_what_nobody_knows() -> None:
    """Unless the old baseline is met."""
    assert judged(rule(UNKNOWN, grace_until=TOMORROW), KNOWN).verdict == "unknown"
    met = judged(rule(UNKNOWN, grace_until=TOMORROW, formerly=[GOOD]), KNOWN)
    assert met.verdict == "pass"


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ([GOOD, GOOD], "pass"),
        ([GOOD, BAD], "fail"),
        ([GOOD, UNKNOWN], "unknown"),
        ([BAD, UNKNOWN], "fail"),
        ([{"platform": ["arista_eos"]} | BAD, GOOD], "pass"),
        ([{"platform": ["arista_eos"]} | BAD], "not_applicable"),
    ],
)
def test_every_check_that_concerns_the_device_must_hold(checks: list[Any], verdict: str) -> None:
    """The worst counts; unknown is never a pass."""
    assert judged(rule(*checks), KNOWN).verdict == verdict


@pytest.mark.parametrize(
    ("until", "check", "told"),
    [
        (TODAY, BAD, ("waived", "w", "")),
        (YESTERDAY, BAD, ("fail", "", "w")),
        (TODAY, UNKNOWN, ("waived", "w", "")),
        (YESTERDAY, UNKNOWN, ("fail", "", "w")),
        (TODAY, GOOD, ("pass", "", "")),
        (YESTERDAY, GOOD, ("pass", "", "")),
    ],
)
def test_waivers(until: date, check: dict[str, Any], told: tuple[str, str, str]) -> None:
    """They hold to the end of their last day; after it the failure is loud."""
    finding = judged(rule(check), KNOWN, waiver(until))
    assert (finding.verdict, finding.waiver, finding.expired) == told


def test_waivers_are_for_whom_they_name() -> None:
    """Another device or rule is none of their business; of two the longer counts."""
    assert judged(rule(BAD), KNOWN, waiver(TOMORROW, select="role=core")).verdict == "fail"
    assert judged(rule(BAD), KNOWN, waiver(TOMORROW, rule="other")).expired == ""
    both = judged(rule(BAD), KNOWN, waiver(YESTERDAY, id="old"), waiver(TOMORROW, id="new"))
    assert (both.verdict, both.waiver) == ("waived", "new")


def test_one_finding_for_each_rule_in_order() -> None:
    """Also where nothing applies."""
    rules = tuple(rule(GOOD, id=name) for name in ("b", "a", "c"))
    findings = Judge(RuleBook(rules)).judge(KNOWN)
    assert [(f.rule, f.device) for f in findings] == [("b", "sw1"), ("a", "sw1"), ("c", "sw1")]
    assert Judge(RuleBook()).judge(KNOWN) == ()
