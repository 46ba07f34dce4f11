"""A configuration text as nested lines, the way network devices indent it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from controller.platforms.grammar import Grammar
from controller.platforms.interfaces import interfaces_of

Lines: TypeAlias = "dict[str, Lines]"
"""Lines by text, without margin, each with the lines of its section (empty for a plain line)."""

MARK = "^C"


def read_lines(text: str, grammar: Grammar) -> Lines:
    """Nested lines of a configuration; comments, `exit` and `end` are left out.

    A text of several lines (a banner, a certificate) is one line with line feeds in it. The names
    of interfaces in section lines are spelled out.
    """
    top: Lines = {}
    stack: list[tuple[int, Lines]] = [(-1, top)]
    waiting = iter(text.replace("\r", "").split("\n"))
    for raw in waiting:
        line = raw.strip()
        if not line or line.startswith(grammar.comment) or line in grammar.skipped:
            continue
        margin = len(raw) - len(raw.lstrip())
        line = _with_block(raw, line, waiting, grammar)
        while stack[-1][0] >= margin:
            stack.pop()
        place = stack[-1][1].setdefault(spelled(line, grammar), {})
        stack.append((margin, place))
    return top


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


def _with_block(raw: str, line: str, waiting: Iterator[str], grammar: Grammar) -> str:
    """The whole of a text of several lines that begins here; any other line as it is."""
    for block in grammar.blocks:
        match = block.start.match(raw)
        if match is None:
            continue
        if block.until is not None:
            taken = [line]
            for more in waiting:
                taken.append(more.rstrip())
                if block.until.match(more):
                    break
            return "\n".join(taken)
        return _marked(raw, match, waiting)
    return line


def _marked(raw: str, match: re.Match[str], waiting: Iterator[str]) -> str:
    """A text between two marks, which may be any; spelled with the one that devices show."""
    mark = match["mark"]
    text = raw[match.end("mark") :]
    while mark not in text:
        more = next(waiting, None)
        if more is None:
            break
        text += f"\n{more.rstrip()}"
    return f"{raw[: match.start('mark')].strip()} {MARK}{text.split(mark)[0]}{MARK}"
