"""Checks of a configuration, made ready once: sections found, lines missing or too many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from controller.compliance.check import ConfigurationCheck
from controller.compliance.comparing import misplaced, missing, surplus
from controller.compliance.finding import Detail
from controller.compliance.outcome import NOT_APPLICABLE, Outcome, found, not_filled, unknown
from controller.compliance.patterns import Pattern
from controller.compliance.templates import LineTemplate, PatternTemplates, Wanted
from controller.compliance.tree import Place, Scope, Tree
from controller.configuration.render import SnippetError
from controller.errors import Text


class PreparedConfigurationCheck:
    """One check with its patterns compiled and its templates parsed.

    Errors when made: `re.error`, `TemplateSyntaxError`; a rule book that was validated has none.
    """

    def __init__(self, check: ConfigurationCheck) -> None:
        self.check = check
        self._given = PatternTemplates(check.given)
        self._without = PatternTemplates(check.without)
        self._within = PatternTemplates(check.within)
        self._where = PatternTemplates(check.where)
        self._unless = PatternTemplates(check.unless)
        self._patterns = PatternTemplates(check.patterns)
        self._forbidden = PatternTemplates(check.forbidden)
        self._golden = PatternTemplates(check.golden)
        self._required = LineTemplate(check.required) if check.required else None
        self._any_of = tuple(LineTemplate(text) for text in check.any_of)

    def judge(self, tree: Tree, variables: Mapping[str, Any]) -> Outcome:
        """The verdict on a configuration; `unknown` when a variable has no value."""
        try:
            return self._judged(tree, variables)
        except (SnippetError, re.error) as error:
            return unknown(not_filled(str(error)))

    def _judged(self, tree: Tree, variables: Mapping[str, Any]) -> Outcome:
        if not tree.kept((), self._given.fill(variables), self._without.fill(variables)):
            return NOT_APPLICABLE
        scope = self._within.fill(variables)
        places = tree.kept(scope, self._where.fill(variables), self._unless.fill(variables))
        if not places:
            if not self.check.must_exist:
                return NOT_APPLICABLE
            return found(self._absent(tree, scope, variables))
        return found(self._faults(tree, scope, places, variables))

    def _faults(
        self, tree: Tree, scope: Scope, places: tuple[Place, ...], variables: Mapping[str, Any]
    ) -> Iterator[Detail]:
        for pattern in self._forbidden.fill(variables):
            yield from _forbidden(tree, scope, places, pattern)
        for pattern in self._patterns.fill(variables):
            yield from self._fitting(tree, scope, places, pattern)
        if self._required is not None:
            wanted = self._required.fill(variables, tree.grammar)
            golden = self._golden.fill(variables)
            for place in places:
                yield from missing(tree, place, wanted)
                if golden:
                    yield from surplus(tree, place, wanted.lines, golden)
                if self.check.ordered:
                    yield from misplaced(tree, place, wanted.lines)
        if self._any_of:
            choices = tuple(text.fill(variables, tree.grammar) for text in self._any_of)
            for place in places:
                yield from _none_of(tree, place, choices)

    def _fitting(
        self, tree: Tree, scope: Scope, places: tuple[Place, ...], pattern: Pattern
    ) -> Iterator[Detail]:
        lines = tree.fitting(scope, pattern)
        least, most = self.check.at_least, self.check.at_most
        for place in places:
            if least == 1 and most is None:
                if lines.isdisjoint(place.lines):
                    yield _no_line(place.path, pattern)
                continue
            count = sum(line in lines for line in place.lines)
            if count < least:
                yield (
                    _no_line(place.path, pattern)
                    if least == 1
                    else _few(place.path, pattern, least)
                )
            elif most is not None and count > most:
                yield from _many(tree, place, pattern, lines, most)

    def _absent(self, tree: Tree, scope: Scope, variables: Mapping[str, Any]) -> Iterator[Detail]:
        """What is missing where the whole section is: its lines, when its name is certain."""
        path = tuple(pattern.literal for pattern in scope if pattern.literal is not None)
        if not scope or len(path) != len(scope) or tree.places(scope):
            shown = " > ".join(pattern.text for pattern in scope)
            yield Detail("missing", words=_no_section(shown))
            return
        yield Detail("missing", path[:-1], path[-1])
        if self._required is not None:
            wanted = self._required.fill(variables, tree.grammar)
            yield from missing(tree, Place(path, {}), wanted)
        for pattern in self._patterns.fill(variables):
            yield _no_line(path, pattern)


def _forbidden(
    tree: Tree, scope: Scope, places: tuple[Place, ...], pattern: Pattern
) -> Iterator[Detail]:
    lines = tree.fitting(scope, pattern)
    if not lines:
        return
    for place in places:
        if not lines.isdisjoint(place.lines):
            for line in place.lines:
                if line in lines:
                    yield Detail("extra", place.path, line, tree.number(place.path, line))


def _none_of(tree: Tree, place: Place, choices: tuple[Wanted, ...]) -> Iterator[Detail]:
    """What lacks to the choice that lacks least, the first of several."""
    lacking = [list(missing(tree, place, wanted)) for wanted in choices]
    yield from min(lacking, key=len)


def _many(
    tree: Tree, place: Place, pattern: Pattern, lines: frozenset[str] | Any, most: int
) -> Iterator[Detail]:
    for line in place.lines:
        if line in lines:
            number = tree.number(place.path, line)
            yield Detail("value", place.path, line, number, _too_many(pattern.text, most))


def _no_line(path: tuple[str, ...], pattern: Pattern) -> Detail:
    if pattern.literal is not None:
        return Detail("missing", path, pattern.literal)
    return Detail(
        "missing",
        path,
        words=Text(
            th=f"ไม่มีบรรทัดที่ตรงกับรูปแบบ {pattern.text}", en=f"no line fits the pattern {pattern.text}"
        ),
    )


def _few(path: tuple[str, ...], pattern: Pattern, least: int) -> Detail:
    return Detail(
        "missing",
        path,
        words=Text(
            th=f"มีบรรทัดที่ตรงกับรูปแบบ {pattern.text} ไม่ถึง {least} บรรทัด",
            en=f"fewer than {least} lines fit the pattern {pattern.text}",
        ),
    )


def _too_many(pattern: str, most: int) -> Text:
    return Text(
        th=f"มีบรรทัดที่ตรงกับรูปแบบ {pattern} เกิน {most} บรรทัด",
        en=f"more than {most} lines fit the pattern {pattern}",
    )


def _no_section(shown: str) -> Text:
    return Text(th=f"ไม่มีส่วนที่ตรงกับรูปแบบ {shown}", en=f"no section fits the pattern {shown}")
