"""Lists of VLAN numbers as switches write them: 10,20,30-35."""

import re

HIGHEST = 4094
VLAN_LIST = re.compile(r"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*")


def read_vlans(text: str) -> frozenset[int]:
    """The numbers of a list such as ``10,20-22``; ``none`` is empty, ``all`` is 1-4094.

    Raises ValueError when the text is not such a list or a number is outside 1-4094.
    """
    if text == "none":
        return frozenset()
    if text == "all":
        return frozenset(range(1, HIGHEST + 1))
    if not VLAN_LIST.fullmatch(text):
        raise ValueError(f"no VLAN list: {text!r}")
    numbers: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        if not 1 <= int(first) <= int(last or first) <= HIGHEST:
            raise ValueError(f"no VLAN list: {text!r}")
        numbers.update(range(int(first), int(last or first) + 1))
    return frozenset(numbers)


def write_vlans(numbers: frozenset[int]) -> str:
    """The shortest list for these numbers; ``none`` when there are none."""
    parts: list[str] = []
    left = sorted(numbers)
    while left:
        first = last = left.pop(0)
        while left and left[0] == last + 1:
            last = left.pop(0)
        if last > first + 1:
            parts.append(f"{first}-{last}")
        else:
            parts.extend(str(number) for number in range(first, last + 1))
    return ",".join(parts) or "none"


def change_allowed(current: frozenset[int], verb: str, text: str) -> frozenset[int]:
    """Apply ``add``, ``remove`` or ``except`` with a list to the allowed VLANs of a trunk."""
    numbers = read_vlans(text)
    if verb == "add":
        return current | numbers
    if verb == "remove":
        return current - numbers
    return frozenset(range(1, HIGHEST + 1)) - numbers
