"""Two texts side by side: what stands on the left, on the right, and what was folded away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from controller.backups.matching import steps

Kind = Literal["same", "changed", "removed", "added", "folded"]


@dataclass(frozen=True)
class Line:
    """A line of a text and its number, from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Pair:
    """One row of the comparison. Of `folded`, `count` lines stand on both sides and are not shown.

    `removed` has nothing on the right, `added` nothing on the left.
    """

    kind: Kind
    old: Line | None = None
    new: Line | None = None
    count: int = 0


def side_by_side(old: str, new: str, around: int = 3) -> tuple[Pair, ...]:
    """The two texts by lines, with `around` equal lines about each change; empty when equal."""
    left, right = old.splitlines(), new.splitlines()
    if left == right:
        return ()
    pairs: list[Pair] = []
    for tag, a, b, c, d in steps(left, right):
        before = [Line(at + 1, left[at]) for at in range(a, b)]
        after = [Line(at + 1, right[at]) for at in range(c, d)]
        if tag == "equal":
            ends = (around if a or c else 0, around if b < len(left) or d < len(right) else 0)
            pairs += _folded(before, after, *ends)
        else:
            pairs += [_changed(one, other) for one, other in zip_longest(before, after)]
    return tuple(pairs)


def unified(pairs: Sequence[Pair]) -> Iterator[tuple[str, str]]:
    """(sign, text) of each line, as one reads it in one column; the sign of what is folded is @."""
    waiting: list[str] = []
    for pair in pairs:
        if pair.kind in {"same", "folded"}:
            yield from (("+", text) for text in waiting)
            waiting = []
        if pair.kind == "folded":
            yield "@", str(pair.count)
        elif pair.kind == "same":
            yield " ", pair.new.text if pair.new else ""
        else:
            if pair.old:
                yield "-", pair.old.text
            if pair.new:
                waiting.append(pair.new.text)
    yield from (("+", text) for text in waiting)


def _changed(old: Line | None, new: Line | None) -> Pair:
    kind: Kind = "changed" if old and new else "removed" if old else "added"
    return Pair(kind, old, new)


def _folded(before: Sequence[Line], after: Sequence[Line], head: int, tail: int) -> Iterator[Pair]:
    """Equal lines: `head` of them after a change, `tail` before the next, the others folded."""
    hidden = len(before) - head - tail
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if hidden > 1 and head <= at < head + hidden:
            if at == head:
                yield Pair("folded", count=hidden)
            continue
        yield Pair("same", old, new)
