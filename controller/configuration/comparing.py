"""Two configurations beside each other: what lacks, what is too much, what stands elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from controller.configuration.lines import Lines, Path


@dataclass(frozen=True, slots=True)
class Comparison:
    """A configuration as it is beside one as wanted.

    `missing` are lines that only stand in the wanted one, `extra` those that only stand in the
    other, both with the lines of the sections around them. `moved` are the fewest lines of both
    that would have to stand elsewhere for the order to be as wanted.
    """

    missing: Lines
    extra: Lines
    moved: tuple[Path, ...]

    @property
    def same(self) -> bool:
        """Whether the lines are as wanted, in whatever order."""
        return not self.missing and not self.extra

    @property
    def in_order(self) -> bool:
        """Whether the lines are as wanted, in that order."""
        return self.same and not self.moved


def compare(wanted: Lines, actual: Lines) -> Comparison:
    """What makes `actual` differ from `wanted`."""
    moved = tuple(_moved(wanted, actual, ()))
    return Comparison(lacking(wanted, actual), lacking(actual, wanted), moved)


def lacking(lines: Lines, other: Lines) -> Lines:
    """The lines that `other` lacks, in order; a section both have holds only what lacks in it."""
    found: Lines = {}
    for line, inner in lines.items():
        there = other.get(line)
        if there is None:
            found[line] = inner
        elif inner and inner != there:
            below = lacking(inner, there)
            if below:
                found[line] = below
    return found


def _moved(wanted: Lines, actual: Lines, around: Path) -> Iterator[Path]:
    both = [line for line in wanted if line in actual]
    standing = [line for line in actual if line in wanted]
    if both != standing:
        place = {line: number for number, line in enumerate(standing)}
        kept = _longest_rise([place[line] for line in both])
        yield from ((*around, line) for line in standing if place[line] not in kept)
    for line in both:
        if wanted[line]:
            yield from _moved(wanted[line], actual[line], (*around, line))


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """The most of these different numbers that rise from left to right."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    kept: set[int] = set()
    last: int | None = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(kept)
