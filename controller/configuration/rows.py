"""A configuration text as rows: where a line stands, how deep, and what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeAlias

from controller.configuration.braces import statement_rows
from controller.configuration.menus import menu_rows
from controller.configuration.texts import whole_lines
from controller.platforms.grammar import Grammar

Row: TypeAlias = "tuple[int, int, str]"
"""The number of a line from 1, its margin, and its text without it."""


def rows_of(text: str, grammar: Grammar) -> list[Row]:
    """The lines that say something, in order. A deeper margin means: in the section before."""
    if grammar.layout == "braces":
        return statement_rows(text, grammar)
    if grammar.layout == "menus":
        return menu_rows(text, grammar)
    if grammar.opens is not None:
        return _opened_rows(text, grammar, grammar.opens)
    return _indented_rows(text, grammar)


def _indented_rows(text: str, grammar: Grammar) -> list[Row]:
    number = 0
    comment, skipped = grammar.comment, grammar.skipped
    signs = frozenset(word[0] for word in comment)
    rows: list[Row] = []
    # Where a comment ends every section, the next line stands at the top whatever its margin.
    top: int | None = 0
    for raw in whole_lines(text, grammar):
        number += 1
        line = raw.lstrip()
        if not line:
            continue
        margin = len(raw) - len(line)
        if line[0] in signs and line.startswith(comment):
            if grammar.parted and not margin:
                top = None
            continue
        line = line.rstrip()
        if top != 0:
            top = margin if top is None else top
            margin = max(margin - top, 0)
        if line not in skipped and (rows or not grammar.noise.match(line)):
            rows.append((number, margin, line))
        if "\n" in line:
            number += line.count("\n")
    return rows


def _opened_rows(text: str, grammar: Grammar, opens: re.Pattern[str]) -> list[Row]:
    """As above, where every line stands at the margin and `exit` ends what a line has opened."""
    rows: list[Row] = []
    depth = 0
    for number, _, line in _indented_rows(text, replace(grammar, skipped=frozenset())):
        if line in grammar.skipped:
            depth = max(depth - 1, 0)
            continue
        rows.append((number, depth, line))
        if opens.fullmatch(line):
            depth += 1
    return rows
