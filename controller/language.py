"""Which of the two languages a person reads, and the nearest word to a mistyped one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal

from controller.errors import Text

Language = Literal["th", "en"]


def pick(text: Text, language: Language) -> str:
    """The words of `text` in `language`."""
    return text.th if language == "th" else text.en


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word most like `word`, or an empty string when none is near."""
    matches = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return matches[0] if matches else ""
