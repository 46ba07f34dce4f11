"""Lists of VLAN numbers as switches write them: `10,20,30-35`."""

from __future__ import annotations

import re

EVERY = frozenset(range(1, 4095))
_LIST = re.compile(r"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*")


def read_vlans(text: str) -> frozenset[int] | None:
    """The numbers of a list; `all` is 1-4094, `none` is empty; None when it is no such list."""
    if text in ("all", "none"):
        return EVERY if text == "all" else frozenset()
    if not _LIST.fullmatch(text):
        return None
    numbers: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        numbers.update(range(int(first), min(int(last or first), 4095) + 1))
    return frozenset(numbers) if numbers and numbers <= EVERY else None


def write_vlans(numbers: frozenset[int]) -> str:
    """The list a switch would show for these numbers."""
    parts: list[str] = []
    rest = sorted(numbers)
    while rest:
        first = last = rest.pop(0)
        while rest and rest[0] == last + 1:
            last = rest.pop(0)
        parts += [f"{first}-{last}"] if last > first + 1 else map(str, range(first, last + 1))
    return ",".join(parts) or "none"


def changed_vlans(now: frozenset[int], verb: str, text: str) -> frozenset[int] | None:
    """What `add`, `remove`, `except` or a plain list (empty verb) makes of the allowed VLANs."""
    named = read_vlans(text)
    if named is None:
        return None
    match verb.strip():
        case "add":
            return now | named
        case "remove":
            return now - named
        case "except":
            return EVERY - named
        case _:
            return named
