"""What a cell of Excel can hold: values as it counts them, text as it can write it, how wide."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import ceil

from controller.documents.sheet import Kind, Value
from controller.documents.xml_text import legal

_LONGEST_TEXT = 32767
# Excel counts with 15 digits; a longer number is kept whole as text.
_MOST_DIGITS = 15
# Before this Excel's days are not the calendar's.
_FIRST_DAY = date(1900, 3, 1)
# Day, the longest month and year, with room at the sides.
_DATE_WIDTH = 20.0
# The most places behind the point that are shown.
_DECIMALS: dict[Kind, int] = {"money": 2, "decimal": 4}
# What the indent of a cell takes, in digits.
_SIDES = 3
# Letters are a little wider than the digits Excel counts a column's width in.
_LETTER_SHARE = 1.05
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# Excel would read this as the number of a letter.
_NUMBERED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def fitting(value: Value, kind: Kind) -> Value:
    """`value` as a cell of this kind holds it; what does not fit, as text, so that it is seen."""
    if value is None or value == "":
        return None
    if kind == "text":
        return str(value)
    if kind == "date":
        return _day(value)
    return _number(value)


@lru_cache(maxsize=4096)
def writable(text: str) -> str:
    """`text` as a cell can hold it; what is longer ends in an ellipsis."""
    escaped = _NUMBERED.sub("_x005F_", legal(text))
    return escaped if len(escaped) <= _LONGEST_TEXT else f"{escaped[: _LONGEST_TEXT - 1]}…"


def reach(value: Value, kind: Kind) -> float:
    """The least width, in digits, that shows a number or a day; 0 for text, which wraps."""
    if value is None or isinstance(value, str):
        return 0
    if isinstance(value, date):
        return _DATE_WIDTH
    return len(f"{value:,.{_DECIMALS.get(kind, 0)}f}") + _SIDES


@lru_cache(maxsize=4096)
def lines(text: str, width: float) -> int:
    """How many lines `text` takes in a column of this width; vowels above and below count 0."""
    room = max(width - _SIDES, 1)
    return sum(max(1, ceil(_letters(part) * _LETTER_SHARE / room)) for part in text.split("\n"))


def _letters(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(unicodedata.category(letter) not in {"Mn", "Cf"} for letter in text)


def _day(value: Value) -> Value:
    day = value
    if isinstance(value, str):
        with suppress(ValueError):
            day = date.fromisoformat(value)
    if isinstance(day, date) and day >= _FIRST_DAY:
        return day
    return str(value)


def _number(value: Value) -> Value:
    number = value
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value):
        number = Decimal(value)
    if not isinstance(number, int | Decimal) or isinstance(number, bool):
        return str(value)
    if not Decimal(number).is_finite() or len(Decimal(number).as_tuple().digits) > _MOST_DIGITS:
        return str(value)
    return number
