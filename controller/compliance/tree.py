"""One device's configuration, read once and asked by every rule."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from controller.compliance.patterns import Pattern, by_first_word
from controller.configuration.lines import Lines, line_numbers, read_lines
from controller.platforms.grammar import Grammar

BETWEEN = " > "
Scope = tuple[Pattern, ...]
"""Patterns of the lines of sections, outermost first; empty for the top."""


class Place(NamedTuple):
    """A section of a configuration: the lines that lead to it, and the lines in it."""

    path: tuple[str, ...]
    lines: Lines


class Tree:
    """The lines of a configuration, and what has been found out about them so far."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.lines = read_lines(text, grammar)
        self._words = by_first_word(self.lines)
        self._places: dict[Scope, tuple[Place, ...]] = {(): (Place((), self.lines),)}
        self._held: dict[Scope, AbstractSet[str]] = {}
        self._fitting: dict[tuple[Scope, Pattern], AbstractSet[str]] = {}
        self._kept: dict[tuple[Scope, Scope, Scope], tuple[Place, ...]] = {}
        # Lines that no section is silent about: most of those that are asked for.
        self._loud: set[str] = set()
        self._numbers: dict[tuple[str, ...], int] | None = None

    def places(self, scope: Scope) -> tuple[Place, ...]:
        """The sections of a kind, in their order."""
        found = self._places.get(scope)
        if found is None:
            found = self._places[scope] = tuple(
                Place((*outer.path, line), outer.lines[line])
                for outer in self.places(scope[:-1])
                for line in self._among(outer.lines, scope[-1])
            )
        return found

    def fitting(self, scope: Scope, pattern: Pattern) -> AbstractSet[str]:
        """The lines directly in sections of a kind that fit a pattern."""
        key = (scope, pattern)
        found = self._fitting.get(key)
        if found is None:
            held = self.lines if not scope else None
            lines = self._among(held, pattern) if held is not None else self._of(scope, pattern)
            found = self._fitting[key] = frozenset(lines)
        return found

    def kept(self, scope: Scope, where: Scope, unless: Scope) -> tuple[Place, ...]:
        """The sections of a kind that hold a line for each of `where` and none for `unless`."""
        if not where and not unless:
            return self.places(scope)
        key = (scope, where, unless)
        found = self._kept.get(key)
        if found is None:
            needed = [self.fitting(scope, pattern) for pattern in where]
            refused = [self.fitting(scope, pattern) for pattern in unless]
            found = self._kept[key] = tuple(
                place
                for place in self.places(scope)
                if not any(lines.isdisjoint(place.lines) for lines in needed)
                and all(lines.isdisjoint(place.lines) for lines in refused)
            )
        return found

    def number(self, path: tuple[str, ...], line: str) -> int | None:
        """Where the line stands in the text, from 1; None when it does not."""
        if self._numbers is None:
            self._numbers = line_numbers(self.text, self.grammar)
        return self._numbers.get((*path, line))

    def is_silent(self, path: tuple[str, ...], line: str) -> bool:
        """Whether the device would not show the line in this section, because it is so anyway."""
        if line in self._loud:
            return False
        grammar = self.grammar
        if not grammar.silent.fullmatch(line) and not any(
            inner.fullmatch(line) for _, inner in grammar.silent_within
        ):
            self._loud.add(line)
            return False
        return grammar.is_silent(BETWEEN.join(path), line)

    def _of(self, scope: Scope, pattern: Pattern) -> Sequence[str]:
        held = self._held.get(scope)
        if held is None:
            held = self._held[scope] = frozenset().union(*(p.lines for p in self.places(scope)))
        if pattern.literal is not None:
            return [pattern.literal] if pattern.literal in held else []
        return pattern.among(held)

    def _among(self, lines: Lines, pattern: Pattern) -> list[str]:
        if lines is self.lines:
            return pattern.sought(lines, self._words)
        return pattern.among(lines)
