"""Sections of a configuration: cut out, and what nobody claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from controller.configuration.lines import Lines, Path


def beginning(lines: Lines, beginnings: Sequence[str]) -> Lines:
    """The outermost lines that begin with one of these texts, in order, with their sections."""
    starts = tuple(beginnings)
    return {line: inner for line, inner in lines.items() if line.startswith(starts)}


def unclaimed(lines: Lines, beginnings: Sequence[str]) -> Lines:
    """The outermost lines that begin with none of these texts, in order, with their sections."""
    starts = tuple(beginnings)
    return {line: inner for line, inner in lines.items() if not line.startswith(starts)}


def within(
    lines: Lines, patterns: Sequence[re.Pattern[str]], around: Path = ()
) -> Iterator[tuple[Path, Lines]]:
    """The sections whose lines fit the patterns as a whole, outermost first; the top without any.

    Each with the lines that lead to it.
    """
    if not patterns:
        yield around, lines
        return
    fits = patterns[0].fullmatch
    for line, inner in lines.items():
        if fits(line):
            yield from within(inner, patterns[1:], (*around, line))
