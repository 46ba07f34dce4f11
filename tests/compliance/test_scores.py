"""Scores weigh by severity, round down, and never count what is unknown as good."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controller.compliance.finding import VERDICTS, Verdict
from controller.compliance.scores import WEIGHTS, Tally, tally_of
from controller.inventory.watching import Severity

FOUND = st.lists(
    st.tuples(st.sampled_from(VERDICTS), st.sampled_from(sorted(WEIGHTS))), max_size=40
)


def test_a_critical_failure_weighs_four_notices() -> None:
    passed: list[tuple[Verdict, Severity]] = [("pass", "notice")] * 4
    assert tally_of([("fail", "critical"), *passed]) == Tally(passed=4, failed=1, score=50)


def test_a_waiver_counts_and_the_unknown_does_not() -> None:
    assert tally_of([("waived", "warning"), ("unknown", "warning")]).score == 50


def test_nothing_that_applies_has_no_score() -> None:
    assert tally_of([("not_applicable", "critical")]) == Tally(not_applicable=1)
    assert tally_of([]).score is None


def test_one_failure_among_very_many_is_never_full_marks() -> None:
    found: list[tuple[Verdict, Severity]] = [("pass", "critical")] * 1000
    assert tally_of([("fail", "notice"), *found]).score == 99


@given(FOUND)
def test_every_finding_is_counted_once(found: list[tuple[Verdict, Severity]]) -> None:
    tally = tally_of(found)
    assert tally.applies + tally.not_applicable == len(found)
    assert (tally.score is None) == (tally.applies == 0)
    assert tally.score != 100 or tally.clean


@given(FOUND, st.integers(min_value=0, max_value=39))
def test_mending_one_finding_never_lowers_the_score(
    found: list[tuple[Verdict, Severity]], at: int
) -> None:
    if at >= len(found) or found[at][0] == "not_applicable":
        return
    mended = [*found[:at], ("pass", found[at][1]), *found[at + 1 :]]
    before, after = tally_of(found).score, tally_of(mended).score
    assert before is not None
    assert after is not None
    assert after >= before
