"""Patterns of whole lines, quick for the many lines they do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_SPECIAL = frozenset(r".^$*+?{}[]\|()")
_WORD = re.compile(r"([\w-]+) (?![*+?{])")


class Pattern:
    """A regular expression that must fit a whole line; a text of several lines is one line.

    `literal` is the only line it fits, where it is a plain one; `word` what every line it fits
    begins with, up to the first blank, where that is certain.

    Errors: `re.error` when it does not compile.
    """

    __slots__ = ("_fits", "literal", "text", "word")

    def __init__(self, text: str) -> None:
        self.text = text
        self._fits = re.compile(text, re.DOTALL).fullmatch
        self.literal = None if _SPECIAL & set(text) else text
        begin = _WORD.match(text)
        self.word = begin[1] if begin and not _is_alternative(text) else None

    def fits(self, line: str) -> bool:
        """Whether it fits the line."""
        return self._fits(line) is not None

    def among(self, lines: Iterable[str]) -> list[str]:
        """Those of the lines it fits, in their order."""
        fits = self._fits
        return [line for line in lines if fits(line)]

    def sought(self, lines: Mapping[str, object], words: Mapping[str, list[str]]) -> list[str]:
        """Those of `lines` it fits; `words` has the same lines by their first word."""
        if self.literal is not None:
            return [self.literal] if self.literal in lines else []
        return self.among(lines if self.word is None else words.get(self.word, ()))


@lru_cache(maxsize=8192)
def pattern(text: str) -> Pattern:
    """The pattern, compiled once: the same text is the same object. Errors: `re.error`."""
    return Pattern(text)


def by_first_word(lines: Iterable[str]) -> dict[str, list[str]]:
    """Lines by what stands before their first blank."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.split(" ", 1)[0], []).append(line)
    return found


def _is_alternative(text: str) -> bool:
    """Whether a bar outside of parentheses makes the first word one of several."""
    depth = 0
    escaped = within = False
    for letter in text:
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif within:
            within = letter != "]"
        elif letter == "[":
            within = True
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "|" and depth == 0:
            return True
    return False
