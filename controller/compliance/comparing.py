"""Lines a rule wants beside those a section has: what is missing, too many, out of order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from controller.compliance.finding import Detail
from controller.compliance.patterns import Pattern
from controller.compliance.templates import Wanted
from controller.compliance.tree import Place, Tree
from controller.configuration.lines import Lines


def missing(tree: Tree, place: Place, wanted: Wanted) -> Iterator[Detail]:
    """The lines of `wanted` that do not stand in the section, and are not so anyway."""
    if wanted.flat and wanted.lines.keys() <= place.lines.keys():
        return
    for line, inner in wanted.lines.items():
        held = place.lines.get(line)
        if held is not None:
            if inner:
                yield from missing(
                    tree, Place((*place.path, line), held), Wanted(inner, wanted.spelled)
                )
        elif not _is_so_anyway(tree, place, line):
            yield Detail("missing", place.path, wanted.spelled.get(line, line))
            yield from _all_missing(place.path, line, inner, wanted)


def surplus(
    tree: Tree, place: Place, wanted: Lines, golden: tuple[Pattern, ...]
) -> Iterator[Detail]:
    """Lines that fit `golden` and are not wanted; all in the sections of those that are."""
    for line, held in place.lines.items():
        inner = wanted.get(line)
        if inner is not None:
            if held and any(pattern.fits(line) for pattern in golden):
                yield from _all_surplus(tree, Place((*place.path, line), held), inner)
        elif any(pattern.fits(line) for pattern in golden):
            yield Detail("extra", place.path, line, tree.number(place.path, line))


def misplaced(tree: Tree, place: Place, wanted: Lines) -> Iterator[Detail]:
    """Wanted lines that stand after one they should stand before."""
    order = {line: position for position, line in enumerate(wanted)}
    standing = [line for line in place.lines if line in order]
    for before, line in pairwise(standing):
        if order[line] < order[before]:
            yield Detail("order", place.path, line, tree.number(place.path, line))
    for line, inner in wanted.items():
        if inner and line in place.lines:
            yield from misplaced(tree, Place((*place.path, line), place.lines[line]), inner)


def _all_missing(
    path: tuple[str, ...], section: str, inner: Lines, wanted: Wanted
) -> Iterator[Detail]:
    below = (*path, section)
    for line, deeper in inner.items():
        yield Detail("missing", below, wanted.spelled.get(line, line))
        yield from _all_missing(below, line, deeper, wanted)


def _all_surplus(tree: Tree, place: Place, wanted: Lines) -> Iterator[Detail]:
    for line, held in place.lines.items():
        inner = wanted.get(line)
        if inner is None:
            yield Detail("extra", place.path, line, tree.number(place.path, line))
        else:
            yield from _all_surplus(tree, Place((*place.path, line), held), inner)


def _is_so_anyway(tree: Tree, place: Place, line: str) -> bool:
    """Whether the device does not show the line because nothing says otherwise."""
    grammar = tree.grammar
    negation = f"{grammar.negation} "
    if line.startswith(negation):
        opposite = line[len(negation) :]
        if grammar.shown_negatives.fullmatch(opposite):
            return False
        begin = f"{opposite} "
        return not any(held == opposite or held.startswith(begin) for held in place.lines)
    if not tree.is_silent(place.path, line):
        return False
    key = grammar.single_key(line)
    if key is not None and any(grammar.single_key(held) == key for held in place.lines):
        return False
    return negation + line not in place.lines
