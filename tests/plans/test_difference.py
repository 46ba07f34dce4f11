"""Differences for people: the text shows what the edits say, and can be read again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controller.configuration.edits import Edit
from controller.plans.difference import Difference, read_difference

LINE = st.from_regex(r"[a-z][a-z0-9 ]{0,8}[a-z0-9]", fullmatch=True).filter(
    lambda line: not line.startswith("no ") and line == " ".join(line.split())
)
EDIT = st.builds(
    Edit, sign=st.sampled_from(["+", "-"]), path=st.lists(LINE, max_size=2).map(tuple), line=LINE
)


@given(st.lists(EDIT, min_size=1, max_size=12))
def test_the_text_reads_back(edits: list[Edit]) -> None:
    difference = Difference(tuple(edits), readable=True)
    again = read_difference(difference.text(), "unified")
    assert again.readable
    assert again.edits == difference.edits


def test_counts() -> None:
    difference = read_difference("+a\n+b\n-c", "unified")
    assert (difference.added, difference.removed) == (2, 1)


def test_an_empty_difference_is_not_readable() -> None:
    assert not read_difference("", "commands").readable
    assert not read_difference("\n \n", "unified").readable
