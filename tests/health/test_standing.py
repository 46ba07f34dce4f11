"""An alert opens once, after its grace, and clears once it has been well for its hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from controller.health.rules import Rule, usual_rules
from controller.health.standing import Moved, Sight, Standing, Verdict, moved

BAD: Sight = "bad"
GOOD: Sight = "good"
BETWEEN: Sight = "between"
START = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
RULES = {rule.rule: rule for rule in usual_rules().rules}
CPU = RULES["high_cpu"]
SIGHTS: tuple[Sight, ...] = ("bad", "between", "good")


def follow(
    rule: Rule, seen: Sequence[Sight | None], *, minutes: int = 5
) -> tuple[Standing, list[tuple[int, str]]]:
    """What happens over polls some minutes apart; None is a poll that says nothing."""
    standing, told = Standing(), []
    for n, sight in enumerate(seen):
        verdicts = [] if sight is None else [Verdict(rule.rule, "1", sight)]
        move: Moved = moved(standing, verdicts, RULES, START + timedelta(minutes=minutes * n))
        standing = move.standing
        told += [(n, "opened") for _ in move.opened] + [(n, "cleared") for _ in move.cleared]
    return standing, told


def test_grace_and_hold() -> None:
    """High CPU: 15 minutes wrong before it opens, 10 minutes well before it clears."""
    _, told = follow(CPU, [BAD] * 4 + [GOOD] * 3)
    assert told == [(3, "opened"), (6, "cleared")]


def test_a_short_peak_opens_nothing() -> None:
    """One good poll starts the grace anew."""
    _, told = follow(CPU, [BAD, BAD, GOOD, BAD, BAD, BETWEEN, BAD, BAD, BAD])
    assert told == []


@given(st.lists(st.sampled_from(["bad", "between"]), min_size=4, max_size=60))
def test_a_figure_hovering_at_the_threshold_opens_once(seen: list[Sight]) -> None:
    """Between the two thresholds an open alert stays as it is."""
    _, told = follow(CPU, [BAD] * 4 + seen)
    assert told == [(3, "opened")]


@given(st.lists(st.sampled_from([*SIGHTS, None]), max_size=60))
def test_unknown_moves_nothing(seen: list[Sight | None]) -> None:
    """A poll that says nothing neither opens nor clears at its own moment."""
    standing, told = follow(CPU, seen)
    assert not [n for n, _ in told if seen[n] is None]
    kinds = [kind for _, kind in told]
    assert kinds == [("opened", "cleared")[i % 2] for i in range(len(kinds))]
    assert bool(standing.open) == (len(kinds) % 2 == 1)
    # It opens on bad and clears on good, nowhere else.
    assert all(seen[n] == ("bad" if kind == "opened" else "good") for n, kind in told)


@given(st.lists(st.tuples(st.sampled_from(["1", "2", "3"]), st.sampled_from(SIGHTS)), max_size=40))
def test_what_is_about_other_parts_does_not_matter(seen: list[tuple[str, Sight]]) -> None:
    """Each port stands for itself, whichever is looked at first."""
    forward = backward = Standing()
    at = START
    for n in range(0, len(seen), 3):
        some = dict(seen[n : n + 3])
        verdicts = [Verdict("high_cpu", part, sight) for part, sight in some.items()]
        forward = moved(forward, verdicts, RULES, at).standing
        backward = moved(backward, reversed(verdicts), RULES, at).standing
        at += timedelta(minutes=5)
    assert (forward.open, forward.wrong, forward.well) == (
        backward.open,
        backward.wrong,
        backward.well,
    )


def test_what_only_a_person_clears() -> None:
    """A configuration changed outside a case does not become right by itself."""
    rule = RULES["changed_outside"]
    _, told = follow(rule, ["bad", "good", "good", "good"], minutes=600)
    assert told == [(0, "opened")]
