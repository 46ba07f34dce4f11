"""The words around an answer: bounds, fillers, separators, spellings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from controller.errors import Text
from controller.specs.answer import UnreadableError
from controller.specs.criterion import Operator
from controller.thai import arabic_digits, normalised

Known = TypeVar("Known")


class Bound(Enum):
    """Whether words state what there is, the least there is, or the most there is."""

    EXACT = "exact"
    LEAST = "least"
    MOST = "most"


@lru_cache(maxsize=16384)
def tidy(text: str) -> str:
    """The words with Thai spelled right, 0-9 for digits and single blanks."""
    return " ".join(arabic_digits(normalised(text)).split())


_JOINED = str.maketrans("", "", "_‐‑-")


@lru_cache(maxsize=16384)
def loose(text: str) -> str:
    """How spellings are told apart: without case, blanks, hyphens or underscores."""
    return "".join(text.split()).translate(_JOINED).casefold() or text.strip()


_LEAST = (
    "≥", ">=", "=>", ">", "ไม่น้อยกว่า", "ไม่ต่ำกว่า", "ไม่ด้อยกว่า", "อย่างน้อย", "มากกว่า", "สูงกว่า", "ตั้งแต่",
    "at least", "not less than", "no less than", "more than", "over", "minimum", "min.", "min",
)  # fmt: skip
_MOST = (
    "≤", "<=", "=<", "<", "ไม่เกิน", "ไม่มากกว่า", "ไม่สูงกว่า", "น้อยกว่า", "ต่ำกว่า", "สูงสุด", "มากที่สุด",
    "at most", "not more than", "no more than", "less than", "under", "below", "up to", "maximum",
    "max.", "max",
)  # fmt: skip
_LEAST_AFTER = (
    "ขึ้นไป", "เป็นอย่างน้อย", "หรือมากกว่า", "หรือดีกว่า", "หรือสูงกว่า",
    "or more", "or better", "or higher", "and above", "minimum", "min",
)  # fmt: skip
_MOST_AFTER = ("ลงมา", "หรือน้อยกว่า", "หรือต่ำกว่า", "or less", "or fewer", "or lower", "maximum", "max")
_FILLERS = (
    "จำนวน", "มีจำนวน", "มี", "ขนาด", "รองรับ", "มาตรฐาน", "ระดับ", "เท่ากับ", "เท่า", "=", ":",
    "supports", "support", "standard",
)  # fmt: skip
_ABOUT = (
    "ประมาณ",
    "โดยประมาณ",
    "ราว ๆ",
    "ราว",
    "~",
    "≈",
    "approximately",
    "approx.",
    "approx",
    "about",
    "circa",
)


def _either(words: tuple[str, ...]) -> str:
    """A pattern of these words, the longest first; Latin ones end where a word ends."""
    spelled = (
        re.escape(word) + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "")
        for word in sorted(words, key=len, reverse=True)
    )
    return "(?:" + "|".join(spelled) + ")"


_BEFORE = re.compile(
    f"(?P<least>{_either(_LEAST)})|(?P<most>{_either(_MOST)})|(?P<filler>{_either(_FILLERS)})"
    f"|(?P<about>{_either(_ABOUT)})",
    re.IGNORECASE,
)
_AFTER = re.compile(
    f"(?:(?P<least>{_either(_LEAST_AFTER)})|(?P<most>{_either(_MOST_AFTER)})"
    f"|(?P<about>{_either(_ABOUT)}))$",
    re.IGNORECASE,
)


def bounded(plain: str) -> tuple[Bound, str]:
    """What the words bound, and the words without those that say so.

    Errors: `UnreadableError` for “about”, and for bounds of both sides.
    """
    found: set[Bound] = set()
    words = plain
    while match := _BEFORE.match(words):
        _note_bound(match, found)
        words = words[match.end() :].strip()
    while match := _AFTER.search(words):
        if match.start() == 0 or (
            words[match.start()].isascii() and words[match.start() - 1].isalpha()
        ):
            break
        _note_bound(match, found)
        words = words[: match.start()].strip()
    if len(found) > 1:
        raise UnreadableError(_BOTH_SIDES)
    return (found.pop() if found else Bound.EXACT), words


def _note_bound(match: re.Match[str], found: set[Bound]) -> None:
    if match["about"]:
        raise UnreadableError(_APPROXIMATE)
    if match["least"]:
        found.add(Bound.LEAST)
    elif match["most"]:
        found.add(Bound.MOST)


def require_bound(bound: Bound, operator: Operator | None) -> None:
    """Pass where the bound says enough for the operator.

    Errors: `UnreadableError`: “at most 24” promises no 24, “at least 24” no upper end.
    """
    if bound is Bound.EXACT:
        return
    if operator in {"equals", "one-of"}:
        raise UnreadableError(_EXACT)
    if bound is Bound.MOST and operator != "at-most":
        raise UnreadableError(_UPPER)
    if bound is Bound.LEAST and operator == "at-most":
        raise UnreadableError(_LOWER)


_SEPARATOR = re.compile(r"\s*(?:[,;/&()\[\]、]|\s\+\s|\+(?=\w)|\bและ\s?|\sand\s)\s*", re.IGNORECASE)


def parts_of(words: str, known: Mapping[str, Known]) -> tuple[list[Known], list[str]]:
    """What the words list: known things, and words that are none.

    `known` is by `loose` spelling. What two names begin with alike is written once: “802.3af/at”.
    """
    if loose(words) in known:
        return [known[loose(words)]], []
    found: list[Known] = []
    strange: list[str] = []
    before = ""
    for part in _SEPARATOR.split(words):
        tokens = _FILLER.sub("", part).split()
        while tokens:
            for length in range(len(tokens), 0, -1):
                spelled = _carried(loose("".join(tokens[:length])), before, known)
                if spelled:
                    found.append(known[spelled])
                    before = spelled
                    break
            else:
                length = 1
                strange.append(tokens[0])
            tokens = tokens[length:]
    return found, strange


_FILLER = re.compile(rf"^(?:{_either(_FILLERS)}\s*)+", re.IGNORECASE)


def _carried(word: str, before: str, known: Mapping[str, Known]) -> str:
    """The known spelling of a word, beginning as the one before it did where it must."""
    if word in known:
        return word
    heads = (before[:length] for length in range(len(before) - 1, 1, -1))
    return next((head + word for head in heads if head + word in known), "")


_BOTH_SIDES = Text(
    th="ระบุทั้งค่าต่ำสุดและค่าสูงสุด ไม่ทราบว่าเสนอค่าใด",
    en="it says both at least and at most; which is offered?",
)
_APPROXIMATE = Text(th="ระบุเป็นค่าประมาณ", en="it is only about so much")
_EXACT = Text(
    th="ข้อกำหนดต้องการค่าที่แน่นอน แต่ระบุเป็นขอบเขต",
    en="an exact value is asked for, and a bound is stated",
)
_UPPER = Text(
    th="ระบุเป็นค่าสูงสุด (ไม่เกิน) จึงไม่ทราบว่ามีจริงเท่าใด",
    en="it says at most so much, which does not tell how much there is",
)
_LOWER = Text(
    th="ระบุเป็นค่าต่ำสุด (ไม่น้อยกว่า) จึงไม่ทราบว่ามากที่สุดเท่าใด",
    en="it says at least so much, which does not tell how much it is at most",
)
