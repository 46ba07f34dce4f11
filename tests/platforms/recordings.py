"""Recordings of real devices (`.snmprec`), answering as a device asked by our engine would."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from controller.facts.answers import Answers, Request, Value

_LINE = re.compile(r"\.?([0-9.]+)\|(\d+)(x?)\|(.*)", re.DOTALL)
_INTEGERS = frozenset({2, 65, 66, 67, 70})

Key = tuple[int, ...]


@dataclass(frozen=True)
class Recording:
    """What one device told: OIDs in the order of an agent (by their numbers) and their values."""

    name: str
    oids: tuple[Key, ...]
    values: tuple[Value, ...]

    def get(self, oid: str) -> Value | None:
        """The value at exactly this OID, or None."""
        key = as_key(oid)
        at = bisect_left(self.oids, key)
        return self.values[at] if at < len(self.oids) and self.oids[at] == key else None

    def walk(self, oid: str) -> dict[str, Value]:
        """Index (the dotted rest) -> value of everything below the OID, in the agent's order."""
        key = as_key(oid)
        found: dict[str, Value] = {}
        for at in range(bisect_left(self.oids, (*key, 0)), len(self.oids)):
            here = self.oids[at]
            if here[: len(key)] != key:
                break
            found[".".join(map(str, here[len(key) :]))] = self.values[at]
        return found


def as_key(oid: str) -> Key:
    """`1.3.6.1` -> (1, 3, 6, 1)."""
    return tuple(int(part) for part in oid.strip(".").split("."))


def answer(recording: Recording, request: Request) -> Answers:
    """What the recorded device answers to the request."""
    scalars = {oid: value for oid in request.scalars if (value := recording.get(oid)) is not None}
    return Answers(scalars, {oid: recording.walk(oid) for oid in request.columns})


@lru_cache(maxsize=512)
def read_recording(path: Path) -> Recording:
    """The recording in a file; its name is the file's without the ending."""
    told: dict[Key, Value] = {}
    for line in path.read_bytes().decode("latin-1").split("\n"):
        match = _LINE.fullmatch(line.rstrip("\r"))
        if match is None:
            continue
        value = _value(int(match[2]), bool(match[3]), match[4].encode("latin-1"))
        if value is not None:
            told.setdefault(as_key(match[1]), value)
    oids = tuple(sorted(told))
    return Recording(path.stem, oids, tuple(told[oid] for oid in oids))


def _value(tag: int, hexadecimal: bool, raw: bytes) -> Value | None:
    """As the engine gives it; None for NULL, which is no value."""
    if hexadecimal:
        digits = raw.decode("ascii").strip()
        raw = bytes(int(digits[at : at + 2], 16) for at in range(0, len(digits), 2))
    if tag in _INTEGERS:
        return int(raw.strip())
    if tag == 6:
        return raw.decode("ascii").strip().lstrip(".")
    if tag == 64:
        return ".".join(map(str, raw)) if hexadecimal else raw.decode("ascii").strip()
    if tag == 4:
        return raw
    return None
