"""Which lines of two texts belong together, quick for long configurations.

Lines that stand once on each side (an interface, a VLAN) are found first and hold the rest in
place; only what is left between two of them is compared line by line. The lines inside of
interfaces are the same hundreds of times, which makes comparing everything with everything slow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Step = tuple[str, int, int, int, int]


def steps(left: Sequence[str], right: Sequence[str]) -> list[Step]:
    """How left becomes right: `equal`, `replace`, `delete` and `insert` as difflib writes them."""
    found: list[Step] = []
    at, other = 0, 0
    for a, b, size in [*_joined(_blocks(left, right)), (len(left), len(right), 0)]:
        if at < a and other < b:
            found.append(("replace", at, a, other, b))
        elif at < a:
            found.append(("delete", at, a, other, b))
        elif other < b:
            found.append(("insert", at, a, other, b))
        if size:
            found.append(("equal", a, a + size, b, b + size))
        at, other = a + size, b + size
    return found


def _joined(blocks: Iterator[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    a, b, size = 0, 0, 0
    for one, other, more in blocks:
        if (a + size, b + size) == (one, other):
            size += more
            continue
        if size:
            yield a, b, size
        a, b, size = one, other, more
    if size:
        yield a, b, size


def _blocks(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(place left, place right, how many) of equal lines, in order."""
    waiting = [(0, len(left), 0, len(right))]
    while waiting:
        a, b, c, d = waiting.pop()
        head, tail = _ends(left, right, (a, b, c, d))
        if head:
            yield a, c, head
        inner = (a + head, b - tail, c + head, d - tail)
        if inner[0] == inner[1] or inner[2] == inner[3]:
            if tail:
                yield b - tail, d - tail, tail
            continue
        held = _held(left, right, inner)
        if held or tail:
            # The gaps between what holds, the first of them next; the lines themselves as gaps
            # in which everything is equal.
            parts = []
            at, other = inner[0], inner[2]
            for one, two in held:
                if at < one and other < two:
                    parts.append((at, one, other, two))
                parts.append((one, one + 1, two, two + 1))
                at, other = one + 1, two + 1
            parts.append((at, inner[1], other, inner[3]))
            if tail:
                parts.append((b - tail, b, d - tail, d))
            waiting += reversed(parts)
        else:
            a, b, c, d = inner
            matcher = SequenceMatcher(None, left[a:b], right[c:d], autojunk=False)
            yield from (
                (a + one, c + two, size) for one, two, size in matcher.get_matching_blocks() if size
            )


def _ends(
    left: Sequence[str], right: Sequence[str], within: tuple[int, int, int, int]
) -> tuple[int, int]:
    """How many lines are equal at the beginning, and of the rest at the end."""
    a, b, c, d = within
    head, most = 0, min(b - a, d - c)
    while head < most and left[a + head] == right[c + head]:
        head += 1
    tail, most = 0, most - head
    while tail < most and left[b - 1 - tail] == right[d - 1 - tail]:
        tail += 1
    return head, tail


def _held(
    left: Sequence[str], right: Sequence[str], within: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """The lines that stand once on each side, as many as keep their order."""
    a, b, c, d = within
    once = {line for line, count in Counter(left[a:b]).items() if count == 1}
    places = {
        line: place for line, place in zip(right[c:d], range(c, d), strict=True) if line in once
    }
    counts = Counter(line for line in right[c:d] if line in once)
    pairs = [
        (place, places[line])
        for place, line in zip(range(a, b), left[a:b], strict=True)
        if counts[line] == 1 and line in once
    ]
    # The longest rising row of places: each knows the one before it.
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tops, place)
        before.append(ends[at - 1] if at else -1)
        if at == len(tops):
            tops.append(place)
            ends.append(number)
        else:
            tops[at], ends[at] = place, number
    row: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]
