"""Lines that fit the terminal: wrapped with a hanging indent, also in Thai, which has no spaces."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator

import typer

# Vowels written before their consonant: a line never ends with one.
_LEADING = frozenset("เแโใไ")
# Vowels written after theirs, and the signs of repetition and of leaving out: none begins a line.
_TRAILING = frozenset("ะาำๅๆฯ")
_NARROWEST = 40


def tell(text: str, indent: int = 0) -> None:
    """Print a text, wrapped to the terminal; further lines are indented by `indent` columns.

    In a pipe nothing is wrapped, so that a line stays a line for other programs.
    """
    for line in wrapped(text, terminal_width(), indent):
        typer.echo(line)


def terminal_width() -> int:
    """The columns of the terminal, or of COLUMNS; 0 in a pipe: as wide as need be."""
    return shutil.get_terminal_size(fallback=(0, 0)).columns


def wrapped(text: str, width: int, indent: int = 0) -> Iterator[str]:
    """The lines of `text`, none wider than `width` columns; 0 is as wide as need be.

    Breaks at a space where there is one in the second half of the line, else between two letters
    that may be parted.
    """
    if width <= 0:
        yield text
        return
    room = max(width, _NARROWEST, 2 * indent)
    margin = " " * indent
    rest = text.rstrip()
    while shown_width(rest) > room:
        end = _break(rest, room, indent)
        yield rest[:end].rstrip()
        rest = margin + rest[end:].lstrip()
    yield rest


def shown_width(text: str) -> int:
    """How many columns a text takes: marks above and below take none, wide letters two."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def _break(text: str, room: int, indent: int) -> int:
    """The place of the first letter that goes to the next line."""
    end = used = 0
    while end < len(text) and used + _columns(text[end]) <= room:
        used += _columns(text[end])
        end += 1
    space = text.rfind(" ", 0, end + 1)
    if space > max(indent, end // 2):
        return space
    for place in range(end, indent + 1, -1):
        if _may_part(text[place - 1], text[place]):
            return place
    return end


def _may_part(before: str, after: str) -> bool:
    return before not in _LEADING and after not in _TRAILING and _columns(after) > 0
