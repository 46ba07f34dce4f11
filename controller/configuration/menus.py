"""Commands of menus, as RouterOS exports them: each menu is a section, each command a line."""

from __future__ import annotations

import re

from controller.configuration.texts import whole_lines
from controller.platforms.grammar import Grammar

_COMMAND = re.compile(
    r"(?P<menu>/[a-z0-9 /-]*?) (?P<command>(?:add|set|remove|unset|enable|disable|move|reset)\b.*)",
    re.DOTALL,
)
# A line that is too long goes on after a backslash, four spaces farther in.
_WRAPPED = re.compile(r"\\\r?\n[ ]*")


def menu_rows(text: str, grammar: Grammar) -> list[tuple[int, int, str]]:
    """Number, depth (0 menu, 1 command) and text of every line, in order.

    `/ip dns set servers=…` on one line is read like the menu and the command below it.
    """
    number = 0
    rows: list[tuple[int, int, str]] = []
    waiting = ""
    first = 0
    for raw in whole_lines(text, grammar):
        number += 1
        if not waiting:
            first = number
        waiting += f"\n{raw}" if waiting else raw
        number += raw.count("\n")
        if raw.endswith("\\"):
            continue
        line, waiting = _WRAPPED.sub("", waiting).strip(), ""
        if line and not line.startswith(grammar.comment) and line not in grammar.skipped:
            rows.extend(_rows(first, line))
    return rows


def _rows(number: int, line: str) -> list[tuple[int, int, str]]:
    if not line.startswith("/"):
        return [(number, 1, line)]
    match = _COMMAND.fullmatch(line)
    if match is None:
        return [(number, 0, line)]
    return [(number, 0, match["menu"].strip()), (number, 1, match["command"])]
