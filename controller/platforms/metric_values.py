"""One value of an answer: where it stands for a row, and what number or words it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from controller.facts.answers import Answers, Value, as_text
from controller.facts.measured import SensorKind
from controller.platforms.metric_files import Place, Ref

# What devices put where they measured nothing: the ends of integers, whatever the scale.
NEVER = frozenset({32767, -32768, 65535, 2147483647, -2147483648, 4294967295, 4294967294})

# Outside of these a number is no measurement but a device's way of saying that it has none.
PLAUSIBLE: dict[SensorKind, tuple[float, float]] = {
    "temperature": (-45, 125), "humidity": (0, 100), "fan": (0, 60_000), "voltage": (-1000, 1000),
    "current": (-1000, 1000), "power": (0, 500_000), "charge": (0, 100), "load": (0, 200),
    "runtime": (0, 100_000), "frequency": (0, 1e12), "signal": (-150, 100), "level": (0, 100),
    "state": (-1e10, 1e10),
}  # fmt: skip

_NOTHING: Mapping[str, Value] = {}
# An OID or an address begins with digits too, and is none.
_FIRST = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)(?!\.?\d)")


def as_measure(value: Value | None, pattern: re.Pattern[str] = _FIRST) -> float | None:
    """The number a value is, or begins with as text (`23 C`); None when there is none."""
    if type(value) is int and pattern is _FIRST:
        return value
    if value is None:
        return None
    if isinstance(value, int | float) and pattern is _FIRST:
        return value
    found = (
        pattern.search(as_text(value)) if pattern is not _FIRST else _FIRST.match(as_text(value))
    )
    try:
        return float(found[1]) if found else None
    except ValueError:
        return None


def as_size(value: Value | None) -> float | None:
    """A size: a negative one is a 32-bit number that ran over (RFC 2790 has no larger)."""
    number = as_measure(value)
    return number if number is None or number >= 0 else number + 2**32


def is_scalar(oid: str) -> bool:
    """Whether the OID is got as it stands, not walked."""
    return oid.endswith(".0")


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where a value stands, seen from a row."""

    oid: str
    via: str = ""
    part: slice | None = None
    pattern: re.Pattern[str] = _FIRST

    @property
    def scalar(self) -> bool:
        """Whether it is the same one value for every row."""
        return is_scalar(self.oid)

    def value(self, answers: Answers, index: str) -> Value | None:
        """The value at this row."""
        if self.scalar:
            return answers.scalars.get(self.oid)
        column = answers.columns.get(self.oid)
        return column.get(self._index(answers, index)) if column else None

    def at(self, answers: Answers) -> Callable[[str], Value | None]:
        """The value at a row, as a function of its index: quick over many rows of one answer."""
        if self.scalar or self.via or self.part is not None:
            return partial(self.value, answers)
        return answers.columns.get(self.oid, _NOTHING).get

    def number(self, answers: Answers, index: str) -> float | None:
        """The number at this row."""
        return as_measure(self.value(answers, index), self.pattern)

    def text(self, answers: Answers, index: str) -> str:
        """The words at this row on one line; empty when there are none."""
        return " ".join(as_text(self.value(answers, index)).split())

    def oids(self) -> Iterator[str]:
        """What must be asked for it."""
        yield self.oid
        if self.via:
            yield self.via

    def touched(self, answers: Answers, index: str) -> Iterator[tuple[str, str]]:
        """Column and index of each value it reads at this row; scalars with an empty index."""
        if self.scalar:
            yield self.oid, ""
            return
        yield self.oid, self._index(answers, index)
        if self.via:
            yield self.via, self._sliced(index)

    def _index(self, answers: Answers, index: str) -> str:
        index = self._sliced(index)
        if not self.via:
            return index
        other = answers.column(self.via).get(index)
        return as_text(other).lstrip(".") if other is not None else ""

    def _sliced(self, index: str) -> str:
        return index if self.part is None else ".".join(index.split(".")[self.part])


def lookup(place: Place) -> Lookup:
    """The place as the files tell it, ready to look at."""
    if isinstance(place, str):
        return Lookup(place)
    return Lookup(
        oid=place.oid,
        via=place.via or "",
        part=_slice(place),
        pattern=re.compile(place.text) if place.text else _FIRST,
    )


def _slice(place: Ref) -> slice | None:
    if not place.part:
        return None
    start, stop = place.part.split(":")
    return slice(int(start) if start else None, int(stop) if stop else None)
