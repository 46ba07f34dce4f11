"""Columns that many devices have in common are kept once: like switches name their ports alike."""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern
from typing import TypeVar

V = TypeVar("V", int, str)


class Pool:
    """Gives the same mapping for equal ones. What is given must not be changed."""

    def __init__(self) -> None:
        self._kept: dict[int, Mapping[str, object]] = {}

    def same(self, column: Mapping[str, V]) -> Mapping[str, V]:
        """The column, or an equal one that was given before."""
        number = hash(tuple(column.items()))
        before = self._kept.get(number)
        if before is not None and before == column:
            return before  # type: ignore[return-value]  # equal to what was asked for
        if len(self._kept) >= _MOST:
            self._kept.clear()
        mine = {intern(index): _once(value) for index, value in column.items()}
        self._kept[number] = mine
        return mine


_MOST = 50_000


def _once(value: V) -> V:
    return intern(value) if isinstance(value, str) else value
