"""The selector language: `site=kkn-school-a role=access,core name=sw-* tag=lab`.

Conditions are joined by *and*; the values of one condition, separated by commas, by *or*; `*` and
`?` match as in a shell. A condition `key!=value` excludes. An empty selector selects nothing,
because nobody should push to every device by forgetting a word; `all` selects everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from controller.errors import InputError, Text
from controller.inventory.device import Device
from controller.language import nearest

KEYS = ("name", "site", "district", "platform", "role", "model", "tag")


@dataclass(frozen=True)
class Condition:
    """One `key=value,value` or `key!=value,value`."""

    key: str
    values: tuple[str, ...]
    excludes: bool

    def holds(self, device: Device) -> bool:
        """Whether `device` meets the condition."""
        have = device.tags if self.key == "tag" else (getattr(device, self.key) or "",)
        hit = any(fnmatchcase(word, pattern) for word in have for pattern in self.values)
        return hit != self.excludes


@dataclass(frozen=True)
class Selector:
    """A parsed selector; `text` is its canonical spelling (sorted, single spaces)."""

    text: str
    conditions: tuple[Condition, ...]

    def holds(self, device: Device) -> bool:
        """Whether `device` meets every condition."""
        return all(condition.holds(device) for condition in self.conditions)

    def select(self, devices: Iterable[Device]) -> tuple[Device, ...]:
        """The devices that meet every condition, by name."""
        return tuple(sorted(filter(self.holds, devices), key=lambda d: d.name))


def parse_selector(text: str) -> Selector:
    """Parse a selector.

    Errors: `InputError` for an empty selector, an unknown key (with the nearest one), a condition
    without a value.
    """
    words = text.split()
    if not words:
        raise InputError(
            Text(th="ยังไม่ได้ระบุว่าเลือกอุปกรณ์ใด", en="the selector is empty"),
            hint=Text(
                th='ตัวอย่าง: --select "site=kkn-school-a role=access" หรือ --select all',
                en='for example --select "site=kkn-school-a role=access", or --select all',
            ),
        )
    if words == ["all"]:
        return Selector("all", ())
    # A word said twice says nothing more, and the order of words means nothing.
    conditions = sorted(
        {_condition(word) for word in words}, key=lambda c: (c.key, c.excludes, c.values)
    )
    spelled = (f"{c.key}{'!=' if c.excludes else '='}{','.join(c.values)}" for c in conditions)
    return Selector(" ".join(spelled), tuple(conditions))


def _condition(word: str) -> Condition:
    key, sign, right = word.partition("=")
    excludes = key.endswith("!")
    key = key.removesuffix("!")
    values = tuple(sorted({v for v in right.split(",") if v}))
    if key not in KEYS or not sign:
        near = nearest(key, KEYS)
        also = (
            Text(th=f" หมายถึง {near} ใช่หรือไม่", en=f"; did you mean {near}?")
            if near
            else Text("", "")
        )
        raise InputError(
            Text(
                th=f"เงื่อนไข “{word}” ไม่ถูกต้อง{also.th}",
                en=f"“{word}” is not a condition{also.en}",
            ),
            hint=Text(
                th=f"ใช้รูป คำ=ค่า โดยคำคือ {' '.join(KEYS)}",
                en=f"write key=value, where key is one of {' '.join(KEYS)}",
            ),
        )
    if not values:
        raise InputError(Text(th=f"เงื่อนไข “{word}” ไม่มีค่า", en=f"condition “{word}” has no value"))
    return Condition(key, values, excludes)
