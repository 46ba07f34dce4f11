"""What is asked of a device over SNMP, and what it answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = int | float | bytes | str
"""Integers of every kind, opaque floats, octet strings as bytes, OIDs and addresses as text.

Which kind of integer it was is not kept: a metric's own table says whether it counts.
"""


@dataclass(frozen=True, slots=True)
class Request:
    """OIDs without a leading dot: `scalars` are got as they stand, `columns` are walked."""

    scalars: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def __or__(self, other: Request) -> Request:
        """Both together, nothing twice, in order."""
        return Request(
            tuple(dict.fromkeys(self.scalars + other.scalars)),
            tuple(dict.fromkeys(self.columns + other.columns)),
        )

    def __bool__(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.scalars or self.columns)


@dataclass(frozen=True, slots=True)
class Answers:
    """The values a device gave.

    What it does not have is absent, never a made-up zero. `columns` holds column OID -> index (the
    dotted rest) -> value, in the device's own order; a column that was walked and is empty is there
    and empty, one whose walk was cut short is in `partial` too. `round_trip` is the seconds its
    first answer took; None when nobody looked.
    """

    scalars: Mapping[str, Value] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    round_trip: float | None = None

    def __or__(self, other: Answers) -> Answers:
        """Both together; the other's values win."""
        return Answers(
            {**self.scalars, **other.scalars},
            {**self.columns, **other.columns},
            (self.partial - frozenset(other.columns)) | other.partial,
            self.round_trip if other.round_trip is None else other.round_trip,
        )

    def column(self, oid: str) -> Mapping[str, Value]:
        """The column's values by index; empty when it was not asked for or has none."""
        return self.columns.get(oid, {})

    def text(self, oid: str) -> str:
        """A scalar as text without what surrounds it; empty when there is none."""
        return as_text(self.scalars.get(oid))

    def number(self, oid: str) -> float | None:
        """A scalar as a number, also one written as text; None when it is none."""
        return as_number(self.scalars.get(oid))


def as_text(value: Value | None) -> str:
    """A value as people read it: bytes as UTF-8, else Latin-1; NULs and margins gone."""
    return "" if value is None else _letters(value).strip("\0 \t\r\n")


def _letters(value: Value) -> str:
    if not isinstance(value, bytes):
        return str(value)
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def as_number(value: Value | None) -> float | None:
    """A value as a number; text such as `12.5` counts, anything else is None."""
    if isinstance(value, int | float):
        return float(value)
    try:
        number = float(as_text(value))
    except ValueError:
        return None
    return number if abs(number) != float("inf") and number == number else None
