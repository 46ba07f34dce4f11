"""What one check says, and what several say together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from controller.compliance.finding import Detail, Verdict
from controller.errors import Text

_WORST_FIRST: tuple[Verdict, ...] = ("fail", "unknown", "pass", "not_applicable")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, and what it rests on."""

    verdict: Verdict
    details: tuple[Detail, ...] = ()


PASSED = Outcome("pass")
NOT_APPLICABLE = Outcome("not_applicable")


def unknown(words: Text) -> Outcome:
    """Nobody can say, and why."""
    return Outcome("unknown", (Detail("unknown", words=words),))


def not_filled(why: str) -> Text:
    """The words for a variable that a rule names and the device does not have."""
    return Text(th=f"ใส่ค่าตัวแปรในเกณฑ์ไม่ได้: {why}", en=f"a variable of the rule has no value: {why}")


def failed(words: Text, line: str = "") -> Outcome:
    """A value is not as it should be."""
    return Outcome("fail", (Detail("value", line=line, words=words),))


def found(details: Iterable[Detail]) -> Outcome:
    """A failure for these reasons; a pass when there is none."""
    reasons = tuple(details)
    return Outcome("fail", reasons) if reasons else PASSED


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """All must hold: the worst counts, with the reasons of every one that is no pass."""
    held = tuple(outcomes)
    verdict: Verdict = "not_applicable"
    for worst in _WORST_FIRST:
        if any(outcome.verdict == worst for outcome in held):
            verdict = worst
            break
    if verdict in ("pass", "not_applicable"):
        return PASSED if verdict == "pass" else NOT_APPLICABLE
    return Outcome(verdict, tuple(detail for outcome in held for detail in outcome.details))
