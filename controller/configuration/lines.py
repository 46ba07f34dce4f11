"""A configuration text as nested lines, the way network devices indent it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from controller.configuration.rows import Row, rows_of
from controller.platforms.grammar import Grammar
from controller.platforms.interfaces import interfaces_of

Lines: TypeAlias = "dict[str, Lines]"
"""Lines by text, without margin, each with the lines of its section (empty for a plain line)."""

Path: TypeAlias = "tuple[str, ...]"
"""A line with the lines of the sections around it before it, outermost first."""

_INTERFACE = ("interface ", "no interface ")
# No device nests its sections deeper; what a broken one sends must not nest without end.
DEEPEST = 64


def read_lines(text: str, grammar: Grammar) -> Lines:
    """Nested lines of a configuration; comments, `exit` and `end` are left out.

    A text of several lines (a banner, a certificate) is one line with line feeds in it. The names
    of interfaces in section lines are spelled out. Of a platform whose statements stand in braces
    the lines are the `set` lines that make them; of one with menus each menu is a section.
    """
    top: Lines = {}
    stack: list[tuple[int, Lines]] = []
    parent = place = top
    last = 0
    for _, margin, line in _spelled_rows(text, grammar):
        if margin > last:
            if len(stack) < DEEPEST:
                stack.append((last, parent))
                parent = place
            last = margin
        elif margin < last:
            while stack and stack[-1][0] >= margin:
                parent = stack.pop()[1]
            last = margin
        found = parent.get(line)
        if found is None:
            found = parent[line] = {}
        place = found
    return top


def line_numbers(text: str, grammar: Grammar) -> dict[Path, int]:
    """Where each line of `read_lines` stands first, counted from 1."""
    numbers: dict[Path, int] = {}
    around: list[tuple[int, str]] = []
    for number, margin, line in _spelled_rows(text, grammar):
        while around and around[-1][0] >= margin:
            around.pop()
        del around[DEEPEST:]
        around.append((margin, line))
        numbers.setdefault(tuple(name for _, name in around), number)
    return numbers


def write_lines(lines: Lines, indent: int = 1) -> str:
    """The text of nested lines, each line ended; `indent` spaces before those of a section."""
    return "".join(f"{line}\n" for line in _indented(lines, "", " " * indent))


def paths(lines: Lines, around: Path = ()) -> Iterator[Path]:
    """Every line in order, with the sections around it."""
    for line, inner in lines.items():
        path = (*around, line)
        yield path
        if inner:
            yield from paths(inner, path)


def spelled(line: str, grammar: Grammar) -> str:
    """The line with the name of a single interface in it spelled out; others as they are."""
    head, sign = ("no ", True) if line.startswith("no ") else ("", False)
    rest = line[3:] if sign else line
    if not rest.startswith("interface "):
        return line
    names = interfaces_of(rest, grammar.interfaces)
    return f"{head}interface {names[0]}" if names and len(names) == 1 else line


def count_lines(lines: Lines) -> int:
    """How many lines there are, those of sections included."""
    return sum(1 + count_lines(inner) for inner in lines.values())


def _indented(lines: Lines, margin: str, step: str) -> Iterator[str]:
    for line, inner in lines.items():
        yield margin + line
        if inner:
            yield from _indented(inner, margin + step, step)


def _spelled_rows(text: str, grammar: Grammar) -> Iterable[Row]:
    rows = rows_of(text, grammar)
    if not grammar.interfaces:
        return rows
    return [
        (row[0], row[1], spelled(row[2], grammar)) if row[2].startswith(_INTERFACE) else row
        for row in rows
    ]
