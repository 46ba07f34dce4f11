"""Lines and patterns of a rule, filled in with the variables of a device."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from controller.compliance.patterns import Pattern, pattern
from controller.configuration.lines import Lines, read_lines
from controller.configuration.render import SECRET, Snippet
from controller.platforms.grammar import Grammar
from controller.platforms.platform import HIDDEN

_MOST_KNOWN = 4096


class Wanted(NamedTuple):
    """Lines a rule wants: `lines` as a masked configuration has them, `spelled` as one types them.

    `spelled` maps the masked lines that hold a secret to those that name it. `flat`: none of the
    lines is a section.
    """

    lines: Lines
    spelled: Mapping[str, str]
    flat: bool = False


class LineTemplate:
    """Lines with their sections, as a rule has them."""

    def __init__(self, text: str) -> None:
        self._snippet = Snippet(text)
        # Most devices want the same: what was read for one serves the next. Nobody changes it.
        self._known: dict[tuple[int, str], Wanted] = {}

    def fill(self, variables: Mapping[str, Any], grammar: Grammar) -> Wanted:
        """The lines for a device. Errors: `SnippetError`."""
        text = self._snippet.fill(variables)
        key = (id(grammar), text)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[key] = _wanted(text, grammar)
        return found


class PatternTemplates:
    """Patterns, as a rule has them; the values filled in stand for themselves.

    Errors: `re.error` for one that does not compile and is the same for every device.
    """

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._snippets = tuple(Snippet(text, _escaped) for text in texts)
        fixed = all(snippet.is_fixed for snippet in self._snippets)
        self._fixed = tuple(map(pattern, texts)) if fixed else None

    def fill(self, variables: Mapping[str, Any]) -> tuple[Pattern, ...]:
        """The patterns for a device. Errors: `SnippetError`, `re.error`."""
        if self._fixed is not None:
            return self._fixed
        filled = (snippet.fill(variables) for snippet in self._snippets)
        return tuple(pattern(SECRET.sub(HIDDEN, text)) for text in filled)


def _escaped(value: Any) -> Any:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return re.escape(str(value))
    return value


def _wanted(text: str, grammar: Grammar) -> Wanted:
    lines = read_lines(text, grammar)
    spelled: dict[str, str] = {}
    if "⟦secret:" in text:
        lines = _masked(lines, spelled)
    return Wanted(lines, spelled, flat=not any(lines.values()))


def _masked(lines: Lines, spelled: dict[str, str]) -> Lines:
    masked: Lines = {}
    for line, inner in lines.items():
        hidden = SECRET.sub(HIDDEN, line)
        if hidden != line:
            spelled[hidden] = line
        masked[hidden] = _masked(inner, spelled)
    return masked
