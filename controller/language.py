"""Which of the two languages a person reads, and the nearest word to a mistyped one."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from typing import Literal

from controller.errors import InputError, Text

Language = Literal["th", "en"]

# More words than this nobody reads through.
_READABLE = 40


def pick(text: Text, language: Language) -> str:
    """The words of `text` in `language`."""
    return text.th if language == "th" else text.en


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word most like `word`, or an empty string when none is near."""
    matches = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def shown(word: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """The allowed words for a person to choose from: all, sorted, or of many the nearest dozen."""
    words = sorted(allowed)
    if len(words) <= _READABLE:
        return tuple(words)
    return tuple(difflib.get_close_matches(word, words, n=12, cutoff=0.4))


def require_known(word: str, allowed: Collection[str], what: Text) -> None:
    """Pass for an empty word or an allowed one. Errors: `InputError` with the nearest, or all."""
    if not word or word in allowed:
        return
    near = nearest(word, allowed)
    raise InputError(
        Text(th=f"ไม่รู้จัก{what.th} {word}", en=f"unknown {what.en} {word}"),
        hint=Text(th=f"หมายถึง {near} ใช่หรือไม่", en=f"did you mean {near}?")
        if near
        else Text(th="ใช้ได้: " + ", ".join(allowed), en="one of: " + ", ".join(allowed)),
    )
