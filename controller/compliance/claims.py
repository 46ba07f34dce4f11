"""Which lines of a configuration the rules speak of, and which nobody claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from controller.compliance.check import ConfigurationCheck
from controller.compliance.evidence import Evidence
from controller.compliance.patterns import Pattern
from controller.compliance.rule import Rule
from controller.compliance.templates import LineTemplate, PatternTemplates
from controller.compliance.tree import Place, Tree
from controller.configuration.lines import Lines, Path, count_lines, paths
from controller.configuration.render import SnippetError
from controller.inventory.selector import parse_selector
from controller.platforms.grammar import Grammar
from controller.platforms.grammars import grammar


@dataclass(frozen=True, slots=True)
class Claims:
    """What the rules leave of a configuration: `unclaimed` lines in their sections, of `lines`."""

    unclaimed: Lines
    lines: int

    @property
    def claimed(self) -> int:
        """How many lines some rule speaks of, or leads to one it speaks of."""
        return self.lines - count_lines(self.unclaimed)


def claims(rules: Iterable[Rule], evidence: Evidence) -> Claims | None:
    """What the rules that are for the device leave; None when no configuration can be read.

    A rule speaks of the lines its patterns fit, of those it wants, and of those that stand where
    only one may and it wants another; a golden section is spoken of whole. Rules that are not in
    force yet speak too.
    """
    kept = evidence.configuration
    try:
        rules_of_platform = grammar(evidence.device.platform)
    except KeyError:
        return None
    if kept is None:
        return None
    tree = Tree(kept.text, rules_of_platform)
    spoken: set[Path] = set()
    for check in _checks(rules, evidence):
        try:
            spoken.update(_spoken(check, tree, evidence.variables))
        except (SnippetError, re.error):
            # A variable the device has no value for: the rule says nothing of it, `unknown`.
            continue
    return Claims(_rest(tree.lines, spoken, ()), count_lines(tree.lines))


def _checks(rules: Iterable[Rule], evidence: Evidence) -> Iterator[ConfigurationCheck]:
    platform = evidence.device.platform
    for rule in rules:
        if parse_selector(rule.select).holds(evidence.device):
            for check in rule.checks:
                if check.configuration and (not check.platform or platform in check.platform):
                    yield check.configuration


def _spoken(check: ConfigurationCheck, tree: Tree, variables: Mapping[str, Any]) -> Iterator[Path]:
    def filled(texts: tuple[str, ...]) -> tuple[Pattern, ...]:
        return PatternTemplates(texts).fill(variables)

    wanted = [
        LineTemplate(text).fill(variables, tree.grammar).lines
        for text in (check.required, *check.any_of)
        if text
    ]
    where, unless, golden = filled(check.where), filled(check.unless), filled(check.golden)
    patterns = (*where, *unless, *golden, *filled(check.patterns), *filled(check.forbidden))
    for place in tree.kept(filled(check.within), where, unless):
        yield place.path
        for line, inner in place.lines.items():
            path = (*place.path, line)
            if any(pattern.fits(line) for pattern in patterns):
                yield path
            if inner and any(pattern.fits(line) for pattern in golden):
                yield from paths(inner, path)
        for lines in wanted:
            yield from _wanted(lines, place, tree.grammar)


def _wanted(wanted: Lines, place: Place, rules: Grammar) -> Iterator[Path]:
    keys = {key for line in wanted if (key := rules.single_key(line)) is not None}
    for line, inner in place.lines.items():
        path = (*place.path, line)
        if line in wanted:
            yield path
            yield from _wanted(wanted[line], Place(path, inner), rules)
        elif keys and rules.single_key(line) in keys:
            yield path


def _rest(lines: Lines, spoken: set[Path], around: Path) -> Lines:
    found: Lines = {}
    for line, inner in lines.items():
        path = (*around, line)
        rest = _rest(inner, spoken, path) if inner else {}
        if rest or path not in spoken:
            found[line] = rest
    return found
