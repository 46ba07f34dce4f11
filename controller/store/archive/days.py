"""Days in Thailand as seconds since 1970."""

from __future__ import annotations

from datetime import date, timedelta

from controller.store.archive.shapes import AHEAD, DAY

_EPOCH = date(1970, 1, 1)


def start_of(day: str) -> int:
    """When a day begins in Thailand, in seconds since 1970."""
    return (date.fromisoformat(day) - _EPOCH).days * DAY - AHEAD


def day_of(time: int) -> str:
    """The day it is in Thailand at a moment."""
    return (_EPOCH + timedelta(days=(time + AHEAD) // DAY)).isoformat()


def days_between(since: int, until: int) -> list[str]:
    """The days that a span touches; `until` is not in it any more."""
    first, last = (since + AHEAD) // DAY, (max(until - 1, since) + AHEAD) // DAY
    return [(_EPOCH + timedelta(days=n)).isoformat() for n in range(first, last + 1)]
