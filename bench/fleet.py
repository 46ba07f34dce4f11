"""The lab devices of the benchmark, and the 20-line change that every round pushes to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

USERNAME = "admin"
SITE_SIZE = 25
Choice = Literal["ios", "eos", "mix"]
PORT_NAMES = {"cisco_ios": "GigabitEthernet0/", "arista_eos": "Ethernet"}
INDENTS = {"cisco_ios": " ", "arista_eos": "   "}
NAPALM = {"cisco_ios": "ios", "arista_eos": "eos"}
LISTENS_ON = {"cisco_ios": 8022, "arista_eos": 8443}


@dataclass(frozen=True)
class BenchDevice:
    """One device. `lines` is what this round's change wants on it."""

    name: str
    platform: str
    address: str
    port: int
    lines: str = ""


def fleet(choice: Choice, count: int) -> tuple[BenchDevice, ...]:
    """`count` devices on 127.24.x.y; `mix` is every second one of the other platform."""
    kinds = {"ios": ("cisco_ios",), "eos": ("arista_eos",), "mix": ("cisco_ios", "arista_eos")}
    platforms = kinds[choice]
    return tuple(
        BenchDevice(
            name=f"bench-{n:03}",
            platform=(chosen := platforms[n % len(platforms)]),
            address=f"127.24.{1 + n // 200}.{1 + n % 200}",
            port=LISTENS_ON[chosen],
        )
        for n in range(count)
    )


def template(platform: str, lines: int) -> str:
    """The Jinja2 template of a change of `lines` lines: a new description on lines / 2 ports."""
    return (
        f"{{% for port in range(1, {lines // 2 + 1}) %}}\n"
        f"interface {PORT_NAMES[platform]}{{{{ port }}}}\n"
        f"{INDENTS[platform]}description round {{{{ round }}}}\n"
        f"{{% endfor %}}\n"
    )


def lines_of(platform: str, lines: int, round_number: int) -> str:
    """The same change as text, for those who do not render templates."""
    prefix, indent = PORT_NAMES[platform], INDENTS[platform]
    return "\n".join(
        f"interface {prefix}{port}\n{indent}description round {round_number}"
        for port in range(1, lines // 2 + 1)
    )
