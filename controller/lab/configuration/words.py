"""Words that more than one platform writes the same way: VLANs, addresses, interface names."""

import re
from collections.abc import Mapping

from controller.lab.configuration.dialect import RefusedLineError
from controller.lab.configuration.vlans import read_vlans

VLAN = r"(?:[1-9]\d{0,2}|[1-3]\d{3}|40[0-8]\d|409[0-4])"
VLANS = r"\d[\d,-]*"
ADDRESS = r"\d{1,3}(?:\.\d{1,3}){3}"
INTERFACE = re.compile(r"([A-Za-z-]+(?:11[A-Za-z]+)?) ?(\d[\d/.]*)")


def full_interface(name: str, families: Mapping[str, str]) -> str | None:
    """``gi0/1`` as ``GigabitEthernet0/1``; None when no family of the platform starts like that.

    `families` maps the two first letters, in small ones, to the family's full name.
    """
    match = INTERFACE.fullmatch(name)
    if match is None:
        return None
    family = families.get(match[1][:2].lower(), "")
    return f"{family}{match[2]}" if family.lower().startswith(match[1].lower()) else None


def interface_range(line: str, families: Mapping[str, str]) -> tuple[str, ...]:
    """The section lines that ``interface [range] NAMES`` stands for.

    Names are separated by commas, and a name may end in ``-`` and a last number. Raises
    `RefusedLineError` at the first name that is none.
    """
    start = line.index(" ") + 1
    text = line[start:]
    if text.startswith("range "):
        start, text = start + len("range "), text.removeprefix("range ")
    tops: list[str] = []
    family_and_slot = ""
    for part in text.split(","):
        first, _, last = (word.strip() for word in part.partition("-" if "-" in part else "\0"))
        name = full_interface(family_and_slot + first if first.isdigit() else first, families)
        if name is None or (last and not last.isdigit()):
            raise RefusedLineError(line, start)
        family_and_slot = name.rstrip("0123456789")
        number = int(name.removeprefix(family_and_slot))
        final = int(last or number)
        tops.extend(f"interface {family_and_slot}{n}" for n in range(number, final + 1))
    return tuple(tops)


def vlan_sections(line: str) -> tuple[str, ...]:
    """The section lines that ``vlan 10,20-22`` stands for; raises `RefusedLineError`."""
    try:
        numbers = read_vlans(line.removeprefix("vlan "))
    except ValueError:
        raise RefusedLineError(line, len("vlan ")) from None
    return tuple(f"vlan {number}" for number in sorted(numbers))
