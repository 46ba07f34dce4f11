"""What a difference does to a device, line by line, as one would type it.

A removal of X is `no X`, a removal of `no X` is X, a line that only takes another's place is no
removal; ranges of interfaces are spelled out, one effect for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from controller.configuration.edits import BETWEEN, UNKNOWN, Edit
from controller.configuration.lines import Lines
from controller.configuration.merging import spelled_out
from controller.plans.difference import Difference
from controller.platforms.grammar import Grammar

UNKNOWN_INTERFACE = f"interface {UNKNOWN}"


@dataclass(frozen=True, slots=True)
class Effect:
    """One line as typed. `section` is the sections around it joined by ` > `, or empty.

    `replaces` says that another line stood in its place.
    """

    section: str
    text: str
    replaces: bool

    def __str__(self) -> str:
        """As a reason shows it: `interface Vlan99: shutdown`."""
        return f"{self.section}: {self.text}" if self.section else self.text


def effects(difference: Difference, running: Lines, grammar: Grammar) -> tuple[Effect, ...]:
    """The effects of a difference on a device whose configuration is `running`."""
    taken = {(e.path, grammar.single_key(e.line)) for e in difference.edits if e.sign == "+"}
    gone = {(e.path, grammar.single_key(e.line)) for e in difference.edits if e.sign == "-"}
    found: list[Effect] = []
    for edit in difference.edits:
        key = grammar.single_key(edit.line)
        if edit.sign == "-" and key is not None and (edit.path, key) in taken:
            continue
        text = edit.line if edit.sign == "+" else f"no {edit.line}"
        replaces = (
            edit.sign == "+"
            and key is not None
            and ((edit.path, key) in gone or _stands(running, edit, key, grammar))
        )
        found += [
            Effect(section, line, replaces)
            for section in _sections(edit.path, grammar)
            for line in spelled_out(text.removeprefix("no no "), grammar)
        ]
    return tuple(found)


def place(running: Lines, path: tuple[str, ...]) -> Mapping[str, Lines]:
    """The lines of a section of the running configuration; empty when it is not there."""
    for line in path:
        running = running.get(line, {})
    return running


def _stands(running: Lines, edit: Edit, key: str, grammar: Grammar) -> bool:
    there = place(running, edit.path)
    return any(line != edit.line and grammar.single_key(line) == key for line in there)


def _sections(path: tuple[str, ...], grammar: Grammar) -> Iterator[str]:
    if not path:
        yield ""
        return
    for first in spelled_out(path[0], grammar):
        yield BETWEEN.join((first, *path[1:]))
