"""Many names in one question: databases bound the number of parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

T = TypeVar("T", int, str)
AT_ONCE = 500


def in_parts(wanted: Collection[T]) -> Iterator[list[T]]:
    """The wanted ones, each once, in order, so many at a time as one question may name."""
    ordered = sorted(set(wanted))
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))
