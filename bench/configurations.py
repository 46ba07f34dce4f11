"""Configurations of any size in the shape of real ones, the same on every machine.

The shapes are recordings of real devices where they lie beside the checkout (see
`tests/recorded.py`), else what the lab's devices come with. They grow by access ports, VLANs and
access lists until they are as long as wanted.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

from controller.lab.devices.arista_eos.defaults import default_configuration as eos_default
from controller.lab.devices.cisco_ios.defaults import default_configuration as ios_default
from tests.rules.tree import ROOT

SHORTEST, LONGEST = 200, 2000
_SHAPES = {
    "cisco_ios": ("ciscoconfparse2/*.ios", "batfish_example_live/*.cfg", "batfish_cisco/*"),
    "arista_eos": ("batfish_arista/*",),
}
_DEFAULTS = {"cisco_ios": ios_default, "arista_eos": eos_default}


class Configurations:
    """Configurations by number of a device: `text(n)` is always the same text."""

    def __init__(self, platform: str) -> None:
        folder = Path(os.environ.get("KHAEN_RECORDED") or ROOT.parent / "shared" / "recorded")
        shapes = folder / "config" / "device_configs"
        files = [f for pattern in _SHAPES[platform] for f in sorted(shapes.glob(pattern))]
        self.recorded = bool(files)
        self._platform = platform
        self._shapes = [f.read_text(encoding="utf-8", errors="replace") for f in files]

    def text(self, number: int) -> str:
        """The configuration of device `number`: 200 to 2,000 lines."""
        chance = random.Random(number)
        wanted = chance.randint(SHORTEST, LONGEST)
        name = f"sw-{number:05}"
        uplink = "GigabitEthernet0/24" if self._platform == "cisco_ios" else "Ethernet24"
        management = "Vlan99" if self._platform == "cisco_ios" else "Management1"
        address = f"10.{number // 250 % 250}.{number % 250}.11"
        lines = _DEFAULTS[self._platform](name, address, management, uplink).split("\n")
        lines = [line for line in lines if line not in ("", "end")]
        if self._shapes:
            shape = chance.choice(self._shapes).split("\n")
            lines += _others(shape, {line for line in lines if not line.startswith(" ")})
        more = _more(number, chance)
        while len(lines) < wanted:
            lines += next(more)
        return "\n".join([*lines[:wanted], "end", ""])


def _others(shape: list[str], known: set[str]) -> Iterator[str]:
    """The sections of a recording whose lines are not there yet: no device says a thing twice."""
    dropping = False
    for line in shape:
        if not line.startswith(" "):
            dropping = line in known or line in ("end", "exit")
            known.add(line)
        if not dropping:
            yield line


def _more(number: int, chance: random.Random) -> Iterator[list[str]]:
    """Sections without end: ports of a stack, VLANs, lines of an access list."""
    port = vlan = rule = 0
    while True:
        port += 1
        yield [
            f"interface GigabitEthernet{1 + port // 48}/0/{1 + port % 48}",
            f" description Room {chance.randrange(100, 599)}",
            f" switchport access vlan {chance.choice((10, 20, 30))}",
            " switchport mode access",
            " storm-control broadcast level 5.00",
            " spanning-tree portfast",
            "!",
        ]
        if port % 8 == 0:
            vlan += 1
            yield [f"vlan {100 + vlan}", f" name ROOM_{number % 84}_{vlan}"]
        if port % 4 == 0:
            rule += 1
            yield [
                f"ip access-list extended FILTER_{rule}",
                *(
                    f" permit tcp 10.{chance.randrange(250)}.{n}.0 0.0.0.255 any eq 443"
                    for n in range(8)
                ),
                " deny ip any any",
            ]


def a_days_work(text: str, number: int, lines: int = 3) -> str:
    """The same with so many descriptions added or replaced, as somebody's work of a day."""
    chance = random.Random(number)
    found = text.split("\n")
    places = [n for n, line in enumerate(found) if line.startswith(" description")]
    for _ in range(lines):
        word = f" description Room {chance.randrange(100, 9999)}"
        if places:
            found[chance.choice(places)] = word
    return "\n".join(found)
