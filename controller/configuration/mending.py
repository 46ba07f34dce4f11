"""The lines that make one configuration of another, in the order the platform needs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from controller.configuration.edits import BETWEEN
from controller.configuration.lines import Lines
from controller.platforms.manner import Manner

Path = tuple[str, ...]


def mend(running: Lines, wanted: Lines, manner: Manner, *, literal: bool = False) -> Lines:
    """What to type so that `running` becomes `wanted`; empty when it is so already.

    Lines that are not wanted are taken away, those that are lacking typed. A line that takes
    another's place is typed alone. `literal`: each line that goes is taken away by itself, unless
    the platform would be without it meanwhile.
    """
    return _Mending(manner, literal).between(running, wanted, ())


def order_lines(typed: Lines, manner: Manner, path: Path = ()) -> Lines:
    """Lines to type in the order the platform needs them: in each section what goes before what
    comes, but for what others name.
    """
    steps = [
        _Step(line, order_lines(inner, manner, (*path, line)), int(not _takes(line, manner)))
        for line, inner in typed.items()
    ]
    return _Mending(manner, literal=False).in_order(steps, path)


def difference(running: Lines, wanted: Lines, manner: Manner) -> Lines:
    """The lines of `running` that `wanted` lacks, with their sections; negations do not count.

    Lines of access lists are the same whatever their number.
    """
    lacking: Lines = {}
    numbered = all(line.partition(" ")[0].isdecimal() for line in (*running, *wanted))
    there = {_unnumbered(line): inner for line, inner in wanted.items()} if numbered else wanted
    for line, inner in running.items():
        if manner.taken(line) is not None:
            continue
        other = there.get(_unnumbered(line) if numbered else line)
        if other is None:
            lacking[line] = inner
        elif inner and (rest := difference(inner, other, manner)):
            lacking[line] = rest
    return lacking


def write_commands(lines: Lines, manner: Manner) -> str:
    """The lines as text, indented, each section with the word that ends it."""
    return "".join(f"{line}\n" for line in _written(lines, manner, ()))


def _written(lines: Lines, manner: Manner, path: Path) -> Iterator[str]:
    margin = manner.grammar.indent * len(path)
    for line, inner in lines.items():
        # Only the first line of a text of several is indented; the others are as they are.
        yield " " * margin + line
        if inner:
            below = (*path, line)
            yield from _written(inner, manner, below)
            ending = manner.exit(below)
            if ending:
                yield " " * margin + ending


def _takes(typed: str, manner: Manner) -> bool:
    return manner.taken(typed) is not None or typed.startswith("default ")


def _unnumbered(line: str) -> str:
    number, _, rest = line.partition(" ")
    return rest if number.isdecimal() else line


@dataclass(frozen=True, slots=True)
class _Step:
    """A line to type with what is typed below it. `phase` orders those of the same rank."""

    typed: str
    inner: Lines
    phase: int
    rank: int | None = None


class _Mending:
    """Compares two trees and writes the steps between them."""

    def __init__(self, manner: Manner, literal: bool) -> None:
        self._manner = manner
        self._literal = literal

    def between(self, running: Lines, wanted: Lines, path: Path) -> Lines:
        """What to type in the section `path`."""
        if running == wanted and list(running) == list(wanted):
            return {}
        gone = [line for line in running if line not in wanted]
        keys = {self._key(path, line) for line in wanted if line not in running}
        replaced = {k for line in gone if (k := self._key(path, line)) is not None and k in keys}
        steps: list[_Step] = []
        for line in gone:
            if self._key(path, line) not in replaced:
                step = self.removal(path, line, running[line])
                if step.typed not in wanted:
                    steps.append(step)
        for line, inner in wanted.items():
            steps += self._lacking(running, line, inner, path, replaced)
        return self.in_order(steps, path)

    def removal(self, path: Path, line: str, inner: Lines) -> _Step:
        """What takes a line away, or all that stands in it where it cannot go itself."""
        if self._manner.unremovable.fullmatch(BETWEEN.join((*path, line))):
            return _Step(line, self.between(inner, {}, (*path, line)), 0)
        return _Step(self._manner.removal(path, line, literal=self._literal), {}, 0)

    def in_order(self, steps: list[_Step], path: Path) -> Lines:
        """The steps of a section as lines, in the order the platform needs."""
        typed: Lines = {}
        for step in sorted(steps, key=lambda s: (self._rank(s, path), s.phase)):
            typed.setdefault(step.typed, {}).update(step.inner)
        return typed

    def _rank(self, step: _Step, path: Path) -> int:
        return self._manner.rank(path, step.typed) if step.rank is None else step.rank

    def _key(self, path: Path, line: str) -> str | None:
        return self._manner.key(path, line, literal=self._literal)

    def _lacking(
        self, running: Lines, line: str, inner: Lines, path: Path, replaced: set[str]
    ) -> Iterator[_Step]:
        """What makes a wanted line stand with all that is wanted below it."""
        if line not in running:
            if self._is_said(running, line, path, replaced):
                yield _Step(line, inner, 1)
            return
        below = (*path, line)
        place = BETWEEN.join(below)
        if self._manner.whole.fullmatch(place):
            if list(running[line].items()) != list(inner.items()):
                yield _Step(line, inner, 1)
        elif self._is_out_of_order(running[line], inner, place):
            rank = self._manner.rank(path, line)
            yield _Step(self._manner.removal(path, line), {}, 0, rank)
            yield _Step(line, inner, 1, rank)
        else:
            steps = self.between(running[line], inner, below)
            if steps:
                yield _Step(line, steps, 1)

    def _is_said(self, running: Lines, line: str, path: Path, replaced: set[str]) -> bool:
        """Whether a lacking line has to be typed: not where the device is so without showing it."""
        if self._literal:
            return True
        rules, section = self._manner.grammar, BETWEEN.join(path)
        if self._manner.opposite(line) in running or self._key(path, line) in replaced:
            return True
        taken = self._manner.taken(line)
        if taken is None:
            return not rules.is_silent(section, line)
        if any(other == taken or other.startswith(f"{taken} ") for other in running):
            return True
        return rules.shown_negatives.fullmatch(taken) is not None and not rules.is_silent(
            section, line
        )

    def _is_out_of_order(self, running: Lines, wanted: Lines, place: str) -> bool:
        """Whether lines would stand in another order than wanted, where that says something."""
        if self._literal or not self._manner.ordered.fullmatch(place):
            return False
        if all(line.partition(" ")[0].isdecimal() for line in (*running, *wanted)):
            return False
        kept = [line for line in running if line in wanted]
        return [*kept, *(line for line in wanted if line not in running)] != list(wanted)
