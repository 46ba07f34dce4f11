"""Names of interfaces, as people shorten them and as ranges list them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_NAME = re.compile(r"([A-Za-z][A-Za-z-]*) ?(\d[\d/.:]*)$")
_PART = re.compile(r"(?:([A-Za-z][A-Za-z-]*) ?)?((?:\d+[/:])*)(\d+(?:\.\d+)?)(?: ?- ?(\d+))?$")
LONGEST_RANGE = 512


def full_name(text: str, names: Sequence[str]) -> str | None:
    """`gi0/1` -> `GigabitEthernet0/1`; None when it is no interface name of this platform."""
    match = _NAME.match(text.strip())
    if match is None:
        return None
    kind = _full_kind(match[1], names)
    return None if kind is None else kind + match[2]


def interfaces_of(line: str, names: Sequence[str]) -> tuple[str, ...] | None:
    """The interfaces an `interface` line opens, ranges spelled out, by their full names.

    `interface range gi0/1 - 3, gi0/7` gives four names. None when the line is not understood: the
    caller must then think of every interface.
    """
    return _interfaces_of(line, tuple(names))


@lru_cache(maxsize=4096)
def _interfaces_of(line: str, names: tuple[str, ...]) -> tuple[str, ...] | None:
    rest = line.removeprefix("interface ").removeprefix("range ").strip()
    found: list[str] = []
    kind, stem = "", ""
    for part in rest.split(","):
        match = _PART.match(part.strip())
        if match is None:
            return None
        if match[1]:
            kind, stem = _full_kind(match[1], names) or "", match[2]
        elif stem or match[2]:
            # A bare number after `1/0/3`: which slot it is in depends on the maker.
            return None
        if not kind:
            return None
        numbers = _numbers(match[3], match[4])
        if numbers is None:
            return None
        found.extend(f"{kind}{stem}{number}" for number in numbers)
    return tuple(found)


def _numbers(first: str, last: str | None) -> Sequence[object] | None:
    if last is None:
        return (first,)
    if not first.isdigit():
        return None
    numbers = range(int(first), int(last) + 1)
    return numbers if 0 < len(numbers) <= LONGEST_RANGE else None


def _full_kind(word: str, names: Sequence[str]) -> str | None:
    small = word.lower()
    return next((name for name in names if name.lower().startswith(small)), None)
