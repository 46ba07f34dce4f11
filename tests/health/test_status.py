"""Up, down and unknown over time: no second is lost, counted twice or made up."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from controller.health.status import ENOUGH, LastStatus, Piece, backoff, turn

START = datetime(2026, 5, 4, 2, 30, tzinfo=UTC)
POLL = timedelta(minutes=5)
LONGEST = timedelta(minutes=12)
LATE = timedelta(hours=3)


def lived(polls: list[tuple[bool, timedelta]]) -> tuple[LastStatus, list[Piece]]:
    """The spans after these polls: whether each answered, and how long after the one before."""
    last: LastStatus | None = None
    spans: list[Piece] = []
    at = START
    for answered, later in polls:
        at += later
        last, pieces = turn(last, answered, at, LONGEST)
        spans = [*spans[:-1], *pieces]
    assert last is not None
    return last, spans


def minutes(spans: list[Piece]) -> list[tuple[str, int]]:
    """Status and whole minutes of each span."""
    return [(s.status, int((s.until - s.since).total_seconds() // 60)) for s in spans]


def test_one_missed_poll_is_unknown_two_are_down_since_the_first() -> None:
    """A lost packet never counts against a device."""
    once = [(True, POLL), (True, POLL), (False, POLL)]
    assert minutes(lived(once)[1]) == [("up", 10), ("unknown", 0)]
    assert minutes(lived([*once, (True, POLL)])[1]) == [("up", 10), ("unknown", 5), ("up", 0)]
    last, spans = lived([*once, (False, POLL), (False, POLL)])
    assert minutes(spans) == [("up", 10), ("down", 10)]
    assert (last.status, last.missed, last.since) == ("down", 3, spans[-1].since)


def test_time_nobody_asked_in_is_unknown() -> None:
    """Whatever the device was before it, and whatever it is after it."""
    up = [(True, POLL), (True, POLL)]
    assert minutes(lived([*up, (True, LATE)])[1]) == [("up", 5), ("unknown", 180), ("up", 0)]
    down = [*up, (False, POLL), (False, POLL)]
    assert minutes(lived([*down, (False, LATE)])[1]) == [
        ("up", 10),
        ("down", 5),
        ("unknown", 180),
    ]


def test_a_device_never_reached_is_unknown_and_then_down() -> None:
    """The first answer missing proves nothing yet."""
    assert lived([(False, POLL)])[0].status == "unknown"
    last, spans = lived([(False, POLL), (False, POLL)])
    assert (last.status, minutes(spans)) == ("down", [("down", 5)])


def test_a_device_that_is_there_but_refuses_is_unknown_and_never_down() -> None:
    """Its password was changed: nobody can say more."""
    last, first = turn(None, None, START, LONGEST)
    last, second = turn(last, None, START + POLL, LONGEST)
    assert (last.status, last.missed) == ("unknown", 0)
    assert minutes([*first[:-1], *second]) == [("unknown", 5)]


def test_a_clock_that_goes_back_stands_still() -> None:
    """Nothing gets a negative length."""
    last, spans = lived([(True, POLL), (True, POLL), (True, -timedelta(hours=1))])
    assert last.at == spans[-1].until
    assert minutes(spans) == [("up", 5)]


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from([POLL, POLL, POLL, LATE, timedelta(0)])),
        min_size=1,
        max_size=40,
    )
)
def test_spans_are_whole_and_honest(polls: list[tuple[bool, timedelta]]) -> None:
    """They touch, never repeat a status, cover all the time, and follow the answers."""
    last, spans = lived(polls)
    for before, after in itertools.pairwise(spans):
        assert before.until == after.since
        assert before.status != after.status
    assert spans[0].since == START + polls[0][1]
    assert spans[-1].until == last.at == START + sum((d for _, d in polls), timedelta())
    assert (spans[-1].status, spans[-1].since) == (last.status, last.since)
    answers = [answered for answered, _ in polls]
    assert (last.status == "up") == answers[-1]
    if last.status == "down":
        assert not any(answers[-ENOUGH:])
    assert not any(s.status == "up" and s.until - s.since > LONGEST * len(polls) for s in spans)


def test_a_silent_device_is_probed_less_often_but_never_given_up() -> None:
    """At most every third poll: it is found again within a quarter of an hour."""
    assert [backoff(n) for n in (1, 5, 6, 11, 12, 10_000)] == [1, 1, 2, 2, 3, 3]
