"""What is needed, with the evidence behind every number: values only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from controller.errors import Text
from controller.inventory.asset import KIND_NAMES
from controller.inventory.device import Role

CauseName = Literal["age", "warranty", "support", "health", "compliance", "growth", "asked"]
CAUSE_NAMES: dict[CauseName, Text] = {
    "age": Text(th="ครบอายุการใช้งาน", en="service life over"),
    "warranty": Text(th="พ้นระยะรับประกัน", en="out of warranty"),
    "support": Text(th="ผู้ผลิตเลิกสนับสนุน", en="end of the maker's support"),
    "health": Text(th="สถานะผิดปกติบ่อย", en="failing health"),
    "compliance": Text(th="ไม่ผ่านเกณฑ์อุปกรณ์", en="fails rules on equipment"),
    "growth": Text(th="พอร์ตใกล้เต็ม", en="ports nearly full"),
    "asked": Text(th="มีผู้ขอ", en="asked for"),
}
CAUSES = tuple(CAUSE_NAMES)
# Being out of warranty alone replaces nothing: it counts only when somebody asks for it.
USUAL: tuple[CauseName, ...] = ("age", "support", "health", "compliance", "growth")
ROLE_KINDS: dict[Role, str] = {
    "access": "switch",
    "distribution": "switch",
    "core": "switch",
    "router": "router",
    "firewall": "firewall",
    "wireless": "access-point",
    "power": "ups",
    "printer": "printer",
    "camera": "camera",
    "server": "server",
}
"""The kind of the register a device of this role is."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of why. `day` is the day it rests on: reached, since, or last told; None if none."""

    cause: CauseName
    words: Text
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of equipment: a row of the register, a managed device, or both in one.

    `number` is empty for a device no register knows, `device` for a row nobody manages; what is not
    known is empty or None.
    """

    number: str
    device: str
    site: str
    kind: str
    brand: str = ""
    model: str = ""
    serial: str = ""
    acquired: date | None = None
    state: str = ""
    room: str = ""

    @property
    def name(self) -> str:
        """What it is called: its register number, or the device's name."""
        return self.number or self.device


@dataclass(frozen=True, slots=True)
class Worn:
    """A unit to replace, and why. `early`: before its years of service; None when nobody knows."""

    unit: Unit
    evidence: tuple[Evidence, ...]
    early: bool | None

    @property
    def causes(self) -> tuple[CauseName, ...]:
        """The causes it counts for, each once."""
        return tuple(dict.fromkeys(one.cause for one in self.evidence))


@dataclass(frozen=True, slots=True)
class Extra:
    """So many more at a site, in place of nothing: it grows, or somebody asks."""

    site: str
    kind: str
    quantity: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Line:
    """What one site needs of one kind. `spares` lie there and are told, never taken off."""

    site: str
    kind: str
    worn: tuple[Worn, ...] = ()
    extras: tuple[Extra, ...] = ()
    spares: int = 0

    @property
    def quantity(self) -> int:
        """How many."""
        return len(self.worn) + sum(extra.quantity for extra in self.extras)

    @property
    def replaces(self) -> tuple[str, ...]:
        """Register numbers of what goes; a device no register knows has none."""
        return tuple(one.unit.number for one in self.worn if one.unit.number)


@dataclass(frozen=True)
class Untold:
    """Units of which a cause can neither be said nor denied, and why. They count for nothing."""

    cause: CauseName
    words: Text
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """Years of service of a kind, and who laid them down."""

    years: int
    source: Text


@dataclass(frozen=True)
class Needs:
    """Everything found on `day`, by site and kind; `looked` units were looked at.

    `causes` are those that count; `days` is how far back health was looked at.
    """

    day: date
    causes: tuple[CauseName, ...]
    days: int
    lines: tuple[Line, ...]
    untold: tuple[Untold, ...]
    lives: Mapping[str, Life] = field(default_factory=dict)
    looked: int = 0

    @property
    def quantity(self) -> int:
        """How many in all."""
        return sum(line.quantity for line in self.lines)

    @property
    def kinds(self) -> dict[str, int]:
        """kind -> how many, the most first."""
        counted: Counter[str] = Counter()
        for line in self.lines:
            counted[line.kind] += line.quantity
        return dict(counted.most_common())

    @property
    def sites(self) -> dict[str, int]:
        """site -> how many, the most first."""
        counted: Counter[str] = Counter()
        for line in self.lines:
            counted[line.site] += line.quantity
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    def by_cause(self, kind: str = "") -> dict[CauseName, int]:
        """cause -> how many it speaks for; one unit may have several, so they add up to more."""
        counted: Counter[CauseName] = Counter()
        for line in self.lines:
            if kind not in ("", line.kind):
                continue
            for worn in line.worn:
                counted.update(worn.causes)
            for extra in line.extras:
                counted[extra.evidence[0].cause] += extra.quantity
        return {cause: counted[cause] for cause in CAUSES if counted[cause]}


def kind_name(kind: str) -> Text:
    """What people call a kind of the register; the word itself for one there is not."""
    return KIND_NAMES.get(kind, Text(th=kind, en=kind))
