"""Filters that read a running configuration, so that a playbook sends only what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence


def section(text: str, title: str) -> list[str]:
    """The lines below a section's first line, without their margin; none when it is not there."""
    found: list[str] = []
    inside = False
    for line in text.splitlines():
        if not line.startswith(" "):
            inside = line.rstrip() == title
        elif inside:
            found.append(line.strip())
    return found


def missing_interfaces(names: Sequence[str], text: str) -> list[str]:
    """Those of the interfaces that the configuration does not have, written in full as there."""
    lines = {line.rstrip() for line in text.splitlines()}
    return [name for name in names if f"interface {name}" not in lines]


def physical_ports(text: str) -> list[str]:
    """The ports one can plug a cable into, in the order shown; no management port among them."""
    port = re.compile(r"^interface ([A-Za-z]+Ethernet\d+/[\d/]+|Ethernet[\d/]+)$", re.MULTILINE)
    return port.findall(text)


def interfaces_with(text: str, line: str) -> list[str]:
    """The interfaces that have this very line."""
    words = "interface "
    titles = [top for top in text.splitlines() if top.startswith(words)]
    return [top.removeprefix(words) for top in titles if line in section(text, top)]


def values_of(text: str, words: str) -> list[str]:
    """The first word after these words, of each line outside sections that starts with them."""
    start = f"{words} "
    found = (
        line.removeprefix(start).split(" ")[0]
        for line in text.splitlines()
        if line.startswith(start)
    )
    return list(dict.fromkeys(found))


def plain_lines(text: str) -> list[str]:
    """The lines that say something, each with the section it stands in: `interface X > shutdown`.

    Headers, remarks and `end` are left out: they change without anybody's intent.
    """
    found: list[str] = []
    title = ""
    for line in text.splitlines():
        if not line.strip() or _HEADER.match(line):
            continue
        if not line.startswith(" "):
            title = line.rstrip()
            found.append(title)
        else:
            found.append(f"{title} > {line.strip()}")
    return found


_HEADER = re.compile(r"!|end$|Building configuration|Current configuration|Using \d+ out of")


def trunk_ports_of(text: str) -> list[str]:
    """The physical ports that are trunks."""
    mode = "switchport mode trunk"
    return [port for port in physical_ports(text) if mode in section(text, f"interface {port}")]


def allowed_vlans(lines: Sequence[str]) -> list[int]:
    """The VLANs that a trunk with these lines lets through; without a list of its own, every."""
    words = "switchport trunk allowed vlan "
    lists = [line.removeprefix(words) for line in lines if line.startswith(words)]
    if not lists or lists == ["all"]:
        return list(range(1, 4095))
    return sorted({n for part in lists if part != "none" for n in _vlans(part)})


def _vlans(words: str) -> list[int]:
    numbers: list[int] = []
    for part in words.removeprefix("add ").split(","):
        first, _, last = part.partition("-")
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers


class FilterModule:
    """What Ansible asks for."""

    def filters(self) -> dict[str, Callable[..., object]]:
        """The filters by name."""
        return {
            "section": section,
            "missing_interfaces": missing_interfaces,
            "physical_ports": physical_ports,
            "interfaces_with": interfaces_with,
            "values_of": values_of,
            "plain_lines": plain_lines,
            "trunk_ports_of": trunk_ports_of,
            "allowed_vlans": allowed_vlans,
        }
