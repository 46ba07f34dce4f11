"""Which lines of two texts belong together."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from controller.backups.matching import steps

LINES = st.lists(st.sampled_from(["a", "b", "c", "!", "x", "y", "z"]), max_size=25)


@given(LINES, LINES)
def test_the_steps_lead_from_one_to_the_other(left: list[str], right: list[str]) -> None:
    """Without a gap, and what is called equal is."""
    made: list[str] = []
    at = other = 0
    for tag, a, b, c, d in steps(left, right):
        assert (a, c) == (at, other)
        assert (left[a:b] == right[c:d]) == (tag == "equal")
        assert {"delete": c == d, "insert": a == b}.get(tag, a < b and c < d)
        made += left[a:b] if tag == "equal" else right[c:d]
        at, other = b, d
    assert made == right
    assert (at, other) == (len(left), len(right))


def test_a_changed_line_is_one_step() -> None:
    """In an interface among hundreds of the same kind."""
    inner = [" switchport mode access", " no shutdown", " storm-control", "!"]
    left = [line for n in range(400) for line in (f"interface {n}", *inner)]
    right = list(left)
    right[1001] = " switchport mode trunk"
    right.insert(55, " description new")
    right[-3] = " shutdown"
    began = time.process_time()
    found = [step for step in steps(left, right) if step[0] != "equal"]
    assert time.process_time() - began < 0.2
    assert [(tag, b - a, d - c) for tag, a, b, c, d in found] == [
        ("insert", 0, 1),
        ("replace", 1, 1),
        ("replace", 1, 1),
    ]
